"""The polygons of Patras: sound, named as the vocabularies name them, one inside the other."""

import json
from pathlib import Path

import pytest
import shapely

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.schemas.load import vocabulary

AREAS = Path(harvesters.__file__).parent / "sources" / "patras" / "areas"
LAYERS = ("municipal_unit", "community", "neighbourhood")


def polygons(layer):
    content = json.loads((AREAS / f"{layer}.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["code"]: shapely.from_geojson(json.dumps(f)) for f in content["features"]}


@pytest.mark.parametrize("layer", LAYERS)
def test_codes_and_names_are_those_of_the_vocabulary(layer):
    features = json.loads((AREAS / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    assert all(set(feature["properties"]) == {"code", "name"} for feature in features)
    found = {feature["properties"]["code"]: feature["properties"]["name"] for feature in features}
    assert len(found) == len(features)
    assert found == {term.code: term.label["el"] for term in vocabulary(layer).terms}


@pytest.mark.parametrize("layer", LAYERS)
def test_outlines_are_valid_and_hardly_overlap(layer):
    shapes = list(polygons(layer).values())
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)
    whole = shapely.union_all(shapes).area
    assert sum(shape.area for shape in shapes) - whole < 2e-4 * whole


def test_a_community_lies_in_the_unit_its_code_begins_with():
    units = polygons("municipal_unit")
    for code, shape in polygons("community").items():
        shares = {unit: outline.intersection(shape).area for unit, outline in units.items()}
        assert max(shares, key=shares.get) == code[:6]


def test_a_neighbourhood_names_the_unit_that_holds_most_of_it():
    units, shapes = polygons("municipal_unit"), polygons("neighbourhood")
    for term in vocabulary("neighbourhood").terms:
        shares = {unit: outline.intersection(shapes[term.code]).area for unit, outline in units.items()}
        assert max(shares, key=shares.get) == term.attributes["parent"], term.code


def test_the_notice_names_origin_and_licence():
    notice = (AREAS / "NOTICE.md").read_text(encoding="utf-8")
    assert "github.com/vorlon83/synth_pop_Patras_Greece" in notice
    assert "creativecommons.org/licenses/by/4.0" in notice
