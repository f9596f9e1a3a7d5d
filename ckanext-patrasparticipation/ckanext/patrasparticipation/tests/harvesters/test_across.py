"""Rules over columns of a table: each holds or names column, rows, what was found and what was expected."""

from __future__ import annotations

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters import across
from ckanext.patrasparticipation.harvesters.across.kinds import KINDS, sum_equals
from ckanext.patrasparticipation.harvesters.convert import DTYPES
from ckanext.patrasparticipation.harvesters.readers.raw import ROW
from ckanext.patrasparticipation.schemas.load import feed, feeds


def table(name: str, *rows: dict) -> pl.DataFrame:
    """A table of a feed, typed, with the row numbers of a file under a header; what is not said is empty."""
    columns = {column.name: DTYPES[column.type] for column in feed(name).columns}
    data = {column: [row.get(column) for row in rows] for column in columns}
    frame = pl.DataFrame(
        {key: pl.Series(value, dtype=columns[key], strict=False) for key, value in data.items()}
    )
    return frame.with_columns(pl.Series(ROW, range(2, len(rows) + 2), dtype=pl.Int64))


def told(name: str, *rows: dict, **record: float):
    return [
        (one.rule, one.column, one.first, one.found, one.expected)
        for one in across.look(feed(name), table(name, *rows), record)
    ]


STOCK = {"period": "2025-01", "category": "Τρόφιμα", "unit": "kg", "opening": 0.1, "in": 0.2, "out": 0.0}


def test_row_070_opening_and_what_came_in_less_what_went_out_is_closing():
    assert told("stock_flow", {**STOCK, "closing": 0.3}) == []
    assert told("stock_flow", {**STOCK, "closing": 0.4}) == [("balance", "closing", (2,), "0.4", "0.3")]


@pytest.mark.parametrize(
    ("value", "right"), [(33.33, True), (33.3, True), (33.0, True), (33.4, False), (34.0, False)]
)
def test_a_value_is_numerator_by_denominator_times_factor_as_far_as_it_is_written(value, right):
    row = {
        "period": "2024",
        "area_code": "3701",
        "numerator": 1.0,
        "denominator": 3.0,
        "factor": 100.0,
        "status": "A",
    }
    found = told("observations", {**row, "value": value})
    assert (found == []) is right, found
    if not right:
        assert found[0][:4] == ("ratio", "value", (2,), f"{value:g}")


def test_nothing_is_divided_by_nothing_and_missing_values_say_so():
    row = {
        "period": "2024",
        "area_code": "3701",
        "numerator": 1.0,
        "denominator": 0.0,
        "value": 1.0,
        "status": "A",
    }
    assert told("observations", row)[0][0] == "ratio"
    missing = {"period": "2024", "area_code": "3701", "value": 1.0, "status": "M"}
    empty = {"period": "2023", "area_code": "3701", "status": "P"}
    assert told("observations", missing, empty) == [("filled_unless", "value", (2, 3), "1", "M")]


def test_two_observations_of_one_period_area_and_breakdown_are_not_two():
    row = {"period": "2024", "area_code": "3701", "value": 1.0, "status": "A"}
    found = told("observations", row, {**row, "breakdown": "γυναίκες"}, {**row, "value": 2.0})
    assert found == [("unique", "period", (2, 4), "2024 · 3701 · —", "—")]


def test_row_066_distinct_beneficiaries_are_never_more_than_enrolments():
    row = {"period": "2025-01", "action": "Συσσίτιο", "enrolments": 200, "beneficiaries_distinct": 180}
    assert told("beneficiaries", row) == []
    found = told("beneficiaries", row, {**row, "action": "Ιατρείο", "beneficiaries_distinct": 201})
    assert found == [("at_most", "beneficiaries_distinct", (3,), "201", "200")]


def test_row_028_a_proposal_names_a_parent_that_is_there_and_is_not_answered_before_it_was_made():
    row = {"proposal_id": "1", "title": "Α", "state": "accepted", "created_date": "2025-02-03"}
    rows = [row, {**row, "proposal_id": "2", "parent_id": "1", "created_date": None}]
    frame = table("proposals", *[{**one, "created_date": None} for one in rows])
    assert across.look(feed("proposals"), frame, {}) == []
    lost = frame.with_columns(pl.Series("parent_id", [None, "9"]))
    (broken,) = across.look(feed("proposals"), lost, {})
    assert (broken.rule, broken.first, broken.found) == ("refers", (3,), "9")


def test_votes_add_up_to_what_the_record_says_and_a_hidden_number_leaves_room():
    rows = [{"option": "Α", "votes": 120}, {"option": "Β", "votes": 95}]
    assert told("tally", *rows) == []
    assert told("tally", *rows, votes=215) == []
    assert told("tally", *rows, votes=216) == [("total_of_record", "votes", (2, 3), "215", "216")]
    profile = [
        {"dimension": "sex", "category": "women", "count": 40},
        {"dimension": "sex", "category": "men", "suppressed": True},
        {"dimension": "age_band", "category": "18-29", "count": 90},
        {"dimension": "age_band", "category": "total", "count": 90},
    ]
    assert told("participation_profile", *profile, participants=100) == []
    found = told("participation_profile", *profile, participants=80)
    assert found == [("total_of_record", "count", (4,), "90", "80")]


def test_columns_add_up_to_another():
    rows = pl.DataFrame({ROW: [2, 3], "a": [1, 1], "b": [2, 2], "all": [3, 4]})
    column, bad = sum_equals(rows, {"columns": ["a", "b"], "equals": "all"})
    assert (column, bad[ROW].to_list()) == ("all", [3])


def test_every_rule_of_every_feed_is_one_of_the_closed_list_and_has_its_sentence():
    for one in feeds().values():
        for check in one.checks:
            assert check.kind in {*KINDS, "total_of_record"}
        if one.counts:
            assert one.fixed
            assert set(one.counts.by) <= {column.name for column in one.columns}
