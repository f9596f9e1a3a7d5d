"""What pages show of the tables that staff hand over: which resource is one, how it is, how far it is."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

FORM = "/feed/"
"""How the address of every table's newest file begins, after that of the site."""


def participation_staff_table(resource: dict[str, Any]) -> dict[str, Any] | None:
    """What ``participation_table_show`` says of this resource, or nothing when it is no table; asked once."""
    if FORM not in str(resource.get("url") or "") or not resource.get("id"):
        return None
    asked = tk.g.setdefault("participation_staff_tables", {})
    if resource["id"] not in asked:
        try:
            found = tk.get_action("participation_table_show")({}, {"resource_id": resource["id"]})
        except (tk.ObjectNotFound, tk.NotAuthorized):
            found = None
        asked[resource["id"]] = found
    return asked[resource["id"]]


def participation_kept_by(resource: dict[str, Any]) -> dict[str, Any] | None:
    """What ``participation_feed_show`` says of the table that a resource is, or nothing; asked once."""
    if FORM not in str(resource.get("url") or "") or not resource.get("datastore_active"):
        return None
    asked = tk.g.setdefault("participation_kept_by", {})
    if resource["id"] not in asked:
        try:
            asked[resource["id"]] = tk.get_action("participation_feed_show")({}, {"id": resource["id"]})
        except (tk.ObjectNotFound, tk.NotAuthorized):
            asked[resource["id"]] = None
    return asked[resource["id"]]


def participation_step(step: str | None) -> str:
    """Where a publication is, in words; none means that it has not begun."""
    words = {
        None: tk._("It waits for its turn."),
        "claimed": tk._("The file is being opened."),
        "ask": tk._("The file is being opened."),
        "read": tk._("The rows are being read and checked."),
        "publish": tk._("The table is being put in place."),
        "files": tk._("The files for download are being written."),
    }
    return str(words.get(step, step))
