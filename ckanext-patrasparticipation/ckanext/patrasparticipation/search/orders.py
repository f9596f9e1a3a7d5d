"""The order in which the list of a type stands when a reader asks for none and searches no words."""

from __future__ import annotations

CHANGED, TITLE = "metadata_modified desc", "title_sort asc"
OPEN_FIRST = "termfreq(consultation_status,'open') desc, close_date desc"
"""Consultations that are open; then what closed last."""
STARTED, ENDING = "start_date desc", "planned_end_date desc"
USUAL = {
    "citizen_group": TITLE,
    "consultation": OPEN_FIRST,
    "indicator": TITLE,
    "initiative": STARTED,
    "works_project": ENDING,
}


def usual(record_type: str) -> str | None:
    """The order of a type's own list; nothing for a type without one."""
    return USUAL.get(record_type)
