"""What groups and initiatives are at a moment, with the clock moved across every border."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ckanext.patrasparticipation.records.computed import citizen_group, initiative

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[arg-type, misc]


NOON = utc(2026, 6, 15, 9, 0)


@pytest.fixture(autouse=True)
def _six_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(initiative.config, "stale_months", lambda: 6)


def certified(*certifications: dict[str, str]) -> dict[str, Any]:
    return {"certifications": [{"scheme": "Φορέας", **each} for each in certifications]}


def test_row_077_a_certification_expires_at_midnight_in_athens_and_not_before() -> None:
    record = certified({"status": "valid", "valid_until": "2026-06-30"})
    midnight = utc(2026, 6, 30, 21, 0)
    assert citizen_group.next_change(record, NOON) == midnight
    assert citizen_group.values(record, midnight - SECOND)["certified"] == "valid"
    assert citizen_group.values(record, midnight)["certified"] == "expired"
    assert citizen_group.values(record, midnight)["certification_states"] == ["expired"]
    assert citizen_group.next_change(record, midnight) is None


def test_a_certification_begins_on_its_first_day() -> None:
    record = certified({"status": "valid", "valid_from": "2026-07-01", "valid_until": "2026-07-31"})
    assert citizen_group.values(record, NOON)["certified"] == "pending"
    assert citizen_group.next_change(record, NOON) == utc(2026, 6, 30, 21, 0)
    assert citizen_group.values(record, utc(2026, 6, 30, 21, 0))["certified"] == "valid"


def test_the_best_certification_counts_and_a_revoked_one_stays_revoked() -> None:
    record = certified(
        {"status": "revoked", "valid_until": "2030-01-01"},
        {"status": "valid", "valid_until": "2020-01-01"},
        {"status": "pending"},
    )
    found = citizen_group.values(record, NOON)
    assert (found["certified"], found["certification_states"]) == (
        "pending",
        ["revoked", "expired", "pending"],
    )
    assert citizen_group.values({}, NOON)["certified"] is None


def test_a_consent_holds_for_twenty_four_months() -> None:
    record = {"public_email": "a@b.gr", "contact_basis": "consent", "contact_basis_date": "2024-06-15"}
    border = utc(2026, 6, 14, 21, 0)
    assert citizen_group.contact_state(record, border - SECOND) == "shown"
    assert citizen_group.next_change(record, border - DAY) == border
    assert citizen_group.contact_state(record, border) == "consent_expired"
    assert citizen_group.contact_state(record | {"contact_basis": "public_register"}, NOON) == "shown"
    assert citizen_group.contact_state({}, NOON) == "none"


@pytest.mark.parametrize(
    ("address", "is_personal"),
    [
        ("maria.papadopoulou@patras.gr", True),
        ("m.papadopoulou@patras.gr", False),
        ("info.patras@example.gr", False),
        ("omada@example.gr", False),
        (None, False),
    ],
)
def test_a_mailbox_with_name_and_surname_is_reminded_of(address: str | None, is_personal: bool) -> None:
    found = citizen_group.values({"contact_email": address}, NOON)["reminders"]
    assert ("personal_mailbox" in found) == is_personal


def test_a_check_older_than_a_year_is_due() -> None:
    record = {"last_verified_date": "2025-06-15"}
    border = utc(2026, 6, 15, 21, 0)
    assert citizen_group.next_change(record, NOON) == border
    assert citizen_group.values(record, border - SECOND)["reminders"] == []
    assert citizen_group.values(record, border)["reminders"] == ["verification_due"]


CALL = {"application": [{"open_date": "2026-07-01", "close_date": "2026-07-10"}]}


@pytest.mark.parametrize(
    ("now", "state", "then"),
    [
        (utc(2026, 6, 30, 20, 59), "not_open", utc(2026, 6, 30, 21, 0)),
        (utc(2026, 6, 30, 21, 0), "open", utc(2026, 7, 10, 21, 0)),
        (utc(2026, 7, 10, 20, 59), "open", utc(2026, 7, 10, 21, 0)),
        (utc(2026, 7, 10, 21, 0), "closed", None),
    ],
)
def test_row_051_a_call_opens_and_closes_by_the_clock(
    now: datetime, state: str, then: datetime | None
) -> None:
    assert initiative.values(CALL, now)["application_status"] == state
    assert initiative.next_change(CALL, now) == then


def test_a_call_without_a_last_day_is_rolling_and_an_open_one_counts_more() -> None:
    rolling, closed = {"open_date": "2026-01-01"}, {"close_date": "2026-01-31"}
    assert initiative.values({"application": [closed, rolling]}, NOON)["application_status"] == "rolling"
    now_open = {"close_date": "2026-12-31"}
    assert initiative.values({"application": [rolling, now_open]}, NOON)["application_status"] == "open"
    assert initiative.values({}, NOON)["application_status"] is None


def test_row_114_a_running_initiative_without_a_change_for_months_is_stale() -> None:
    record = {"initiative_status": "running", "metadata_modified": "2026-01-31T10:00:00.5"}
    border = utc(2026, 7, 31, 10, 0)
    assert initiative.next_change(record, NOON) == border
    assert initiative.values(record, border - SECOND)["stale"] is False
    assert initiative.values(record, border)["stale"] is True
    assert initiative.values(record | {"initiative_status": "completed"}, border)["stale"] is None


def test_an_initiative_that_runs_over_its_end_and_points_without_criteria_are_reminded_of() -> None:
    record = {"initiative_status": "running", "end_date": "2026-06-14", "selection_model": "points"}
    assert initiative.values(record, NOON)["reminders"] == ["running_after_end", "criteria_missing"]
    with_table = record | {"resources": [{"resource_role": "criteria"}], "end_date": "2026-06-15"}
    assert initiative.values(with_table, NOON)["reminders"] == []
    assert initiative.next_change(with_table, NOON) == utc(2026, 6, 15, 21, 0)


def test_parts_give_their_codes_once_and_the_start_its_year() -> None:
    found = initiative.values(
        {
            "start_date": "2023-11-13",
            "funding": [{"programme": "URBACT"}, {"programme": "URBACT"}, {"programme": "RRF"}],
            "partners": [{"name": "Mollet", "country": "ESP"}, {"country": "ITA"}],
        },
        NOON,
    )
    assert (found["start_year"], found["funding_programme"]) == (2023, ["URBACT", "RRF"])
    assert (found["partner_name"], found["partner_country"]) == (["Mollet"], ["ESP", "ITA"])


@pytest.mark.parametrize("junk", [None, "", "x", 7, ["a"], {"a": 1}, [None], [{"valid_until": 7}]])
def test_what_is_no_day_and_no_part_changes_nothing(junk: Any) -> None:
    group = {"certifications": junk, "contact_basis": "consent", "contact_basis_date": junk}
    assert citizen_group.next_change(group, NOON) is None
    assert citizen_group.values(group, NOON)["contact_state"] == "none"
    given = {"application": junk, "start_date": junk, "funding": junk, "initiative_status": "running"}
    assert initiative.next_change(given | {"metadata_modified": junk, "end_date": junk}, NOON) is None
    assert initiative.values(given, NOON)["funding_programme"] == []
