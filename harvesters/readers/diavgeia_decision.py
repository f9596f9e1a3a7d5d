"""What is kept of a decision of Diavgeia: a closed list of columns, and nothing about natural persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from .gather import Part

COLUMNS = (
    "ada", "decisionTypeId", "issueDate", "organizationId", "documentUrl", "privateData", "subject",
    "protocolNumber", "status", "unitIds", "thematicCategoryIds", "publishTimestamp", "submissionTimestamp",
    "versionId", "correctedVersionId", "financialYear", "amount", "currency", "cpv", "relatedDecisions",
    "municipality",
)  # fmt: skip
"""Every column there is; a name or a tax number is in none of them."""
OPEN = ("ada", "decisionTypeId", "issueDate", "organizationId", "documentUrl", "privateData")
"""What is kept of a decision about a person: which, what kind, when, whose, and where it can be read."""
AMOUNTS = ("amountWithVAT", "awardAmount", "estimatedAmount")
PERSON = re.compile(r"\w[^,\n]*,,[^,\n]*,")
"""How Diavgeia writes a natural person: ``SURNAME,,NAME,FATHER'S NAME``."""
LOOKALIKES = str.maketrans({"\u00b5": "μ", "\u2206": "Δ", "\u2126": "Ω"})
"""Signs that old programs put in place of Greek letters: micro, increment, ohm."""
ADA = re.compile(r"[0-9Α-Ω]{4,12}-[0-9Α-Ω]{1,3}")


def part(decision: Mapping[str, Any]) -> Part:
    """A decision as cells; of one that concerns a person, only those that name nobody."""
    ada = str(decision.get("ada") or "")
    cells = _cells(decision, ada)
    if decision.get("privateData") or names_a_person(decision):
        cells = {name: cells[name] for name in OPEN} | {"privateData": "true"}
    return Part(cells, key=ada or None, stamp=str(_moment(decision.get("submissionTimestamp")) or ""))


def names_a_person(thing: Any) -> bool:
    """Whether a natural person is written anywhere in it."""
    if isinstance(thing, str):
        return bool(PERSON.search(thing))
    if isinstance(thing, Mapping):
        return any(names_a_person(value) for value in thing.values())
    return isinstance(thing, Sequence) and any(names_a_person(item) for item in thing)


def _cells(decision: Mapping[str, Any], ada: str) -> dict[str, Any]:
    extra = decision.get("extraFieldValues")
    extra = extra if isinstance(extra, Mapping) else {}
    amount = next((found for name in AMOUNTS if isinstance(found := extra.get(name), Mapping)), {})
    told = {name: joined(decision.get(name)) for name in COLUMNS}
    return told | {
        "subject": str(decision.get("subject") or "").translate(LOOKALIKES) or None,
        "issueDate": day(decision.get("issueDate")),
        "publishTimestamp": _moment(decision.get("publishTimestamp")),
        "submissionTimestamp": _moment(decision.get("submissionTimestamp")),
        "financialYear": extra.get("financialYear"),
        "amount": amount.get("amount"),
        "currency": amount.get("currency"),
        "cpv": joined(extra.get("cpv")),
        "relatedDecisions": joined(list(dict.fromkeys(_related(extra, ada)))),
        "municipality": joined(extra.get("municipality")),
    }


def _related(extra: Mapping[str, Any], ada: str) -> Iterator[str]:
    """The ADAs of the decisions that this one speaks of."""
    listed = extra.get("relatedDecisions")
    named = [item.get("relatedDecisionsADA") for item in _objects(listed)]
    for text in (*named, extra.get("textRelatedADA"), extra.get("relatedPartialADA")):
        yield from (found for found in ADA.findall(str(text or "")) if found != ada)


def _objects(listed: Any) -> list[Mapping[str, Any]]:
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []


def joined(value: Any) -> Any:
    """A value as one cell: a list of codes with semicolons; nothing for an empty one, and none of objects."""
    if isinstance(value, list):
        return ";".join(str(item) for item in value if item and isinstance(item, (str, int))) or None
    return None if isinstance(value, Mapping) else value


def day(value: Any) -> str | None:
    """The day of a date, in UTC, whether written as milliseconds or as ISO text."""
    moment = _moment(value)
    return moment[:10] if moment else None


def _moment(value: Any) -> str | None:
    """A moment as ISO text in UTC; what is no moment stays as it is, for the mapping to refuse."""
    if value in (None, ""):
        return None
    try:
        if isinstance(value, (int, float)):
            told = datetime.fromtimestamp(value / 1000, timezone.utc)
        else:
            told = datetime.fromisoformat(re.sub(r"Z$", "+00:00", str(value)))
        aware = told if told.tzinfo else told.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return str(value)[:40]
