"""What a citizen group is at a moment: certified or no more, its contact shown or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import spans
from ckanext.patrasparticipation.records.computed import common

CONSENT_MONTHS = 24
"""How long a consent to publish a contact holds."""
BEST_FIRST = ("valid", "pending", "expired", "revoked")


def values(record: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The computed fields of a group.

    Returns:
        ``certified``: the best state of its certifications. ``certification_states``: the state of each, in
        their order. ``contact_state``: whether readers are shown its contact. ``reminders``: what editors
        should look at. What does not apply is empty.
    """
    states = [state(part, clock.today(now)) for part in common.parts(record, "certifications")]
    return {
        "certified": next((each for each in BEST_FIRST if each in states), None),
        "certification_states": states,
        "contact_state": contact_state(record, now),
        "reminders": common.reminders(record, now),
    }


def next_change(record: Mapping[str, Any], now: datetime) -> datetime | None:
    """The next moment at which a certification begins or ends, a consent expires or a check is due."""
    moments = [consent_ends(record), common.verification_ends(record)]
    for part in common.parts(record, "certifications"):
        begins, ends = common.day(part.get("valid_from")), common.day(part.get("valid_until"))
        moments += [clock.start_of(begins) if begins else None, clock.end_of(ends) if ends else None]
    return common.first_after(now, moments)


def state(certification: Mapping[str, Any], today: date) -> str:
    """The state of a certification on a day: what is called valid holds from its first day to its last."""
    typed = str(certification.get("status") or "valid")
    if typed != "valid":
        return typed
    begins, ends = (common.day(certification.get(name)) for name in ("valid_from", "valid_until"))
    if ends is not None and ends < today:
        return "expired"
    return "pending" if begins is not None and begins > today else "valid"


def contact_state(record: Mapping[str, Any], now: datetime) -> str:
    """Whether readers see the group's e-mail and telephone: `shown`, `consent_expired` or `none`."""
    ends = consent_ends(record)
    if ends is not None and ends <= now:
        return "consent_expired"
    return "shown" if record.get("public_email") or record.get("public_phone") else "none"


def consent_ends(record: Mapping[str, Any]) -> datetime | None:
    """The moment from which the consent to publish the contact holds no more; nothing on another ground."""
    given = common.day(record.get("contact_basis_date"))
    if record.get("contact_basis") != "consent" or given is None:
        return None
    return clock.start_of(spans.months_later(given, CONSENT_MONTHS))
