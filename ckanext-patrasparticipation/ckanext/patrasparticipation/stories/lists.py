"""The list of each type: what stands at its head, in which orders it can be read, which is usual."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ..search.orders import CHANGED, ENDING, OPEN_FIRST, STARTED, TITLE, USUAL


def orders(record_type: str) -> list[tuple[str, str]]:
    """The orders to choose from beside relevance: ``[(label, value)]``, the usual one first."""
    by_title = (tk._("Title, A to Z"), TITLE)
    changed = (tk._("Last changed"), CHANGED)
    own = {
        "citizen_group": [by_title, changed],
        "consultation": [
            (tk._("Open first"), OPEN_FIRST),
            (tk._("Closing date, earliest first"), "close_date asc"),
            (tk._("Opening date, latest first"), "open_date desc"),
            changed,
            by_title,
        ],
        "indicator": [by_title, (tk._("Code"), "indicator_scheme asc, indicator_code asc"), changed],
        "initiative": [
            (tk._("Start, latest first"), STARTED),
            (tk._("End, earliest first"), "end_date asc"),
            changed,
            by_title,
        ],
        "works_project": [
            (tk._("Planned end, latest first"), ENDING),
            (tk._("Planned end, earliest first"), "planned_end_date asc"),
            changed,
            by_title,
        ],
    }
    return own[record_type]


def about(record_type: str) -> str:
    """The sentence under the list's heading."""
    sentences = {
        "citizen_group": tk._("Who is active in the city, for what, and how to join. Groups, never persons."),
        "consultation": tk._("What the city asked, until when one can answer, and what came of it."),
        "indicator": tk._("What is measured, with which target, and where the values come from."),
        "initiative": tk._("What groups and the city do together: when, where and how to take part."),
        "works_project": tk._("What is being built, how far it is, what it costs and whether it is late."),
    }
    return str(sentences[record_type])


def counted(record_type: str, count: int) -> str:
    """``12 διαβουλεύσεις``, the number still to be filled in as ``{number}``."""
    told = {
        "citizen_group": tk.ungettext("{number} citizen group", "{number} citizen groups", count),
        "consultation": tk.ungettext("{number} consultation", "{number} consultations", count),
        "indicator": tk.ungettext("{number} indicator", "{number} indicators", count),
        "initiative": tk.ungettext("{number} initiative", "{number} initiatives", count),
        "works_project": tk.ungettext("{number} works project", "{number} works projects", count),
    }
    return str(told[record_type])


def nothing(record_type: str) -> str:
    """What stands where a list has no record at all."""
    told = {
        "citizen_group": tk._("No group has been entered yet."),
        "consultation": tk._("No consultation has been entered yet."),
        "indicator": tk._("No indicator has been entered yet."),
        "initiative": tk._("No initiative has been entered yet."),
        "works_project": tk._("No works project has been entered yet."),
    }
    return str(told[record_type])


def head(record_type: str) -> dict[str, Any] | None:
    """``{"title", "about", "type"}`` of a list of one of our types; nothing for others."""
    if record_type not in USUAL:
        return None
    definition = tk.h.scheming_get_dataset_schema(record_type)
    if not definition:
        return None
    title = definition.get("label_plural") or definition["label"]
    return {"type": record_type, "title": tk.h.scheming_language_text(title), "about": about(record_type)}
