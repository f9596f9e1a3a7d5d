"""Small numbers of people: found, hidden with what would give them back, never zero in their place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters import small
from ckanext.patrasparticipation.harvesters.readers.raw import ROW
from ckanext.patrasparticipation.harvesters.small.audit import worked_out
from ckanext.patrasparticipation.harvesters.small.cells import Sum, assumed, cells, given
from ckanext.patrasparticipation.schemas.definitions import Counts
from ckanext.patrasparticipation.schemas.load import feed

PROFILE = feed("participation_profile")
NEEDS = feed("needs")
SCHEMA = {"period": pl.String, "municipal_unit": pl.String, "theme": pl.String, "method": pl.String}
SCHEMA |= {"count": pl.Int64, "suppressed": pl.Boolean}


def profile(*rows: tuple[str, str | None, int | None, bool | None]) -> pl.DataFrame:
    """A profile, with the row numbers of a file under a header."""
    names = ["dimension", "category", "count", "suppressed"]
    schema = dict(zip(names, [pl.String, pl.String, pl.Int64, pl.Boolean], strict=True))
    frame = pl.DataFrame(list(rows), schema=schema, orient="row")
    return frame.with_columns(pl.Series(ROW, range(2, len(rows) + 2), dtype=pl.Int64))


def needs(*rows: tuple[str, str | None, str | None, int]) -> pl.DataFrame:
    """A table of needs; the method is never said."""
    whole = [(period, unit, theme, None, count, None) for period, unit, theme, count in rows]
    frame = pl.DataFrame(whole, schema=SCHEMA, orient="row")
    return frame.with_columns(pl.Series(ROW, range(2, len(rows) + 2), dtype=pl.Int64))


def told(feed_, rows, k=5):
    return [(one.rule, one.column, one.rows, one.first) for one in small.look(feed_, rows, k)]


def test_a_small_number_is_named_by_column_rows_and_rule_but_not_by_its_value():
    rows = profile(("sex", "women", 40, None), ("sex", "men", 3, None), ("sex", "other", 0, None))
    (broken,) = small.look(PROFILE, rows, 5)
    assert (broken.rule, broken.column, broken.first) == ("small_count", "count", (3,))
    assert "0 ή τουλάχιστον 5" in broken.text["el"]
    assert "of 1 to below 5" in broken.text["en"]
    assert told(PROFILE, rows, 10)[0][3] == (3,)


def test_what_is_hidden_is_empty_and_says_so():
    rows = profile(("sex", "women", None, None), ("sex", "men", 12, True), ("sex", "other", None, True))
    assert told(PROFILE, rows) == [
        ("hidden_but_there", "count", 1, (3,)),
        ("empty_not_hidden", "count", 1, (2,)),
    ]


def test_a_hidden_number_that_a_total_gives_back_is_refused_and_two_are_not():
    one = profile(("sex", "women", 40, None), ("sex", "men", None, True), ("sex", "total", 43, None))
    assert told(PROFILE, one) == [("hidden_computable", "count", 1, (3,))]
    two = profile(("sex", "women", None, True), ("sex", "men", None, True), ("sex", "total", 43, None))
    assert told(PROFILE, two) == []
    without = profile(("sex", "women", 40, None), ("sex", "men", None, True))
    assert told(PROFILE, without) == []  # nobody said the total


def test_hiding_takes_the_smallest_other_too_and_leaves_no_zero_in_its_place():
    rows = profile(
        ("age_band", "18-29", 3, None),
        ("age_band", "30-49", 12, None),
        ("age_band", "50+", 40, None),
        ("age_band", "total", 55, None),
        ("sex", "women", 30, None),
        ("sex", "men", 25, None),
    )
    hidden = small.hide(rows, PROFILE.counts, 5)
    assert hidden["count"].to_list() == [None, None, 40, 55, 30, 25]
    assert hidden["suppressed"].to_list() == [True, True, False, False, False, False]
    assert told(PROFILE, hidden) == []


def test_a_total_is_hidden_where_nothing_else_can_be():
    rows = needs(
        ("2025", "370101", "health", 3), ("2025", "370101", None, 3), ("2025", "370102", "health", 90)
    )
    hidden = small.hide(rows, NEEDS.counts, 10)
    assert hidden["count"].to_list()[:2] == [None, None]


def test_two_hidden_cells_whose_sum_is_below_k_are_not_enough():
    rows = profile(*[("sex", name, count, None) for name, count in zip("abcd", (1, 1, 20, 30), strict=True)])
    assert small.hide(rows, PROFILE.counts, 5)["suppressed"].to_list() == [True, True, True, False]


def tables(seed: int) -> Iterator[tuple[pl.DataFrame, dict[int, int]]]:
    """Random tables of two or three columns with their totals; rows may be missing, numbers may be 0."""
    dice = random.Random(seed)
    for _time in range(40):
        units = [f"37010{number}" for number in range(1, dice.randint(2, 5) + 1)]
        themes = ["health", "sport", "education", "mobility"][: dice.randint(2, 4)]
        periods = ["2024", "2025"][: dice.randint(1, 2)]
        inside = {
            place: dice.choice([0, 0, 1, 2, 3, 7, 12, 30, 200])
            for place in product(periods, units, themes)
            if dice.random() < 0.9
        }
        rows = [(*place, count) for place, count in inside.items()]
        for period in periods:
            here = {(unit, theme): count for (when, unit, theme), count in inside.items() if when == period}
            rows += [
                (period, unit, None, sum(c for (u, _), c in here.items() if u == unit)) for unit in units
            ]
            rows += [(period, None, one, sum(c for (_, t), c in here.items() if t == one)) for one in themes]
            rows.append((period, None, None, sum(here.values())))
        dice.shuffle(rows)
        frame = needs(*rows)
        yield frame, dict(enumerate(frame["count"].to_list()))


@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_cell_is_one_subtraction_away_and_no_small_number_is_shown(seed):
    for rows, true in tables(seed):
        k = 10
        hidden = small.hide(rows, NEEDS.counts, k)
        shown = dict(enumerate(hidden["count"].to_list()))
        assert all(count is None or count == 0 or count >= k for count in shown.values())
        assert all(count in (None, true[number]) for number, count in shown.items())
        assert [count is None for count in shown.values()] == hidden["suppressed"].to_list()
        for one in given(cells(rows, NEEDS.counts)):
            away = [cell for cell in one.cells if shown[cell] is None]
            assert len(away) != 1, (one, away)
        assert told(NEEDS, hidden, k) == []


@pytest.mark.parametrize("seed", range(6, 9))
def test_no_hidden_cell_is_determined_by_all_totals_together(seed):
    for rows, true in tables(seed):
        hidden = small.hide(rows, NEEDS.counts, 10)
        away = [number for number, count in enumerate(hidden["count"].to_list()) if count is None]
        told = worked_out(given(cells(rows, NEEDS.counts)), away)
        assert all(true[cell] == 0 for cell in told)  # nobody is there: it tells of nobody


def test_the_audit_finds_what_only_two_sums_together_tell():
    rows = [Sum((0, 1)), Sum((1, 2)), Sum((0, 2))]  # three pairs of three cells: solvable, though none alone
    assert worked_out(rows, [0, 1, 2]) == {0, 1, 2}
    assert worked_out([Sum((0, 1)), Sum((2, 3)), Sum((0, 2)), Sum((1, 3))], [0, 1, 2, 3]) == set()


def test_a_column_that_says_nothing_divides_nothing():
    rows = needs(("2025", None, "health", 20), ("2025", None, "sport", 20))
    there = cells(rows, Counts(("count",), ("municipal_unit", "theme"), "suppressed"))
    assert there.totals == (False, False)
    assert [one.parts for one in assumed(there)] == [(0, 1)]


def test_rows_of_persons_are_counted_by_what_singles_them_out():
    rows = pl.DataFrame({"age": ["30", "30", "41", "50"], "sex": ["F", "F", "M", None]})
    found = small.people(rows, ["age", "sex"], 5)
    assert (found.persons, found.unique, found.below) == (4, 2, 4)
    assert small.people(rows, [], 5).below == 4
