"""Days and lengths of time as announcements write them."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.patrasparticipation.logic.validators.moments import participation_datetime
from ckanext.patrasparticipation.records import ranges, spans


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("13-15/11/2023", ("2023-11-13", "2023-11-15")),
        ("13 – 15.11.2023", ("2023-11-13", "2023-11-15")),
        ("28/11-2/12/2023", ("2023-11-28", "2023-12-02")),
        ("28/12/2023 έως 3/1/2024", ("2023-12-28", "2024-01-03")),
        ("13/11/2023", None),
        ("15-13/11/2023", None),
        ("30-31/2/2023", None),
        ("13-15/11", None),
        ("2023-11-13", None),
        ("", None),
    ],
)
def test_row_055_a_range_of_days_is_two_days_or_no_range(written: str, days: tuple[str, str] | None) -> None:
    assert ranges.split(written) == days


def test_row_079_a_day_and_an_hour_are_read_as_newspapers_write_them() -> None:
    assert participation_datetime("24.06.2016 | 15:27") == "2016-06-24T15:27"


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("6 μήνες", "P6M"),
        ("1 έτος", "P1Y"),
        ("3 εβδομάδες", "P3W"),
        ("10 ημέρες", "P10D"),
        ("6 months", "P6M"),
        ("p1y6m", "P1Y6M"),
        ("PT90M", "PT90M"),
        ("P", None),
        ("PT", None),
        ("έξι μήνες", None),
        ("6", None),
        ("6 <b>μήνες</b>", None),
    ],
)
def test_row_018_a_duration_is_kept_in_iso_8601(written: str, length: str | None) -> None:
    assert spans.iso(written) == length


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 11, 29), 24, date(2026, 11, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day: date, months: int, later: date) -> None:
    assert spans.months_later(day, months) == later
