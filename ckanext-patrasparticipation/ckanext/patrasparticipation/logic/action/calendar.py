"""What happens when, for programs and for the catalogue's own calendars."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...syndication import ask
from ..schema import calendar as schema


@tk.side_effect_free
@validate(schema.calendar)
def participation_calendar(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Deadlines of consultations and of calls for applications, and events; of public records alone.

    Args:
        type (str): ``consultation`` or ``initiative``; both where it is left out.
        municipal_unit (str): code of a unit.
        organization (str): name of a publisher.
        group (str): id or name of a citizen group: what its initiatives hold.
        id (str): id or name of one record.
        first, last (str): days, ``2026-05-01``; entries that touch them or lie between.

    Returns:
        The earliest first: ``[{"kind": "consultation_opens" | "consultation_closes" | "applications_open" |
        "applications_close" | "event", "key", "title" ({el, en}, or an event's own text), "start", "end"
        (Athens' clock, a day or a moment to the minute; ``end`` null where there is none, the last day
        inclusive),
        "status", "mode", "venue", "lat", "lon" (degrees, WGS 84), "url", "changed" (ISO 8601, UTC), "record":
        {"id", "name", "type", "title", "title_translated"}}]``.

    Raises:
        ValidationError: a parameter is not what it should be.
        ObjectNotFound: no such group or record.
        SearchError: Solr does not answer.
    """
    tk.check_access("participation_calendar", context, data_dict)
    kind = data_dict.get("type")
    wish = {name: data_dict.get(name) for name in ("municipal_unit", "organization", "first", "last")}
    wish |= {"types": [kind] if kind else None}
    return ask.calendar(wish | {name: _id(data_dict.get(name)) for name in ("group", "id")})


def _id(name: str | None) -> str | None:
    """The id of a public record; a hidden one is as absent as one that is not there."""
    if not name:
        return None
    package = model.Package.get(name)
    if package is None or package.private or package.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("Not found"))
    return str(package.id)
