"""The whole walk: published, unchanged, held, changed or unavailable, and the sink handed all or nothing."""

import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.pipeline import Last
from ckanext.patrasparticipation.tests.list_sink import ListSink

from .engine import Answer, fields, source, walk

POWER = fields(power_w={"from": "W", "as": "number"})


def lamps(count, first=0):
    return "code;W\n" + "".join(f"L{number};70\n" for number in range(first, first + count))


def powered(**changes):
    expect = {"rows": {"min": 2, "max": 1000}, "rejected": 0.05, **changes.pop("expect", {})}
    return source(fields=POWER, expect=expect, **changes)


def test_rows_are_published_with_their_counts_and_origin(tmp_path):
    told = []
    wanted = powered()
    report, sink = walk(tmp_path, lamps(50), wanted, progress=lambda step, rows: told.append((step, rows)))
    assert (report.outcome, report.exit_code, report.reason.code) == ("published", 0, "published")
    assert sink.published.loaded == 50
    assert sink.rows.columns == [column.name for column in wanted.feed.columns]
    assert report.origin.sha256
    assert report.origin.choices["encoding"] == "utf-8"
    assert [step.name for step in report.steps] == ["ask", "read", "publish"]
    assert ("read", 50) in told
    assert report.columns == ("code", "W")


def test_the_second_time_nothing_is_read(tmp_path):
    wanted = powered()
    first, _ = walk(tmp_path, lamps(50), wanted)
    last = Last(1, '"7"', "yesterday", first.origin.sha256, 50, wanted.schema_hash, first.columns)
    answer = Answer(tmp_path / "answer", etag='"8"')
    report, sink = walk(tmp_path, lamps(50), wanted, last=last, opener=answer)
    assert (report.outcome, report.exit_code, sink.batches, sink.published) == ("unchanged", 0, [], None)
    not_modified = Answer(tmp_path / "answer", not_modified=True)
    assert walk(tmp_path, lamps(9), wanted, last=last, opener=not_modified)[0].outcome == "unchanged"


def test_another_mapping_publishes_the_same_bytes_and_asks_without_conditions(tmp_path):
    url = {"type": "delimited", "url": "https://example.org/lamps.csv"}
    wanted = powered(reader=url)
    first, _ = walk(tmp_path, lamps(50), wanted)
    same = Last(1, '"7"', "yesterday", first.origin.sha256, 50, wanted.schema_hash)
    answer = Answer(tmp_path / "answer")
    walk(tmp_path, lamps(50), wanted, last=same, opener=answer)
    assert answer.asked == ((url["url"], '"7"', "yesterday"),)
    answer = Answer(tmp_path / "answer")
    report, _ = walk(tmp_path, lamps(50), wanted, last=replace(same, schema_hash="old"), opener=answer)
    assert answer.asked == ((url["url"], None, None),)
    assert report.outcome == "published"


def test_other_bytes_under_the_same_etag_are_taken_and_told(tmp_path):
    wanted = powered(reader={"type": "delimited", "url": "https://example.org/a"})
    last = Last(1, '"7"', None, "old", 50, wanted.schema_hash)
    report, _ = walk(tmp_path, lamps(50), wanted, last=last, opener=Answer(tmp_path / "answer", etag='"7"'))
    assert report.outcome == "published"
    assert [item.code for item in report.suggestions] == ["same_etag"]


@pytest.mark.parametrize(
    ("content", "before", "code"),
    [
        ("code;W\n", None, "no_rows"),
        ("code;W\nL1;x\nL2;y\n", None, "all_rejected"),
        (lamps(90) + "".join(f"B{n};x\n" for n in range(10)), None, "too_many_rejected"),
        (lamps(1), None, "too_few_rows"),
        (lamps(1001), None, "too_many_rows"),
        (lamps(75), 100, "rows_dropped"),
        (lamps(400), 100, "rows_grew"),
    ],
)
def test_what_looks_odd_is_held_and_can_be_accepted(content, before, code, tmp_path):
    report, sink = walk(tmp_path, content, powered(), last=Last(generation=1, rows=before))
    assert (report.outcome, report.exit_code, report.reason.code) == ("held", 3, code)
    assert (sink.batches, sink.published) == ([], None)
    report, sink = walk(tmp_path, content, powered(), last=Last(generation=1, rows=before), accept_held=True)
    assert report.outcome == "published"
    assert sink.published is not None


@pytest.mark.parametrize(("count", "before"), [(85, 100), (5, 20), (300, 100), (15, 3)])
def test_small_changes_are_not_asked_about(count, before, tmp_path):
    report, _ = walk(tmp_path, lamps(count), powered(), last=Last(generation=1, rows=before))
    assert report.outcome == "published"


@pytest.mark.parametrize(
    ("content", "outcome", "code", "number"),
    [
        ("", "unavailable", "empty_body", 4),
        ("<!doctype html><html></html>", "changed", "html_page", 5),
        ('{"error": "down"}', "unavailable", "source_error", 4),
        ("code;Watt\nL1;70\n", "changed", "missing_columns", 5),
        ("code;w\nL1;70\n", "changed", "missing_columns", 5),
        ("code;W\nL1;70\nL2", "unavailable", "truncated", 4),
        ("code;W\n" + "".join(f"L{n};seventy\n" for n in range(30)), "changed", "column_retyped", 5),
        ("code;W;new\nL1;70;x\n", "changed", "unmapped_columns", 5),
    ],
)
def test_what_has_another_shape_changes_nothing_even_when_accepted(content, outcome, code, number, tmp_path):
    report, sink = walk(tmp_path, content, powered(), accept_held=True)
    assert (report.outcome, report.reason.code, report.exit_code) == (outcome, code, number)
    assert (sink.batches, sink.published) == ([], None)
    assert report.reason.text["el"] != report.reason.text["en"]


def test_a_renamed_column_is_suggested(tmp_path):
    report, _ = walk(
        tmp_path, "code;Ισχύς\nL1;70\n", source(fields=fields(power_w={"from": "Ισχύς (W)", "as": "number"}))
    )
    assert report.reason.code == "missing_columns"
    assert report.reason.params["suggestions"] == [
        {
            "el": "Μήπως η στήλη «Ισχύς (W)» μετονομάστηκε σε «Ισχύς»;",
            "en": "Was the column “Ισχύς (W)” renamed to “Ισχύς”?",
        }
    ]


def test_a_new_column_is_announced_once_there_is_something_published(tmp_path):
    report, _ = walk(tmp_path, "code;W;new\nL1;70;x\nL2;70;x\n", powered(), last=Last(generation=1, rows=2))
    assert report.outcome == "published"
    assert [(item.code, item.params) for item in report.suggestions] == [("new_column", {"column": "new"})]


def test_ignored_columns_and_another_order_are_silent(tmp_path):
    report, _ = walk(tmp_path, "W;old;code\n70;x;L1\n80;x;L2\n", powered(ignore=["old"]))
    assert (report.outcome, report.suggestions) == ("published", ())


def test_a_required_raw_column_may_be_named_without_being_mapped(tmp_path):
    wanted = powered(expect={"columns": ["seal"]})
    assert walk(tmp_path, lamps(5), wanted)[0].reason.code == "missing_columns"
    assert walk(tmp_path, "code;W;seal\nL1;7;x\nL2;7;x\n", wanted)[0].outcome == "published"


def test_an_optional_column_may_be_absent(tmp_path):
    wanted = source(fields=fields(power_w={"from": "W", "as": "number", "optional": True}))
    report, sink = walk(tmp_path, "code\nL1\n", wanted)
    assert report.outcome == "published"
    assert sink.rows["power_w"].to_list() == [None]


def test_only_the_rows_that_are_the_source_s_are_counted(tmp_path):
    reader = {"type": "delimited", "path": "x", "only": {"kind": ["lamp"]}}
    wanted = powered(reader=reader, ignore=["kind"])
    report, sink = walk(
        tmp_path,
        "code;W;kind\nL1;7;lamp\nB1;7;bin\nL2;x;lamp\nL3;7;lamp\n",
        replace(wanted, expect=replace(wanted.expect, rejected=1)),
    )
    assert (report.totals.rows_in, report.totals.loaded) == (3, 2)
    assert sink.rejected["row_number"].to_list() == [4]


def test_a_record_without_the_column_of_only_is_not_the_source_s(tmp_path):
    reader = {"type": "ndjson", "path": "x", "only": {"kind": ["lamp"]}}
    wanted = source(reader=reader, ignore=["kind"])
    report, sink = walk(tmp_path, '{"code":"A"}\n{"code":"B","kind":"lamp"}\n', wanted)
    assert sink.rows["code"].to_list() == ["B"]
    assert walk(tmp_path, '{"code":"A"}\n', wanted)[0].reason.code == "missing_columns"


def test_a_dry_run_says_what_would_be(tmp_path):
    report, sink = walk(tmp_path, lamps(50), powered(), dry_run=True)
    assert (report.outcome, report.reason.code, report.published) == ("published", "checked", None)
    assert (sink.batches, sink.published) == ([], None)


def test_refused_rows_keep_number_column_code_and_value(tmp_path):
    text = "code;W\nL1;70\n;70\nL3;5 000\nL4;x\x00y\nL5\nL1;80\n" + lamps(9, 10)[7:]
    report, sink = walk(tmp_path, text, source(fields=POWER))
    assert sorted(sink.rejected.rows()) == [
        (3, "code", "empty", ""),
        (4, "power_w", "not_a_number", "5 000"),
        (5, "power_w", "not_a_number", "x␀y"),
        (6, None, "ragged_row", "L5"),
        (7, "code", "duplicate_key", "L1"),
    ]
    assert report.refused == {
        ("code", "empty"): 1,
        ("power_w", "not_a_number"): 2,
        (None, "ragged_row"): 1,
        ("code", "duplicate_key"): 1,
    }


class Broken(ListSink):
    """A publisher whose database is away."""

    discarded = 0

    def publish(self, totals, origin):
        raise ConnectionError("no database")

    def discard(self):
        self.discarded += 1


def test_whatever_goes_wrong_while_publishing_the_staged_rows_are_given_up(tmp_path):
    sink = Broken()
    with pytest.raises(ConnectionError):
        walk(tmp_path, lamps(5), powered(), sink=sink)
    assert sink.discarded == 1


def test_an_area_that_the_city_does_not_have_is_an_error_of_the_definition(tmp_path):
    wanted = source(
        fields=fields(position={"from": ["x", "y"], "as": "point"}, street={"as": "area", "layer": "quarter"})
    )
    with pytest.raises(DefinitionError, match="no_layer"):
        walk(tmp_path, "code;x;y\nL1;21.7;38.2\n", wanted)
    with pytest.raises(DefinitionError, match="no_point"):
        walk(
            tmp_path,
            lamps(1),
            source(fields=fields(power_w={"from": "W", "as": "number"}, street={"as": "area"})),
        )


SCRIPT = """
import sys, pathlib
sys.path.insert(0, sys.argv[2])
from ckanext.patrasparticipation.tests.harvesters.engine import source, walk
walk(pathlib.Path(sys.argv[1]), "code\\nL1\\n", source())
print("alive")
"""


@pytest.mark.parametrize("point", ["downloading", "verified", "staging", "staged", "nowhere"])
def test_a_kill_point_kills(point, tmp_path, monkeypatch):
    monkeypatch.setenv("HARVEST_KILL_AT", point)
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), "."], capture_output=True, text=True, check=False
    )
    expected = 0 if point == "nowhere" else -signal.SIGKILL
    assert ended.returncode == expected, ended.stderr
    assert ("alive" in ended.stdout) == (point == "nowhere")


def test_last_is_part_of_the_pipeline_s_words():
    assert pipeline.Last is Last
