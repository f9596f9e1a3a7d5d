"""The sample's records, from the short lines of ``records/*.yaml``: days counted from today. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .kinds import MAKERS, PREFIX, UNIT, Line

HERE = Path(__file__).parent / "records"
ORDER = ("indicator", "citizen_group", "works_project", "consultation", "initiative")
"""What is pointed at comes before what points at it."""
TAG = "δείγμα"
INVENTED = {
    "el": "*Επινοημένη εγγραφή: δείχνει πώς μοιάζει ο κατάλογος και δεν περιγράφει τίποτα πραγματικό.*",
    "en": "*Invented record: it shows what the catalogue looks like and describes nothing real.*",
}


def lines(kind: str) -> list[Line]:
    """The lines of a type."""
    found: list[Line] = yaml.safe_load((HERE / f"{kind}.yaml").read_text(encoding="utf-8"))
    return found


def records(today: date, publisher: str) -> Iterator[dict[str, Any]]:
    """Every record as ``package_create`` takes it, in an order in which each finds what it points at.

    Args:
        today: the day from which days are counted.
        publisher: id or name of the organisation that publishes them.
    """
    for kind in ORDER:
        for number, line in enumerate(lines(kind), start=1):
            record = {**_shared(kind, line, publisher), **MAKERS[kind](line, number, today)}
            yield {name: value for name, value in record.items() if value not in (None, "", [])}


def _shared(kind: str, line: Line, publisher: str) -> dict[str, Any]:
    about = line.get("mission") or line.get("summary") or line["title"]
    notes = {each: f"{about.get(each) or about['el']}\n\n{INVENTED[each]}" for each in INVENTED}
    record: dict[str, Any] = {
        "type": kind,
        "name": PREFIX + line["name"],
        "title_translated": line["title"],
        "notes_translated": notes,
        "tag_string": TAG,
        "activity_field": line.get("field"),
        "municipal_unit": line.get("unit") if kind != "indicator" else None,
        "owner_org": publisher,
        "contact_unit": UNIT["el"],
        "contact_email": "symmetochi@example.gr",
        "source_system": "other",
        "source_id": PREFIX + line["name"],
    }
    if line.get("good"):
        record |= {"good_practice": True, "good_practice_reason_translated": {"el": line["good"]}}
    return record
