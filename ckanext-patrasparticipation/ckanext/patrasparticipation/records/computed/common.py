"""What computed fields of several record types have in common: days read from records, shared reminders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ckanext.patrasparticipation import clock

VERIFIED_FOR = timedelta(days=365)
"""How long the last check of a record holds."""
ROLE_WORDS = (
    "contact", "epikoinonia", "grafeio", "info", "mail", "office", "press", "protokollo", "support", "tmima",
)  # fmt: skip
NAME_AND_SURNAME = re.compile(r"([a-z]{2,})[._]([a-z]{3,})@.+", re.IGNORECASE)


def day(value: Any) -> date | None:
    """The day that a stored value names; nothing where it is none."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """The moment of CKAN's own times, which are UTC without saying so."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=timezone.utc)


def parts(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The parts of a repeating field."""
    found = record.get(name)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def first_after(now: datetime, moments: Iterable[datetime | None]) -> datetime | None:
    """The first of the moments that has not come yet."""
    return min((each for each in moments if each is not None and each > now), default=None)


def verification_ends(record: Mapping[str, Any]) -> datetime | None:
    """The moment from which the record's last check holds no more."""
    verified = day(record.get("last_verified_date"))
    return clock.end_of(verified + VERIFIED_FOR) if verified else None


def reminders(record: Mapping[str, Any], now: datetime) -> list[str]:
    """The reminders that any record may need, as codes of the vocabulary ``record_warning``."""
    ends, found = verification_ends(record), []
    if any(is_personal(record.get(name)) for name in ("contact_email", "public_email")):
        found.append("personal_mailbox")
    if ends is not None and ends <= now:
        found.append("verification_due")
    return found


def is_personal(address: Any) -> bool:
    """Whether a mailbox looks like somebody's name and surname, and not like an office."""
    found = NAME_AND_SURNAME.fullmatch(address) if isinstance(address, str) else None
    return found is not None and not {part.lower() for part in found.groups()} & set(ROLE_WORDS)
