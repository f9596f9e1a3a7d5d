"""Rows about people become sums before anything leaves the pipeline: right, complete, and not too small."""

import json
from datetime import date

import polars as pl
import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.examples import check_examples
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.definitions import Choice, Feed

from .engine import column, source, source_yaml, walk

OPEN, CLOSED = Choice("open", {"el": "ανοιχτό"}), Choice("closed", {"el": "κλειστό"})
MONTHLY = Feed(
    name="monthly",
    label={"el": "Ανά μήνα", "en": "Monthly"},
    about={"el": "Ανά μήνα", "en": "Monthly"},
    columns=(
        column("row_id", required=True, unique=True),
        column("month", required=True),
        column("first_day", "date"),
        column("status", required=True, choices=(OPEN, CLOSED)),
        column("street"),
        column("issues", "integer"),
        column("people", "integer"),
        column("cost_eur", "number"),
        column("days", "number"),
        column("suppressed", "boolean"),
    ),
    key="row_id",
)
FIELDS = {
    "opened": {"from": "opened", "as": "timestamp"},
    "closed": {"from": "closed", "as": "timestamp"},
    "state": {"from": "state", "as": "lookup", "table": {"NEW": "open", "DONE": "closed"}},
    "who": {"from": "who", "as": "text"},
    "cost": {"from": "cost", "as": "number"},
}
AGGREGATE = {
    "by": {"month": {"month_of": "opened"}, "status": "state"},
    "measures": {
        "issues": "count",
        "people": {"distinct": "who"},
        "cost_eur": {"sum": "cost"},
        "days": {"median_days": ["opened", "closed"]},
    },
}
ROW = {"opened": "2026-01-05 10:00", "closed": "2026-01-07 10:00", "state": "DONE", "who": "a", "cost": "2"}
EXAMPLE = {"given": [ROW, ROW], "becomes": {"month": "2026-01", "status": "closed", "issues": 2, "people": 1}}


def summed(aggregate=None, **changes):
    content = {
        "feed": "monthly",
        "reader": {"type": "json_array", "path": "issues.json"},
        "fields": FIELDS,
        "aggregate": {**AGGREGATE, **(aggregate or {})},
        "examples": [EXAMPLE],
        **changes,
    }
    text = yaml.safe_dump(source_yaml(**content), allow_unicode=True)
    return load_source(text, {"monthly": MONTHLY})


def answer(tmp_path, rows, wanted):
    return walk(tmp_path, json.dumps([{**ROW, **row} for row in rows]), wanted)


def test_rows_become_one_row_for_each_month_and_group_with_a_key_of_its_own(tmp_path):
    rows = [
        {"who": "a"},
        {"who": "b", "closed": "2026-01-06 10:00", "cost": "2.5"},
        {"who": "b", "closed": None, "cost": None},
        {"opened": "2026-02-01 00:30", "closed": None, "cost": None},
        {"state": "NEW", "closed": None},
    ]
    report, sink = answer(tmp_path, rows, summed())
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows.select("row_id", "issues", "people", "cost_eur", "days", "suppressed").rows() == [
        ("2026-01/closed", 3, 2, 4.5, 1.5, None),
        ("2026-01/open", 1, 1, 2.0, None, None),
        ("2026-02/closed", 1, 1, None, None, None),
    ]


def test_a_month_is_that_of_athens_and_may_be_its_first_day(tmp_path):
    by = {"month": {"month_of": "opened"}, "first_day": {"month_of": "opened"}, "status": "state"}
    rows = [{"opened": "2026-01-31T22:30:00Z"}]
    _, sink = answer(tmp_path, rows, summed({"by": by}))
    assert sink.rows.select("month", "first_day").row(0) == ("2026-02", date(2026, 2, 1))


def test_the_counts_add_up_and_refused_rows_keep_no_word_of_what_they_said(tmp_path):
    rows = [{}, {}, {"state": "Maria Papadopoulou 6944123456"}, {"opened": None}]
    report, sink = answer(tmp_path, rows, summed())
    totals = report.totals
    assert report.aggregated == 2
    assert totals.rows_in == report.aggregated + totals.rejected == 4
    assert totals.rows_in == totals.loaded + totals.rejected + totals.deduplicated
    assert report.refused == {("state", "not_in_table"): 1, ("opened", "empty"): 1}
    assert set(sink.rejected["raw"]) == {"[…]"}
    assert "Papadopoulou" not in repr(report)
    told = {item.code: item.params for item in report.suggestions}
    assert told["aggregated"] == {"rows": 2, "groups": 1}


def test_a_small_group_is_told_without_its_numbers_never_as_zero(tmp_path):
    many = [{"who": str(number)} for number in range(5)]
    same_person = [{"state": "NEW", "who": "x"} for _ in range(7)]
    few = [{"opened": "2026-03-01 10:00", "closed": None, "who": str(number)} for number in range(4)]
    report, sink = answer(tmp_path, [*many, *same_person, *few], summed({"suppress_below": 5}))
    shown = sink.rows.select("row_id", "issues", "people", "cost_eur", "days", "suppressed").rows()
    assert shown == [
        ("2026-01/closed", 5, 5, 10.0, 2.0, False),
        ("2026-01/open", None, None, None, None, True),
        ("2026-03/closed", None, None, None, None, True),
    ]
    assert {item.code for item in report.suggestions} == {"aggregated", "withheld"}


def withheld(tmp_path, *sizes):
    rows = [
        {"opened": f"2026-{month:02}-01 10:00", "closed": None, "who": f"{month}-{number}"}
        for month, size in enumerate(sizes, 1)
        for number in range(size)
    ]
    report, sink = answer(tmp_path, rows, summed({"suppress_below": 5}))
    return report, sink.rows["issues"].to_list() if sink.batches else None


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((9, 4, 7, 8), [9, None, None, 8]),  # one alone is all rows but the others
        ((9, 1, 1, 7, 8), [9, None, None, None, 8]),  # two people are still too few
        ((9, 3, 2, 8), [9, None, None, 8]),
        ((9, 8), [9, 8]),
        ((9, 4), [None, None]),
        ((4,) * 3, [None, None, None]),
    ],
)
def test_no_difference_gives_a_small_group_back(sizes, shown, tmp_path):
    assert withheld(tmp_path, *sizes)[1] == shown


def test_many_reports_of_one_person_are_not_the_difference_either(tmp_path):
    """Their number is large enough, the person behind it is one: told alone it would be that person's."""
    one = [{"state": "NEW", "who": "x"} for _ in range(7)]
    others = [
        {"opened": f"2026-{month:02}-01 10:00", "closed": None, "who": f"{month}-{number}"}
        for month, size in ((2, 9), (3, 20))
        for number in range(size)
    ]
    _, sink = answer(tmp_path, [*one, *others], summed({"suppress_below": 5}))
    assert sink.rows.select("row_id", "issues", "suppressed").rows() == [
        ("2026-01/open", None, True),
        ("2026-02/closed", None, True),
        ("2026-03/closed", 20, False),
    ]


def test_when_all_together_are_too_few_nothing_is_published(tmp_path):
    report, shown = withheld(tmp_path, 2, 2)
    assert (report.outcome, report.reason.code, report.exit_code, shown) == (
        "refused",
        "too_few_people",
        6,
        None,
    )


def test_a_length_of_time_is_told_only_of_as_many_rows_as_a_group_needs(tmp_path):
    rows = [{"who": str(number), "closed": None} for number in range(9)] + [{"who": "z"}]
    _, sink = answer(tmp_path, rows, summed({"suppress_below": 5}))
    assert sink.rows.select("issues", "days", "suppressed").row(0) == (10, None, False)


def test_a_second_day_before_the_first_is_no_length_of_time_and_is_told(tmp_path):
    rows = [{}, {"closed": "2026-01-01 10:00"}]
    report, sink = answer(tmp_path, rows, summed())
    assert sink.rows["days"].to_list() == [2.0]
    assert [item.params for item in report.suggestions if item.code == "backwards"] == [{"rows": 1}]


def test_several_batches_sum_to_what_one_does(tmp_path):
    wanted = summed(reader={"type": "ndjson", "path": "issues.ndjson"})
    lines = [json.dumps({**ROW, "who": str(number % 1000)}) for number in range(120_000)]
    report, sink = walk(tmp_path, "\n".join(lines) + "\n", wanted)
    assert report.totals.rows_in == 120_000
    assert sink.rows.select("issues", "people", "cost_eur").row(0) == (120_000, 1000, 240_000.0)
    assert [batch.rows.height for batch in sink.batches[:-1]] == [0] * (len(sink.batches) - 1)


def test_no_row_at_all_is_held_as_ever(tmp_path):
    report, _ = answer(tmp_path, [], summed())
    assert (report.outcome, report.reason.code) == ("held", "no_rows")


def test_expectations_are_about_the_groups(tmp_path):
    wanted = summed(expect={"rows": {"min": 2, "max": 9}, "rejected": 1})
    report, _ = answer(tmp_path, [{}] * 40, wanted)
    assert (report.outcome, report.reason.code) == ("held", "too_few_rows")


@pytest.mark.parametrize(
    ("change", "code", "part"),
    [
        ({"by": {"nowhere": "state"}}, "unknown_column", "aggregate.by.nowhere"),
        ({"by": {"status": "nothing"}}, "unknown_row_column", "aggregate.by.status"),
        ({"by": {"month": {"month_of": "who"}, "status": "state"}}, "wrong_value", "aggregate.by.month"),
        ({"by": {"month": {"month_of": "opened"}}}, "required_column_unmapped", "status"),
        ({"by": {"street": "cost"}}, "wrong_value", "aggregate.by.street"),
        ({"measures": {"issues": {"sum": "who"}}}, "wrong_value", "aggregate.measures.issues"),
        ({"measures": {"street": "count"}}, "wrong_value", "aggregate.measures.street"),
        ({"measures": {"days": {"median_days": ["opened"]}}}, "wrong_value", "aggregate.measures.days"),
        ({"measures": {"days": {"mean": "cost"}}}, "wrong_value", "aggregate.measures.days"),
        ({"suppress_below": 1}, "wrong_value", "aggregate.suppress_below"),
        ({"where": "cost > 2"}, "unknown_key", "aggregate.where"),
    ],
)
def test_what_cannot_be_summed_is_a_clear_error(change, code, part):
    with pytest.raises(DefinitionError) as refused:
        summed(change)
    assert (refused.value.code, part in str(refused.value)) == (code, True)


def test_hiding_small_groups_needs_a_column_that_says_so():
    bare = Feed("monthly", MONTHLY.label, MONTHLY.about, MONTHLY.columns[:-1], key="row_id")
    content = source_yaml(
        feed="monthly", fields=FIELDS, aggregate={**AGGREGATE, "suppress_below": 5}, examples=[EXAMPLE]
    )
    with pytest.raises(DefinitionError, match="suppressed"):
        load_source(yaml.safe_dump(content), {"monthly": bare})


def test_examples_run_through_the_sums():
    check_examples(summed())
    check_examples(summed(examples=[EXAMPLE, {"given": ROW, "becomes": {"state": "closed", "cost": 2}}]))
    check_examples(
        summed(examples=[EXAMPLE, {"given": {**ROW, "state": "?"}, "rejected": {"state": "not_in_table"}}])
    )
    wrong = {"given": [ROW, ROW], "becomes": {"issues": 3}}
    with pytest.raises(DefinitionError, match="example_wrong"):
        check_examples(summed(examples=[wrong]))
    two = {"given": [ROW, {**ROW, "state": "NEW"}], "becomes": {"issues": 1}}
    with pytest.raises(DefinitionError, match="2 groups"):
        check_examples(summed(examples=[two]))


def test_an_example_of_sums_is_asked_for_and_makes_sense_only_there():
    with pytest.raises(DefinitionError, match="sums_without_example"):
        summed(examples=[{"given": ROW, "becomes": {"state": "closed"}}])
    with pytest.raises(DefinitionError, match="rows_without_sums"):
        check_examples(source(examples=[{"given": [{"code": "A"}], "becomes": {"code": "A"}}]))


def test_another_way_of_summing_publishes_the_same_bytes_again():
    assert summed().schema_hash != summed({"suppress_below": 5}).schema_hash


def test_ids_that_are_counted_do_not_stay_in_memory():
    from ckanext.patrasparticipation.harvesters.aggregate import Sums

    wanted = summed()
    sums = Sums(wanted.aggregate, wanted.feed)
    frame = pl.DataFrame(
        {"opened": [None], "closed": [None], "state": ["open"], "who": ["Maria"], "cost": [1.0]}
    )
    sums.add(frame.with_columns(pl.col("opened", "closed").cast(pl.Datetime("us", "UTC"))))
    assert "Maria" not in repr(sums._kept)
