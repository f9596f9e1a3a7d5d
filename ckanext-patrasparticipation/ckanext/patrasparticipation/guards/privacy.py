"""Whether something private exists is nobody's business: a stranger gets the answer of what is not there.

CKAN 2.12.0 answers 403 with the record's id for what is private and 404 for what is absent, and lists an
organisation's private datasets in ``member_list``. May go when CKAN answers both alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.common import current_user
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp, Context, DataDict
from flask import Response, request

from ckanext.patrasparticipation.guards import requests

READS = frozenset(
    {
        "package_show", "resource_show", "resource_view_show", "resource_view_list", "package_activity_list",
        "package_relationships_list", "dataset_follower_count", "datastore_search", "datastore_info",
        "member_list", "harvest_source_show", "harvest_source_show_status", "harvest_object_show",
        "resource_status_show", "dcat_dataset_show", "activity_show", "package_collaborator_list",
        "participation_feed_show", "participation_feed_versions", "participation_feed_runs",
        "participation_feed_rejected", } )  # fmt: skip
"""Actions that read one thing by its name or id."""


def alike(response: Response) -> Response:
    """The same words for what is hidden and what is absent, and no id in a refusal."""
    called = str((request.view_args or {}).get("logic_function"))
    if not requests.is_api() or called not in READS or response.status_code not in (403, 404):
        return response
    told = response.get_json(silent=True) or {}
    if current_user.is_anonymous:
        response.status_code = 404
        told["error"] = {"__type": "Not Found Error", "message": tk._("Not found")}
    elif response.status_code == 403:
        told["error"] = {"__type": "Authorization Error", "message": tk._("Access denied")}
    response.set_data(tk.h.dump_json(told))
    return response


@tk.side_effect_free
@tk.chained_action
def member_list(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """The members of a group, as far as the caller may read them; a stranger sees no person."""
    members = up(context, data_dict)
    user = context.get("user")
    if context.get("ignore_auth") or (user and _belongs(data_dict["id"], user)):
        return members
    seen = _public([member[0] for member in members if member[1] == "package"])
    return [
        member
        for member in members
        if (member[1] == "package" and member[0] in seen)
        or (member[1] != "package" and (user or member[1] != "user"))
    ]


@tk.side_effect_free
@tk.chained_action
def dataset_follower_count(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """How many follow a dataset that the caller may read."""
    tk.check_access("package_show", context, {"id": data_dict.get("id")})
    return up(context, data_dict)


def _belongs(group_id: str, user: str) -> bool:
    """Whether the user may read what is private in the group."""
    return authz.is_sysadmin(user) or authz.has_user_permission_for_group_or_org(group_id, user, "read")


def _public(ids: list[str]) -> set[str]:
    """Those of the datasets that everybody may read."""
    rows = model.Session.query(model.Package.id).filter(
        model.Package.id.in_(ids), model.Package.private.is_(False), model.Package.state == "active"
    )
    return {row[0] for row in rows}


def hidden(error: Exception) -> Any:
    """A view that did not expect a refusal: 404 for a stranger, 403 for a member."""
    return tk.abort(404 if current_user.is_anonymous else 403, tk._("Not found"))


def absent(error: Exception) -> Any:
    """A view that did not expect an absence."""
    return tk.abort(404, tk._("Not found"))


def invalid(error: tk.ValidationError) -> Any:
    """A view that did not expect a wrong value."""
    return tk.abort(400, tk._("The request has a wrong value."))


def install(app: CKANApp) -> None:
    """Look at answers of the API, and catch what views forget to."""
    app.after_request(alike)
    app.register_error_handler(tk.NotAuthorized, lambda error: _handled(app, hidden, error))
    app.register_error_handler(tk.ObjectNotFound, lambda error: _handled(app, absent, error))
    app.register_error_handler(tk.ValidationError, lambda error: _handled(app, invalid, error))


def _handled(app: CKANApp, handler: Callable[[Any], Any], error: Exception) -> Any:
    """Answer with the site's page for the status the handler raises."""
    from werkzeug.exceptions import HTTPException

    try:
        return handler(error)
    except HTTPException as raised:
        return app.handle_http_exception(raised)
