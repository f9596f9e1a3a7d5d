"""What is odd or missing in a consultation without making it wrong: for its editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ckanext.patrasparticipation import config
from ckanext.patrasparticipation.records.computed import common
from ckanext.patrasparticipation.records.computed.common import day, parts

OVER = ("reported", "decided", "implemented")
"""The stages from which on a consultation owes its outcome."""
BEFORE_REPORT = ("announced", "open", "closed")
"""The stages in which an internal consultation stays private."""


def codes(record: Mapping[str, Any], found: Mapping[str, Any], now: datetime) -> list[str]:
    """The codes of ``record_warning`` that hold; ``found`` are the other computed fields."""
    return [*_of_process(record, found), *_of_outcome(record, found), *common.reminders(record, now)]


def moments(record: Mapping[str, Any]) -> Iterator[datetime | None]:
    """When they change by themselves, apart from the moments at which the stage does."""
    yield common.verification_ends(record)


def lacks_outcome(record: Mapping[str, Any]) -> bool:
    """Its result, or the words that say what changed, are not there."""
    return not (record.get("outcome_result") and record.get("outcome_summary_translated"))


def _of_process(record: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    duration = found["duration_days"]
    if duration is not None and duration < config.consultation_days():
        yield "consultation_short"
    if record.get("consultation_type") == "internal" and found["consultation_status"] in BEFORE_REPORT:
        yield "internal_private"
    opened = day(record.get("open_date"))
    issued = [day(one.get("issue_date")) for one in parts(record, "decisions")]
    if opened and any(one and one < opened for one in issued):
        yield "decision_before_opening"


def _of_outcome(record: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    if found["consultation_status"] in OVER and lacks_outcome(record):
        yield "outcome_missing"
    if found["closed_without_answer"]:
        yield "answer_overdue"
