"""Converters on columns: what each value becomes, what is refused, and that no text makes one fall over."""

import math
from datetime import date, datetime, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.patrasparticipation.harvesters.areas import Areas
from ckanext.patrasparticipation.harvesters.convert import position
from ckanext.patrasparticipation.harvesters.geography import Geography
from ckanext.patrasparticipation.harvesters.mapping import Mapper
from ckanext.patrasparticipation.harvesters.readers.raw import ROW

from .engine import PATRAS, fields, source


def convert(line, values, column, areas=PATRAS, **reader):
    """Map one field over cells; gives values and codes by row."""
    wanted = source(
        fields=fields(**{"position" if line["as"] == "point" else column: line}),
        reader={"type": "delimited", "path": "x", **reader},
    )
    raw = pl.DataFrame({ROW: range(1, len(values) + 1), "code": "c", "v": pl.Series(values, dtype=pl.String)})
    rows, refused = Mapper(wanted, Geography(wanted, areas), date(2026, 11, 24)).map(raw)
    assert rows.height + refused.height == len(values)
    found = dict(rows.select(ROW, column).iter_rows())
    why = dict(refused.select("row_number", "code").iter_rows())
    return [why.get(row, found.get(row)) for row in range(1, len(values) + 1)]


def one(line, value, column, **options):
    return convert(line, [value], column, **options)[0]


@pytest.mark.parametrize(
    ("cell", "decimal", "becomes"),
    [
        ("70", None, 70.0),
        (" 6.5 ", None, 6.5),
        ("-1e2", None, "too_small"),
        ("", None, None),
        ("-", None, None),
        ("6,5", None, "not_a_number"),
        ("NaN", None, "not_a_number"),
        ("inf", None, "not_a_number"),
        ("1e999", None, "not_a_number"),
        ("0x10", None, "not_a_number"),
        ("1_0", None, "not_a_number"),
        ("6,5", ",", 6.5),
        ("1.234,50", ",", 1234.5),
        ("1.234", ",", 1234.0),
        ("12.34", ",", "not_a_number"),
        ("1 234,5", ",", 1234.5),
        ("1\u00a0234", ",", 1234.0),
        ("1,234.5", ".", 1234.5),
        ("1,2", ".", "not_a_number"),
        ("٣", None, "not_a_number"),
        ("5000", None, "too_big"),
        ("70 W", None, "not_a_number"),
    ],
)
def test_numbers(cell, decimal, becomes):
    line = {"from": "v", "as": "number"} | ({"decimal": decimal} if decimal else {})
    assert one(line, cell, "power_w") == becomes


def test_a_number_in_another_unit():
    assert one({"from": "v", "as": "number", "times": 1000}, "0.07", "power_w") == pytest.approx(70)


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("70", 70),
        ("70.0", 70),
        ("+5", 5),
        ("-3", -3),
        ("70.5", "not_an_integer"),
        ("1e3", 1000),
        ("9007199254740993", 9007199254740993),
        ("99999999999999999999", "not_an_integer"),
        ("x", "not_an_integer"),
        ("1_000", "not_an_integer"),
        ("n/a", None),
    ],
)
def test_whole_numbers(cell, becomes):
    assert one({"from": "v", "as": "integer"}, cell, "lamps") == becomes


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("05/03/2014", date(2014, 3, 5)),
        ("7/5/26", date(2026, 5, 7)),
        ("7 Μαΐ 2026", date(2026, 5, 7)),
        ("7 Μαΐου 2026", date(2026, 5, 7)),
        ("7η Ιουνίου 2020", date(2020, 6, 7)),
        ("5.3.2014", date(2014, 3, 5)),
        ("2014-03-05", date(2014, 3, 5)),
        ("2014-03-05T00:00:00Z", date(2014, 3, 5)),
        ("20140305", date(2014, 3, 5)),
        ("31/02/2020", "not_a_date"),
        ("1/1/2206", "not_a_date"),
        ("29/02/2021", "not_a_date"),
        ("29/02/2020", date(2020, 2, 29)),
        ("χθες", "not_a_date"),
        ("2014-03-05T10:00", "not_a_date"),
        ("25/11/2026", "too_big"),
        ("24/11/2026", date(2026, 11, 24)),
        ("44197", "not_a_date"),
    ],
)
def test_days(cell, becomes):
    assert one({"from": "v", "as": "date"}, cell, "installed_on") == becomes


def test_excel_serials_only_where_they_are_asked_for():
    assert one({"from": "v", "as": "date", "serial": True}, "44197", "installed_on") == date(2021, 1, 1)


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("2026-01-05T10:00:00Z", utc(2026, 1, 5, 10)),
        ("2026-01-05T10:00:00+02:00", utc(2026, 1, 5, 8)),
        ("2026-01-05 10:00", utc(2026, 1, 5, 8)),
        ("05/07/2026 10:00", utc(2026, 7, 5, 7)),
        ("2026-07-05T10:00:00.25", utc(2026, 7, 5, 7, 0, 0, 250000)),
        ("2026-07-05", utc(2026, 7, 4, 21)),
        ("Tue Oct 24 2017 10:00:00 GMT+0300 (EEST)", utc(2017, 10, 24, 7)),
        ("2026-03-29 03:30:00", "not_a_timestamp"),
        ("2026-10-25 03:30:00", "not_a_timestamp"),
        ("2026-10-25T03:30:00+0300", utc(2026, 10, 25, 0, 30)),
        ("2026-01-05T25:00:00Z", "not_a_timestamp"),
    ],
)
def test_moments(cell, becomes):
    """A time that the clock shows twice or never is refused; one with an offset is not."""
    assert one({"from": "v", "as": "timestamp"}, cell, "seen_at") == becomes


def test_moments_as_a_count():
    assert one({"from": "v", "as": "timestamp", "epoch": "ms"}, "1500000000000", "seen_at") == utc(
        2017, 7, 14, 2, 40
    )
    assert one({"from": "v", "as": "timestamp", "epoch": "s"}, "x", "seen_at") == "not_a_timestamp"


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [("ΝΑΙ", True), ("όχι", False), ("1", True), ("f", False), ("ίσως", "not_a_boolean"), ("", None)],
)
def test_yes_and_no(cell, becomes):
    assert one({"from": "v", "as": "boolean"}, cell, "lit") == becomes


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("  Ρήγα Φεραίου ", "Ρήγα Φεραίου"),
        ("Ά".encode().decode(), "Ά"),
        ("A\u0301", "Á"),
        ("ά", "ά"),
        ("α\x00β", "control_character"),
        ("\u202eabc", "control_character"),
        ("α\ufffdβ", "undecodable_text"),
        ("x" * 41, "too_long"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("γραμμή\nδεύτερη", "γραμμή\nδεύτερη"),
    ],
)
def test_text(cell, becomes):
    assert one({"from": "v", "as": "text"}, cell, "street") == becomes


def test_lookups_and_choices_guess_nothing():
    table = {"from": "v", "as": "lookup", "table": {"ΟΚ": "ok", "0": None}, "empty": "broken"}
    assert convert(table, ["ΟΚ", "0", "", "ok"], "status") == ["ok", None, "broken", "not_in_table"]
    assert convert({"from": "v", "as": "choice"}, ["ok", "OK", ""], "status") == ["ok", "not_a_choice", None]
    assert convert({"as": "constant", "value": 5}, [""], "lamps") == [5]
    assert convert({"as": "constant", "value": "bent"}, [""], "status") == ["not_a_choice"]


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("[21.73,38.24]", 21.73),
        ('{"type":"Point","coordinates":[21.73, 38.24]}', 21.73),
        ("[21.73,38.24,5]", 21.73),
        ('{"type": "Point", "coordinates": ["21.73", "38.24"]}', 21.73),
        ('{"coordinates":[21.73,38.24],"type":"Point"}', 21.73),
        ('{"type":"Point","coordinates":[]}', None),
        ("[null,null]", None),
        ("", None),
        ('{"type":"Polygon","bbox":[21.73,38.24,1,1],"coordinates":[[[0,0]]]}', "not_a_position"),
        ('{"type":"LineString","coordinates":[[21.73,38.24],[0,0]]}', "not_a_position"),
        ("[0,0]", "outside_box"),
        ("[38.24,21.73]", "swapped_position"),
        ("here [21.73,38.24]", "not_a_position"),
        ("[NaN,38.24]", "not_a_position"),
    ],
)
def test_positions(cell, becomes):
    rest = ["[21.73,38.24]"] * 5  # what the file usually says
    assert convert({"from": "v", "as": "point"}, [cell, *rest], "lon")[0] == becomes


POINTS = [
    '{"type":"Point","coordinates":[21.73,38.24]}',
    '{"type":"Point","coordinates":[+21.7300001,3.824e1]}',
    '{"type":"Point","coordinates":[21.73,38.24,115.5]}',
    None,
]


@pytest.mark.parametrize("between", ["", " "])
def test_points_written_alike_are_read_as_the_general_way_reads_them(between):
    cells = [cell and cell.replace(",", "," + between).replace(":", ":" + between) for cell in POINTS]
    usual = position._usual(pl.Series("v", cells))
    x, y = position.pair(pl.col("v"))
    assert usual is not None
    assert usual["x"].to_list() == [21.73, 21.7300001, 21.73, None]
    assert usual.equals(pl.DataFrame({"v": cells}).select(x=x, y=y))


@pytest.mark.parametrize(
    "odd",
    [
        '{"type": "Point","coordinates":[21.73,38.24]}',
        '{"type":"Point","coordinates":[NaN,38.24]}',
        '{"type":"Point","coordinates":[21.73,inf]}',
        '{"type":"Point","coordinates":["21.73","38.24"]}',
        '{"type":"Point","coordinates":[21.73]}',
        '{"type":"Point","coordinates":[]}',
        '{"type":"Point","coordinates":[[21.73,38.24]]}',
        '{"type":"MultiPoint","coordinates":[21.73,38.24]}',
        "",
    ],
)
def test_one_point_written_otherwise_sends_the_batch_the_general_way(odd):
    assert position._usual(pl.Series("v", [POINTS[0], odd])) is None
    assert position._usual(pl.Series("v", [odd])) is None or odd.startswith('{"type": "Point","c')


@pytest.mark.parametrize(
    "cells",
    [["[301661,4235325]"], ["[4235325,301661]"], ["[38.2467,21.7352]"], ["[2419551,4616900]"]],
)
def test_coordinate_systems_are_recognised_in_the_first_batch(cells):
    found = convert({"from": "v", "as": "point"}, cells * 3, "lon")
    assert found == pytest.approx([21.7352] * 3, abs=2e-4)


def test_without_a_city_nothing_is_recognised():
    assert one({"from": "v", "as": "point"}, "[301661,4235325]", "lon", areas=Areas()) == "outside_box"
    found = one({"from": "v", "as": "point", "crs": "EPSG:2100"}, "[301661,4235325]", "lon", areas=Areas())
    assert found == pytest.approx(21.7352, abs=1e-4)


def test_geometries():
    bow = '{"type":"Polygon","coordinates":[[[21.7,38.2],[21.8,38.3],[21.8,38.2],[21.7,38.3],[21.7,38.2]]]}'
    far = '{"type":"Point","coordinates":[23.7,38.0]}'
    line = {"from": "v", "as": "geometry"}
    good = '{"type":"LineString","coordinates":[[21.7,38.2,9],[21.8,38.3,9]]}'
    assert convert(line, [good, bow, far, "{}", ""], "shape") == [
        '{"type":"LineString","coordinates":[[21.7,38.2],[21.8,38.3]]}',
        "not_a_geometry",
        "outside_box",
        "not_a_geometry",
        None,
    ]
    assert '"MultiPolygon"' in one({**line, "repair": True}, bow, "shape")
    moved = one(line, '{"type":"Point","coordinates":[301661,4235325]}', "shape")
    assert moved.startswith('{"type":"Point","coordinates":[21.735')


LINES = {
    "street": {"from": "v", "as": "text"},
    "power_w": {"from": "v", "as": "number", "decimal": ","},
    "lamps": {"from": "v", "as": "integer"},
    "status": {"from": "v", "as": "lookup", "table": {"a": "ok"}},
    "lit": {"from": "v", "as": "boolean"},
    "installed_on": {"from": "v", "as": "date", "serial": True},
    "seen_at": {"from": "v", "as": "timestamp"},
    "lon": {"from": "v", "as": "point"},
    "shape": {"from": "v", "as": "geometry"},
}
CELL = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[-+0-9.,eE /:TZΑ-Ωα-ω\[\]{}\"]{0,20}", fullmatch=True),
    st.sampled_from(
        ["2020-01-01", "1.234,5", "[21.7,38.2]", "[1,", '{"type":"Point"}', "NaN", "9" * 40, "-0"]
    ),
)


@pytest.mark.parametrize("column", LINES)
@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.one_of(st.none(), CELL), min_size=1, max_size=6))
def test_no_text_makes_a_converter_fall_over(column, cells):
    """Every row is a row or is refused; ``convert`` counts them."""
    convert(LINES[column], cells, column)


@settings(max_examples=60, deadline=None)
@given(st.floats(min_value=1, max_value=2000, allow_nan=False))
def test_a_number_survives_being_written(value):
    assert one({"from": "v", "as": "number"}, repr(value), "power_w") == value
    written = f"{value:,.3f}".translate(str.maketrans(",.", ".,"))
    found = one({"from": "v", "as": "number", "decimal": ","}, written, "power_w")
    assert math.isclose(found, round(value, 3), rel_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 24)))
def test_a_day_survives_being_written_day_first(day):
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"):
        assert one({"from": "v", "as": "date"}, day.strftime(form), "installed_on") == day


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1))
def test_a_whole_number_survives_being_written(value):
    assert one({"from": "v", "as": "integer"}, str(value), "lamps") == value
