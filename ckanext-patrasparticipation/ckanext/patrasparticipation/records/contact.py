"""A group's e-mail and telephone: shown while the consent holds, later to editors; never in the history."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from typing import Any

from ckan import model
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.types import Context
from sqlalchemy import event

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records.computed import citizen_group

TYPE = "citizen_group"
FIELDS = ("public_email", "public_phone")


def is_hidden(record: Mapping[str, Any]) -> bool:
    """Whether the consent to publish the contact has expired by now."""
    return (
        record.get("type") == TYPE and citizen_group.contact_state(record, clock.now()) == "consent_expired"
    )


def shown(context: Context, record: MutableMapping[str, Any]) -> None:
    """Take an expired contact out of what ``package_show`` answers; editors keep it, to renew or delete it.

    The index, from which CKAN may answer, has it no more: editors are given it from the database.
    """
    if not is_hidden(record):
        return
    if not (context.get("for_update") or _may_edit(context, record["id"])):
        _take(record)
        return
    package = model.Package.get(record["id"])
    extras: Mapping[str, str] = getattr(package, "extras", None) or {}
    record.update({name: extras[name] for name in FIELDS if extras.get(name)})


def _may_edit(context: Context, package_id: str) -> bool:
    """Whether the reader himself may; what a page asks in the catalogue's own name does not count."""
    asked: Context = {
        "user": context.get("user") or "",
        "auth_user_obj": context.get("auth_user_obj"),  # type: ignore[typeddict-item]
    }
    try:
        tk.check_access("package_update", asked, {"id": package_id})
    except tk.NotAuthorized:
        return False
    return True


def for_readers(record: dict[str, Any]) -> dict[str, Any]:
    """A record found by a search, without an expired contact."""
    if is_hidden(record):
        _take(record)
    return record


def out_of_index(indexed: dict[str, Any]) -> dict[str, Any]:
    """The document that CKAN hands over, without an expired contact; changes what it is given."""
    if indexed.get("type") != TYPE or not is_hidden(json.loads(indexed["validated_data_dict"])):
        return indexed
    _take(indexed)
    for stored in ("data_dict", "validated_data_dict"):
        if stored in indexed:
            record = json.loads(indexed[stored])
            _take(record)
            indexed[stored] = json.dumps(record)
    return indexed


def _take(record: MutableMapping[str, Any]) -> None:
    for name in FIELDS:
        record.pop(name, None)
        record.pop(f"extras_{name}", None)
    if isinstance(record.get("extras"), list):
        record["extras"] = [each for each in record["extras"] if each.get("key") not in FIELDS]


def keep_out_of_history() -> None:
    """From now on let no activity hold a contact: readers are shown old versions of a record whole."""
    if not plugin_loaded("activity"):
        return
    from ckanext.activity.model import Activity  # only where the plugin is loaded is there such a table

    if not event.contains(Activity, "before_insert", _without_contact):
        event.listen(Activity, "before_insert", _without_contact)


def _without_contact(mapper: Any, connection: Any, activity: Any) -> None:
    version = (activity.data or {}).get("package")
    if isinstance(version, dict) and version.get("type") == TYPE:
        kept = dict(version)
        _take(kept)
        activity.data = {**activity.data, "package": kept}
