"""Harvest sources are made by administrators, read nothing of our own network, and keep their secrets.

In ckanext-harvest 1.6.3 every editor may create a source, its address may be a file of the server, its
configuration (with an API key in it) is public, and so is every object it ever fetched. Also repairs what
its re-indexing spoils on CKAN 2.12: after a job the cached copy of a source lacked its settings. May go
when harvest closes these itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.logic import auth_audit_exempt, index_update_package
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, CKANApp, Context, DataDict
from ckanext.harvest.model import HarvestObject
from flask import Response, request

from ckanext.patrasparticipation.guards.headers import SANDBOX

Asked = dict[str, Any] | None

TYPE = "harvest"
SECRET = "config"


@auth_audit_exempt
@tk.chained_action
def harvest_source_reindex(up: Callable[..., Any], context: Context, data_dict: DataDict) -> bool:
    """Index a source through CKAN, whose cached copy keeps every field; harvest's own way loses them."""
    index_update_package(context, data_dict["id"], bool(context.get("defer_commit")))
    return True


@tk.side_effect_free
@tk.chained_action
def harvest_source_list(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """The sources, without their configuration for whoever is no administrator."""
    tk.check_access("harvest_source_list", context, data_dict)  # ckanext-harvest forgets it, and CKAN minds
    return [without_secrets(context, source) for source in up(context, data_dict)]


def without_secrets(context: Context, record: dict[str, Any]) -> dict[str, Any]:
    """The record of a harvest source without its configuration, unless an administrator asks."""
    is_source = record.get("type") == TYPE or "source_type" in record or SECRET in record
    if not is_source or context.get("ignore_auth") or _is_administrator(context):
        return record
    hidden = {SECRET, *_keys(record.get(SECRET))}
    extras = [extra for extra in record.get("extras", []) if extra.get("key") not in hidden]
    shown = {key: value for key, value in record.items() if key not in hidden}
    return shown | ({"extras": extras} if "extras" in record else {})


def index_document(document: dict[str, Any]) -> dict[str, Any]:
    """What the index keeps of a source: nothing of its configuration that could be searched or counted."""
    if document.get("type") != TYPE:
        return document
    hidden = {SECRET, *_keys(document.get(SECRET) or document.get("extras_" + SECRET))}
    names = hidden | {"extras_" + name for name in hidden}
    return {key: value for key, value in document.items() if key not in names}


def _keys(config: Any) -> set[str]:
    """The names of a configuration, which harvest also writes beside it; never a source's own fields."""
    try:
        read = json.loads(config) if isinstance(config, str) and config else {}
    except ValueError:
        return set()
    return (
        set(read) - {"id", "name", "type", "url", "title", "source_type"} if isinstance(read, dict) else set()
    )


def _is_administrator(context: Context) -> bool:
    return authz.is_sysadmin(context.get("user") or getattr(tk.current_user, "name", ""))


def administrators_only(up: Callable[..., Any], context: Context, data_dict: Asked) -> AuthResult:
    """Refuse; an administrator is never asked."""
    return {"success": False, "msg": tk._("Only administrators may do this with harvest sources.")}


def _closed(name: str) -> Callable[..., AuthResult]:
    """A rule of harvest's, replaced by `administrators_only`."""

    def rule(up: Callable[..., Any], context: Context, data_dict: Asked) -> AuthResult:
        return administrators_only(up, context, data_dict)

    rule.__name__ = name
    return tk.chained_auth_function(rule)


harvest_source_create = _closed("harvest_source_create")
harvest_source_update = _closed("harvest_source_update")
harvest_source_delete = _closed("harvest_source_delete")
harvest_source_clear = _closed("harvest_source_clear")
harvest_job_create = _closed("harvest_job_create")
harvest_object_list = _closed("harvest_object_list")


@tk.chained_auth_function
def package_create(up: Callable[..., Any], context: Context, data_dict: Asked) -> AuthResult:
    """A dataset of harvest's type is a source by another door."""
    if (data_dict or {}).get("type") == TYPE:
        return administrators_only(up, context, data_dict)
    return up(context, data_dict)


@tk.chained_auth_function
def package_update(up: Callable[..., Any], context: Context, data_dict: Asked) -> AuthResult:
    """The same for changing it; patching, deleting and adding resources ask here too."""
    package = context.get("package") or model.Package.get((data_dict or {}).get("id"))
    if package is not None and package.type == TYPE:
        return administrators_only(up, context, data_dict)
    return up(context, data_dict)


@tk.auth_allow_anonymous_access
@tk.chained_auth_function
def harvest_object_show(up: Callable[..., Any], context: Context, data_dict: Asked) -> AuthResult:
    """An object is shown to whoever may read the dataset made of it; without one, to administrators."""
    found: Any = context.get("obj") or HarvestObject.get((data_dict or {}).get("id"))
    if found is None or not found.package_id:
        return administrators_only(up, context, data_dict)
    tk.check_access("package_show", {"user": context.get("user") or ""}, {"id": found.package_id})
    return up(context, data_dict)


def as_text(response: Response) -> Response:
    """What a source sent is answered as text to save, never as a page of ours."""
    if request.endpoint == "harvester.object_show" and response.status_code == 200:
        response.headers["Content-Type"] = "text/plain; charset=utf-8"
        response.headers.set("Content-Disposition", "attachment", filename="harvest-object.txt")
        response.headers["Content-Security-Policy"] = SANDBOX
    return response


def install(app: CKANApp) -> None:
    """Look at every answer once it is made."""
    app.after_request(as_text)
