"""Reminders that every record may carry: a contact that looks like a person's, a check that is overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records.computed.reading import day

VALID = timedelta(days=365)
"""How long the last confirmation of a record holds."""
# name.surname@: a role mailbox has one word before the sign, or words that name an office.
PERSONAL = re.compile(r"[a-zα-ω]{3,}\.[a-zα-ω]{3,}@", re.IGNORECASE)


def codes(record: Mapping[str, Any], now: datetime) -> Iterator[str]:
    """The codes of ``record_warning`` that hold for a record of any type."""
    if PERSONAL.match(str(record.get("contact_email") or "")):
        yield "personal_mailbox"
    checked = day(record.get("last_verified_date"))
    if checked and clock.today(now) > checked + VALID:
        yield "verification_due"


def moments(record: Mapping[str, Any]) -> Iterator[datetime]:
    """When the reminders of a record change by themselves."""
    if checked := day(record.get("last_verified_date")):
        yield clock.end_of(checked + VALID)
