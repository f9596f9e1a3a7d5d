"""Where positions fall: areas of the real city, the box around them, and what positions suggest."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.harvesters.areas import Areas, load_areas, load_layer
from ckanext.patrasparticipation.harvesters.city import load_city
from ckanext.patrasparticipation.harvesters.errors import DefinitionError, SourceChanged
from ckanext.patrasparticipation.harvesters.places import Box, recognise, transformer

from .engine import fields, source, walk

CITY = Path(harvesters.__file__).parent / "sources" / "patras"
SQUARES = {"A": (21.70, 38.20), "B": (21.71, 38.20)}


def layer_file(path, size=0.01, squares=SQUARES):
    features = [
        {
            "properties": {"code": code},
            "geometry": json.loads(shapely.to_geojson(shapely.box(west, south, west + size, south + size))),
        }
        for code, (west, south) in squares.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_a_position_gets_the_code_of_its_polygon_and_on_a_border_the_first(tmp_path):
    layer = load_layer(layer_file(tmp_path / "a.geojson"))
    lon = pl.Series([21.705, 21.715, 21.71, 21.75, None], dtype=pl.Float64)
    lat = pl.Series([38.205, 38.205, 38.205, 38.205, None], dtype=pl.Float64)
    assert layer.locate(lon, lat).to_list() == ["A", "B", "A", None, None]


def test_locating_many_is_the_same_as_asking_one_by_one():
    layer = load_city(CITY).areas.layers["municipal_unit"]
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(21.6, 21.95, 400), chance.uniform(38.1, 38.35, 400)
    found = layer.locate(pl.Series(lon), pl.Series(lat)).to_list()
    expected = [
        next(
            (c for c, shape in zip(layer.codes, layer.polygons, strict=True) if shape.intersects(point)), None
        )
        for point in shapely.points(lon, lat)
    ]
    assert found == expected
    assert {"370101", "370105", None} <= set(found)


def test_the_box_is_that_of_the_first_layer_with_a_margin(tmp_path):
    box = load_areas({"a": layer_file(tmp_path / "a.geojson")}).box
    assert (box.west, box.south, box.east, box.north) == pytest.approx((21.68, 38.18, 21.74, 38.23))
    assert load_areas({}).box is None


def test_a_layer_that_is_none_is_an_error(tmp_path):
    (tmp_path / "bad.geojson").write_text('{"features": [{"properties": {}, "geometry": null}]}')
    for name in ("bad.geojson", "absent.geojson"):
        with pytest.raises(DefinitionError):
            load_layer(tmp_path / name)


def test_a_system_that_only_a_person_can_name_is_asked_for():
    box = load_city(CITY).box
    x, y = transformer("EPSG:4326").transform(21.0, 38.0)
    assert (x, y) == (21.0, 38.0)
    east, north = pl.Series([564_000.0] * 3), pl.Series([4_233_500.0] * 3)  # Patras in UTM 34N
    with pytest.raises(SourceChanged, match="choose_crs"):
        recognise(east, north, box, None)
    with pytest.raises(SourceChanged, match="choose_crs"):
        transformer("EPSG:999999")


def test_a_label_that_the_numbers_contradict_is_not_believed():
    box = load_city(CITY).box
    place = recognise(pl.Series([301661.0]), pl.Series([4235325.0]), box, "EPSG:4326")
    assert place.told == "EPSG:2100"
    assert (
        recognise(pl.Series([None], dtype=pl.Float64), pl.Series([None], dtype=pl.Float64), box, None).told
        == "EPSG:4326"
    )


def test_without_a_box_the_label_is_believed():
    assert recognise(pl.Series([1.0]), pl.Series([2.0]), None, "EPSG:2100").told == "EPSG:2100"
    assert Box().share(np.array([]), np.array([])) == 0.0


POINT = fields(position={"from": ["x", "y"], "as": "point"})


def test_positions_that_fit_better_when_moved_by_the_datum_are_told(tmp_path):
    areas = load_areas({"a": layer_file(tmp_path / "a.geojson", 0.002, {"A": (21.70, 38.20)})})
    rows = [f"L{n};{21.7001 + n / 1e5:.6f};{38.2001 + n / 1e5:.6f}" for n in range(100)]
    moved = [f"L{n};{21.7001 - 0.00164 + n / 1e5:.6f};{38.2001 - 0.00263 + n / 1e5:.6f}" for n in range(100)]
    for lines, told in ((rows, []), (moved, ["datum_shift"])):
        report, _ = walk(tmp_path, "code;x;y\n" + "\n".join(lines) + "\n", source(fields=POINT), areas=areas)
        assert report.outcome == "published"
        assert [item.code for item in report.suggestions] == told


def test_numbers_with_an_undeclared_decimal_comma_are_told(tmp_path):
    wanted = source(fields=fields(power_w={"from": "W", "as": "number"}))
    report, _ = walk(tmp_path, "code;W\n" + "".join(f"L{n};6,5\n" for n in range(30)), wanted, areas=Areas())
    assert (report.outcome, report.reason.code) == ("changed", "column_retyped")
    assert "6,5" in report.reason.text["el"]
    assert [(item.code, item.params["column"]) for item in report.suggestions] == [
        ("decimal_comma", "power_w")
    ]


def test_a_time_zone_that_does_not_exist_is_an_error():
    with pytest.raises(DefinitionError, match="Atlantis"):
        source(fields=fields(seen_at={"from": "t", "as": "timestamp", "zone": "Europe/Atlantis"}))
