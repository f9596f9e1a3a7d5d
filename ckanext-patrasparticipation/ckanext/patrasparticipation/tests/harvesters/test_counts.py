"""Equal rows, made ids and keys: whatever comes, in whatever batches, the counts add up."""

from collections import Counter
from hashlib import sha1

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.patrasparticipation.harvesters.readers import blocks, delimited, quoted

from .engine import PATRAS, fields, source, walk

POINT = {"from": ["x", "y"], "as": "point"}
MADE = {
    "code": {"as": "id", "prefix": "L", "of": ["street"]},
    "street": {"from": "s", "as": "text"},
    "position": POINT,
}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Α", "Β", ""]),
        st.sampled_from(["21.7", "21.8", "x", "0"]),
        st.sampled_from(["38.2", "38.3"]),
    ),
    max_size=40,
)


def made(duplicates, **changes):
    return source(
        fields=MADE,
        duplicates=duplicates,
        expect={"rows": {"min": 0, "max": 1000}, "rejected": 1},
        examples=[{"given": {"s": "Α", "x": "21.7", "y": "38.2"}, "becomes": {"street": "Α"}}],
        **changes,
    )


def text(rows):
    return "s;x;y\n" + "".join(";".join(row) + "\n" for row in rows)


@pytest.fixture
def small_batches(monkeypatch):
    """Three rows a batch, so that a load has many."""
    monkeypatch.setattr(delimited, "BATCH", 3)
    monkeypatch.setattr(quoted, "BATCH", 3)


@pytest.mark.parametrize("duplicates", ["drop", "reject", {"count_into": "lamps"}])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_row_is_loaded_refused_or_counted_away(duplicates, rows, tmp_path, small_batches):
    report, sink = walk(tmp_path, text(rows), made(duplicates), areas=PATRAS, accept_held=True)
    good = [row for row in rows if row[1] not in ("x", "0")]
    if not report.published:
        assert report.outcome in ("held", "changed")
        return
    totals = report.totals
    if totals is None:
        assert rows == []
        return
    different = len(set(good))
    assert totals.rows_in == len(rows) == totals.loaded + totals.rejected + totals.deduplicated
    assert totals.loaded == different
    bad = len(rows) - len(good)
    assert totals.rejected == bad + (len(good) - different if duplicates == "reject" else 0)
    assert sink.rows["code"].n_unique() == sink.rows.height
    if duplicates not in ("drop", "reject"):
        times = Counter((street or None, float(x), float(y)) for street, x, y in good)
        found = {row[:3]: row[3] for row in sink.rows.select("street", "lon", "lat", "lamps").iter_rows()}
        assert found == times


def test_a_load_that_is_read_twice_still_tells_how_its_file_ends(tmp_path):
    content = text([("Α", "21.7", "38.2")] * 3) + "Σύνολο;3;\n"
    report, sink = walk(tmp_path, content, made({"count_into": "lamps"}), areas=PATRAS)
    assert report.choices["footer"] == "Σύνολο"
    assert sink.rows["lamps"].to_list() == [3]
    assert (report.totals.rows_in, report.totals.deduplicated) == (3, 2)


def test_a_made_id_stays_while_the_thing_stays(tmp_path):
    one = [("Α", "21.7", "38.2"), ("Β", "21.8", "38.3")]
    _, first = walk(tmp_path, text(one), made("drop"), areas=PATRAS)
    _, again = walk(tmp_path, text(one[::-1]), made("drop"), areas=PATRAS)
    assert set(first.rows["code"]) == set(again.rows["code"])
    _, moved = walk(tmp_path, text([("Α", "21.70001", "38.2")]), made("drop"), areas=PATRAS)
    assert moved.rows["code"][0] not in set(first.rows["code"])


def test_equal_things_that_other_columns_tell_apart_get_ordinals(tmp_path, small_batches):
    wanted = source(
        fields={
            "code": {"as": "id", "prefix": "L"},
            "street": {"from": "s", "as": "text"},
            "position": POINT,
        },
        expect={"rows": {"min": 1, "max": 1000}, "rejected": 1},
        examples=[{"given": {"s": "Α", "x": "21.7", "y": "38.2"}, "becomes": {"street": "Α"}}],
    )
    rows = [(f"Οδός {number}", "21.7", "38.2") for number in range(10)]
    _, sink = walk(tmp_path, text(rows), wanted, areas=PATRAS)
    assert sink.rows["code"].n_unique() == 10
    assert all(code.startswith("L-") and len(code) == 14 for code in sink.rows["code"])


def test_a_made_id_is_the_same_in_every_release(tmp_path):
    """Published ids must not change: this one was made when the rule was written."""
    _, sink = walk(tmp_path, text([("Α", "21.7", "38.2")]), made("drop"), areas=PATRAS)
    told = "L|21700000|38200000|Α|0"
    assert sink.rows["code"][0] == "L-" + sha1(told.encode()).hexdigest()[:12].upper()


def test_a_key_may_stand_once_in_a_load_of_many_batches(tmp_path, small_batches):
    codes = [f"L{number % 7}" for number in range(50)]
    report, sink = walk(tmp_path, "code\n" + "\n".join(codes) + "\n")
    assert report.totals.loaded == 7
    assert report.refused == {("code", "duplicate_key"): 43}
    assert sink.rows["code"].to_list() == [f"L{number}" for number in range(7)]


def test_keys_are_compared_in_nfc(tmp_path):
    report, _ = walk(tmp_path, "code\nΆ1\n" + "Α\u03011\n", source(fields=fields()))
    assert report.refused == {("code", "duplicate_key"): 1}


def test_blocks_do_not_cut_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 7)
    report, sink = walk(tmp_path, "code\n" + "".join(f"Φωτιστικό {n}\n" for n in range(30)))
    assert sink.rows["code"].to_list() == [f"Φωτιστικό {n}" for n in range(30)]
    assert report.totals.rows_in == 30
