"""Where a consultation stands at a moment: by the city's clock, whatever the server's says."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records.computed import consultation

RECORD = {"type": "consultation", "open_date": "2026-03-02", "close_date": "2026-03-06"}
SUMMARY = {"el": "Άλλαξε."}


def athens(text: str) -> datetime:
    """A moment on the city's clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CITY).astimezone(timezone.utc)


def stage(text: str, **more: object) -> str | None:
    return consultation.stage({**RECORD, **more}, athens(text))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-01T23:59:59", "announced"),
        ("2026-03-02T00:00", "open"),
        ("2026-03-06T23:30", "open"),
        ("2026-03-06T23:59:59", "open"),
        ("2026-03-07T00:00", "closed"),
    ],
)
def test_a_consultation_is_open_from_its_first_minute_to_its_last_in_athens(moment, expected):
    assert stage(moment) == expected


def test_case_27_at_half_past_eleven_of_the_last_evening_it_is_open_though_in_utc_it_is_earlier():
    now = athens("2026-07-31T23:30")
    assert now.isoformat() == "2026-07-31T20:30:00+00:00"
    record = {"open_date": "2026-07-01", "close_date": "2026-07-31"}
    assert consultation.stage(record, now) == "open"
    # Half an hour after midnight in Athens it is still yesterday in UTC, and closed.
    assert consultation.stage(record, athens("2026-08-01T00:30")) == "closed"


def test_it_closes_at_the_hour_it_gives():
    assert stage("2026-03-06T13:59:59", close_time="14:00") == "open"
    assert stage("2026-03-06T14:00", close_time="14:00") == "closed"
    assert stage("2026-03-06T23:59", close_time="24:00") == "open"


def test_report_and_decision_count_from_their_day_on():
    told = {"report_date": "2026-04-10", "decisions": [{"issue_date": "2026-05-20"}]}
    assert stage("2026-04-09T23:59", **told) == "closed"
    assert stage("2026-04-10T00:00", **told) == "reported"
    assert stage("2026-05-19T23:59", **told) == "reported"
    assert stage("2026-05-20T00:00", **told) == "decided"


def test_a_decision_from_before_the_opening_decides_nothing_and_one_without_a_date_does():
    assert stage("2026-03-20T12:00", decisions=[{"issue_date": "2026-02-01"}]) == "closed"
    assert stage("2026-03-20T12:00", decisions=[{"ada": "Ψ6Δ1ΩΗΚ-ΗΚΞ"}]) == "decided"
    assert stage("2026-03-04T12:00", decisions=[{"ada": "Ψ6Δ1ΩΗΚ-ΗΚΞ"}]) == "open"


@pytest.mark.parametrize("override", ["implemented", "archived", "cancelled"])
def test_what_staff_set_wins(override):
    assert stage("2026-03-04T12:00", consultation_override=override) == override


def test_a_draft_without_dates_has_no_stage():
    found = consultation.values({"type": "consultation"}, athens("2026-03-04T12:00"))
    assert found["consultation_status"] is None
    assert found["duration_days"] is None
    assert consultation.next_change({"type": "consultation"}, athens("2026-03-04T12:00")) is None


def test_row_025_two_pilots_of_five_days_last_five_days_and_the_editor_is_reminded():
    found = consultation.values(RECORD, athens("2026-03-04T12:00"))
    assert found["duration_days"] == 5
    assert "consultation_short" in found["reminders"]
    long = consultation.values({**RECORD, "close_date": "2026-03-15"}, athens("2026-03-04T12:00"))
    assert long["duration_days"] == 14
    assert "consultation_short" not in long["reminders"]


def test_row_035_days_from_closing_to_report_and_to_decision():
    record = {
        **RECORD,
        "report_date": "2026-03-26",
        "response_published_date": "2026-03-16",
        "decisions": [{"issue_date": "2026-02-01"}, {"issue_date": "2026-05-05"}],
    }
    found = consultation.values(record, athens("2026-06-01T12:00"))
    assert (found["days_to_report"], found["days_to_decision"]) == (10, 60)
    assert "decision_before_opening" in found["reminders"]
    early = consultation.values(record, athens("2026-03-20T12:00"))
    assert (early["days_to_report"], early["days_to_decision"]) == (10, None)


def test_row_041_it_closed_without_an_answer_after_sixty_days():
    def unanswered(moment: str, **more: object) -> bool:
        return bool(consultation.values({**RECORD, **more}, athens(moment))["closed_without_answer"])

    assert not unanswered("2026-05-05T23:59")
    assert unanswered("2026-05-06T00:00")
    assert not unanswered("2026-05-06T00:00", response_published_date="2026-04-01")
    assert not unanswered("2026-05-06T00:00", report_date="2026-04-01")
    assert not unanswered("2026-05-06T00:00", decisions=[{"issue_date": "2026-04-01"}])
    assert not unanswered("2026-05-06T00:00", consultation_override="cancelled")
    assert unanswered("2026-05-06T00:00", decisions=[{"issue_date": "2026-02-01"}])


def test_turnout_is_of_votes_or_of_people_and_never_invented():
    now = athens("2026-04-01T12:00")
    votes = {**RECORD, "votes": 1234, "electorate": 5000}
    assert consultation.values(votes, now)["turnout"] == 24.7
    several = {**votes, "votes_per_person": 3, "participants": 500}
    assert consultation.values(several, now)["turnout"] == 10.0
    assert consultation.values({**RECORD, "electorate": 5000}, now)["turnout"] is None
    assert consultation.values({**votes, "electorate": 0}, now)["turnout"] is None


def test_the_next_change_is_the_exact_moment_of_each_step():
    record = {**RECORD, "close_time": "14:00", "report_date": "2026-04-10"}
    now, steps = athens("2026-02-01T12:00"), []
    while moment := consultation.next_change(record, now):
        steps.append(moment)
        now = moment
    assert steps == [
        athens("2026-03-02T00:00"),
        athens("2026-03-06T14:00"),
        athens("2026-04-10T00:00"),
    ]
    assert steps[0] == datetime(2026, 3, 1, 22, tzinfo=timezone.utc)
    assert steps[2] == datetime(2026, 4, 9, 21, tzinfo=timezone.utc)  # summer time began


def test_nothing_changes_between_two_moments():
    record = {**RECORD, "decisions": [{"issue_date": "2026-03-28"}], "last_verified_date": "2025-06-01"}
    now = athens("2026-02-01T12:00")
    before = consultation.values(record, now)
    while (moment := consultation.next_change(record, now)) is not None:
        assert consultation.values(record, moment - timedelta(microseconds=1)) == before
        assert consultation.values(record, moment) != before
        now, before = moment, consultation.values(record, moment)
    assert consultation.values(record, athens("2050-01-01T00:00")) == before
