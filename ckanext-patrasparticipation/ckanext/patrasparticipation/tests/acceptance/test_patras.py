"""The real Patras: lights, bins, units, neighbourhoods and schools, each by its YAML alone."""

from __future__ import annotations

import json

import polars as pl
import pytest
import shapely

from ckanext.patrasparticipation.schemas.load import vocabulary

from .conftest import PACKAGE


def polygons(layer: str) -> dict[str, shapely.Geometry]:
    """The polygons that ship with the city, by code."""
    path = PACKAGE / "sources" / "patras" / "areas" / f"{layer}.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: shapely.from_geojson(json.dumps(f)) for f in features}


UNITS = {"370101", "370102", "370103", "370104", "370105"}


def test_lights_come_in_with_unit_and_neighbourhood(walk, sources):
    report, sink = walk(sources["patras-street-lights"])
    assert (report.outcome, report.exit_code) == ("published", 0)
    totals = sink.published
    assert (totals.rows_in, totals.loaded, totals.rejected, totals.deduplicated) == (2986, 2763, 0, 223)
    rows = sink.rows
    assert rows["municipal_unit"].null_count() == 0
    assert set(rows["municipal_unit"]) <= UNITS
    assert rows["neighbourhood"].null_count() == 36  # they stand between the polygons
    assert rows["asset_id"].n_unique() == rows.height
    assert rows.select(pl.col("lon", "lat").round(4) == pl.col("lon", "lat")).to_series().all()
    assert set(rows["position_accuracy_m"]) == {11.0}


def test_the_same_lights_get_the_same_identifiers_again(walk, sources):
    first, second = (walk(sources["patras-street-lights"])[1].rows["asset_id"] for _ in range(2))
    assert first.equals(second)


SLUGS = {None: None} | {term.attributes["slug"]: term.code for term in vocabulary("municipal_unit").terms}


@pytest.mark.parametrize(
    ("source", "table"),
    [("patras-street-lights", "street_light"), ("patras-waste-bins", "waste_container")],
)
def test_places_are_those_of_the_canonical_table(source, table, walk, sources, municipal):
    """The survey's own table of these points: the same positions, units and neighbourhoods.

    Three points stand on a border, to the metre, or where polygons overlap: there either code is right.
    """
    columns = ("lon", "lat", "municipal_unit", "neighbourhood")
    path = municipal / "profiles" / f"patras_{table}_canonical.csv"
    canonical = pl.read_csv(path, infer_schema_length=0).select(columns)
    there = {(float(x), float(y)): (SLUGS[unit], code) for x, y, unit, code in canonical.iter_rows()}
    rows = walk(sources[source])[1].rows.select(columns)
    ours = {(x, y): (unit, code) for x, y, unit, code in rows.iter_rows()}
    assert set(ours) == set(there)
    differ = {at for at in ours if ours[at] != there[at]}
    assert len(differ) <= 2
    outlines = polygons("neighbourhood")
    for at in differ:
        assert ours[at][0] == there[at][0]
        assert all(outlines[code].distance(shapely.Point(at)) < 1e-5 for _, code in (ours[at], there[at]))


def test_equal_bins_on_one_spot_are_counted(walk, sources):
    report, sink = walk(sources["patras-waste-bins"])
    assert report.outcome == "published"
    totals = sink.published
    assert (totals.rows_in, totals.loaded, totals.rejected, totals.deduplicated) == (5711, 5483, 0, 228)
    rows = sink.rows
    assert rows["container_count"].sum() == 5711
    assert rows["container_count"].min() == 1
    streams = dict(rows.group_by("waste_stream").agg(pl.col("container_count").sum()).iter_rows())
    assert streams == {"mixed": 3522, "packaging": 2183, "unknown": 6}


def test_seven_bins_lie_outside_every_unit_and_are_kept(walk, sources):
    rows = walk(sources["patras-waste-bins"])[1].rows
    outside = rows.filter(pl.col("municipal_unit").is_null())
    assert outside["container_count"].sum() == 7


def test_units_come_from_the_greek_grid_and_fill_their_polygons(walk, sources):
    report, sink = walk(sources["patras-municipal-units"])
    assert report.outcome == "published"
    assert "EPSG:2100" in report.choices.values()
    assert set(sink.rows["area_id"]) == UNITS
    shipped = polygons("municipal_unit")
    for code, name, geometry in sink.rows.select("area_id", "name", "geometry").iter_rows():
        ours, theirs = shipped[code], shapely.from_geojson(geometry)
        assert ours.symmetric_difference(theirs).area < 1e-4 * theirs.area, code
        assert name.startswith("Δημοτική Ενότητα ")
        assert len(name) > 20


def test_neighbourhoods_are_read_as_windows_1253_and_the_repeated_code_is_told(walk, sources):
    report, sink = walk(sources["patras-neighbourhoods"])
    assert report.outcome == "published"
    assert (sink.published.rows_in, sink.published.loaded, sink.published.rejected) == (56, 55, 1)
    assert "ΨΑΡΟΦΑΪ" in set(sink.rows["name"])
    assert sink.rejected.select("column", "code", "raw").row(0) == ("area_id", "duplicate_key", "G32")


def test_schools_lie_in_the_city(walk, sources):
    report, sink = walk(sources["patras-schools"])
    assert report.outcome == "published"
    assert (sink.published.rows_in, sink.published.loaded) == (194, 194)
    assert sink.rows["municipal_unit"].null_count() == 0
    levels = dict(sink.rows.group_by("education_level").len().iter_rows())
    assert levels == {"primary": 63, "pre_primary": 62, "secondary": 60, "unknown": 9}
