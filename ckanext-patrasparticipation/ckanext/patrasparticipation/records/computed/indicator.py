"""What follows from an indicator's scheme and code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckanext.patrasparticipation.records.computed import common
from ckanext.patrasparticipation.records.computed.reading import first_change

Record = Mapping[str, Any]


def values(record: Record, now: datetime) -> dict[str, Any]:
    """The computed fields of an indicator."""
    scheme, code = record.get("indicator_scheme"), record.get("indicator_code")
    return {
        "indicator_key": f"{scheme}:{code}" if scheme and code else None,
        "reminders": list(common.reminders(record, now)),
    }


def next_change(record: Record, now: datetime) -> datetime | None:
    """The next moment, in UTC, at which a computed field changes by itself."""
    return first_change(values, record, now, [common.verification_ends(record)])
