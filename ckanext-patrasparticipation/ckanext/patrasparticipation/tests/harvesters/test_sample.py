"""The sample city: the same bytes on every run, in the shapes that real sources use, on the city's ground."""

import csv
import hashlib
import io
import json
import subprocess
import sys

import pyogrio
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from shapely import Point, union_all

from ckanext.patrasparticipation.cli.sample import sample
from ckanext.patrasparticipation.harvesters.sample import bins, facilities, files, hotspots, lights, spaces
from ckanext.patrasparticipation.harvesters.sample.ground import outlines, streets
from ckanext.patrasparticipation.harvesters.sample.shapefile import zipped


@pytest.fixture(scope="module")
def made():
    return files()


def test_another_process_makes_the_same_bytes(made):
    """Another process has another hash seed: nothing may hang on the order of a set."""
    code = (
        "import hashlib, json; from ckanext.patrasparticipation.harvesters.sample import files; "
        "print(json.dumps({n: hashlib.sha256(b).hexdigest() for n, b in files().items()}))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert json.loads(answer.stdout) == {n: hashlib.sha256(b).hexdigest() for n, b in made.items()}


def test_lights_are_an_array_without_identifiers(made):
    rows = json.loads(made[lights.NAME])
    assert 3000 < len(rows) < 4000
    assert all(set(row) == {"type", "notes", "loc"} for row in rows)
    texts = [json.dumps(row, sort_keys=True) for row in rows]
    assert 40 <= len(texts) - len(set(texts)) <= 60


def test_bins_are_windows_1253_with_semicolons_and_decimal_commas(made):
    with pytest.raises(UnicodeDecodeError):
        made[bins.NAME].decode("utf-8")
    rows = list(csv.reader(io.StringIO(made[bins.NAME].decode("windows-1253"), newline=""), delimiter=";"))
    assert tuple(rows[0]) == bins.HEADER
    assert 2000 < len(rows) < 3000
    assert {len(row) for row in rows} == {len(bins.HEADER)}
    assert sum("," in row[7] for row in rows[1:]) > 2000
    assert 20 <= len(rows) - len({tuple(row) for row in rows}) <= 30


def test_hotspots_are_geojson_a_feature_a_line(made):
    features = json.loads(made[hotspots.NAME])["features"]
    assert len(features) == hotspots.COUNT + 4 + len(hotspots.FAULTS)
    assert made[hotspots.NAME].count(b"\n") == len(features) + 2


def test_facilities_are_a_workbook_with_a_title_above_the_header(made):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made[facilities.NAME]))
    assert book.sheet_names == [facilities.SHEET]
    rows = book.get_sheet_by_name(facilities.SHEET).to_python()
    assert rows[0][0] == facilities.TITLE
    assert tuple(rows[2]) == facilities.HEADER
    assert rows[-1][2] == "ΣΥΝΟΛΟ"
    assert len(rows) == 3 + facilities.COUNT + 1 + len(facilities.FAULTS) + 2


def test_spaces_are_a_shapefile_in_the_greek_grid_that_hides_its_encoding(made, tmp_path):
    path = tmp_path / spaces.NAME
    path.write_bytes(made[spaces.NAME])
    info = pyogrio.read_info(path)
    assert (info["crs"], info["features"]) == ("EPSG:2100", spaces.COUNT + 2 + len(spaces.FAULTS))
    _, _, _, columns = pyogrio.raw.read(path, encoding="windows-1253")
    assert {"ΤΑΞΙ", "ΑΜΕΑ ΠΡΟΣΩΠΙΚΗ"} <= set(columns[1])


def test_a_text_that_does_not_fit_a_shapefile_is_an_error_not_a_cut():
    with pytest.raises(ValueError, match="KOD: 'ABCD' is longer than 3 bytes"):
        zipped("X", (("KOD", "C", 3, 0),), [("ABCD",)], [(0.0, 0.0)])


def test_every_street_lies_in_its_unit_and_all_units_have_some():
    units = outlines()
    ground = streets()
    assert {street.unit for street in ground} == set(units)
    for street in ground:
        assert units[street.unit].contains(Point(street.start))


def test_good_rows_lie_in_the_city(made):
    city = union_all(list(outlines().values())).buffer(0.02)
    points = [row["loc"]["coordinates"] for row in json.loads(made[lights.NAME])]
    outside = [point for point in points if point is None or not city.contains(Point(point))]
    assert len(outside) == 3  # nowhere, 0 0, and Athens: the faults and nothing else


def test_the_command_writes_once_and_then_leaves_the_files_alone(tmp_path, made):
    runner = CliRunner()
    first = runner.invoke(sample, [str(tmp_path / "in")])
    assert first.exit_code == 0, first.output
    assert {path.name for path in (tmp_path / "in").iterdir()} == set(made)
    assert "bytes" in first.output
    again = runner.invoke(sample, [str(tmp_path / "in")])
    assert again.exit_code == 0
    assert again.output.count("as it was") == len(made)
