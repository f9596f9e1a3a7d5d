"""What is computed from definitions: DataStore columns, Table Schema, facets and RDF properties."""

import json
from pathlib import Path

import pytest

from ckanext.patrasparticipation.schemas.definitions import COLUMN_TYPES
from ckanext.patrasparticipation.schemas.derive.columns import (
    POSTGRES,
    datastore_fields,
    indexes,
    searchable,
)
from ckanext.patrasparticipation.schemas.derive.facets import facets
from ckanext.patrasparticipation.schemas.derive.rdf import OWN_TERMS, PREFIXES, properties, uri
from ckanext.patrasparticipation.schemas.derive.table_schema import FRICTIONLESS, table_schema
from ckanext.patrasparticipation.schemas.load import feed, feeds, record_type

PROFILES = Path(__file__).parent / "profiles"


def test_every_type_of_column_has_a_type_everywhere():
    assert set(POSTGRES) == set(FRICTIONLESS) == set(COLUMN_TYPES)


def test_the_dictionary_of_a_column_says_what_it_is_in_both_languages():
    power = next(field for field in datastore_fields(feed("street_light")) if field["id"] == "power_w")
    assert power["type"] == "float8"
    assert power["info"] == {
        "label": "Ισχύς",
        "label_el": "Ισχύς",
        "label_en": "Power",
        "notes": "Η ονομαστική ισχύς του φωτιστικού.",
        "notes_el": "Η ονομαστική ισχύς του φωτιστικού.",
        "notes_en": "The rated power of the lamp.",
        "unit": "W",
    }


def test_the_dictionary_carries_the_labels_of_codes():
    status = next(field for field in datastore_fields(feed("street_light")) if field["id"] == "status")
    assert status["info"]["choices"]["ok"] == {"el": "Λειτουργεί", "en": "Working"}


def test_indexes_and_searchable_columns_are_those_marked():
    assert indexes(feed("street_light")) == ["asset_id", "municipal_unit", "neighbourhood"]
    assert searchable(feed("wifi_hotspot")) == ["asset_id", "name", "street", "ssid", "note"]


@pytest.mark.parametrize("name", feeds())
def test_only_text_is_searched_and_no_column_name_is_hidden_or_cut(name):
    for column in feed(name).columns:
        assert not column.search or column.type == "text"
        assert not column.name.startswith("_")
        assert len(column.name.encode()) <= 63


@pytest.mark.parametrize("lang", ["el", "en"])
@pytest.mark.parametrize("name", feeds())
def test_a_table_schema_is_json_and_complete(name, lang):
    schema = json.loads(json.dumps(table_schema(feed(name), lang)))
    assert [field["name"] for field in schema["fields"]] == [column.name for column in feed(name).columns]
    assert all(field["title"] and field["description"] for field in schema["fields"])


SPELLED_OUT = {"lon", "lat", "municipal_unit", "neighbourhood"}
"""Where ours says more than the profile: the whole world instead of the city's box (the box belongs to the
city's folder), ELSTAT codes instead of slugs, and the list of neighbourhoods instead of a pattern."""


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.json")), ids=lambda path: path.stem)
def test_a_feed_is_the_profile_that_was_agreed(path):
    """``profiles/``: names, types, units and constraints as the survey of public models settled them."""
    agreed = json.loads(path.read_text(encoding="utf-8"))
    ours = {field["name"]: field for field in table_schema(feed(agreed["name"]))["fields"]}
    assert list(ours) == [field["name"] for field in agreed["fields"]]
    for field in agreed["fields"]:
        mine = ours[field["name"]]
        assert (mine["type"], mine.get("x-unit")) == (field["type"], field.get("x-unit"))
        if field["name"] not in SPELLED_OUT:
            assert mine.get("constraints", {}) == field.get("constraints", {}), field["name"]


def test_facets_come_from_the_definition_in_its_order():
    found = facets("dataset", "el")
    assert list(found.items())[0] == ("vocab_theme", "Θέμα ΕΕ")
    assert found["frequency"] == "Συχνότητα ενημέρωσης"
    marked = [field for field in record_type("dataset")["dataset_fields"] if field.get("facet")]
    assert len(found) == len(marked)


@pytest.mark.parametrize(
    ("name", "part"),
    [("dataset", "dataset_fields"), ("dataset", "resource_fields"), ("organization", "fields")],
)
def test_every_property_has_a_known_prefix(name, part):
    found = properties(name, part)
    assert found
    assert {one.prefix for one in found} <= {*PREFIXES, OWN_TERMS}


def test_a_property_has_a_full_address():
    by_field = {one.field: one for one in properties("dataset")}
    assert by_field["theme"].address("https://x/def#") == "http://www.w3.org/ns/dcat#theme"
    assert by_field["k_threshold"].address("https://x/def#") == "https://x/def#kThreshold"
    assert by_field["theme"].vocabulary == "theme"


def test_a_code_has_the_uri_of_its_authority_or_none():
    assert uri("licence", "CC_BY_4_0") == "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    assert uri("licence", "NOT_STATED") is None
    assert uri("licence", "no such code") is None
