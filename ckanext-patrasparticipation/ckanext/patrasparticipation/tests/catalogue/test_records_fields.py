"""Codes, dates, places, numbers, addresses and files of records, through the catalogue's own actions."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.dcat.processors import RDFParser
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.records import harvested, licences
from ckanext.patrasparticipation.schemas.load import vocabulary
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

THEME = "http://publications.europa.eu/resource/authority/data-theme/"


def test_a_dataset_needs_little_and_gets_sensible_values() -> None:
    made = samples.dataset()
    assert (made["language"], made["access_rights"], made["frequency"]) == (["ELL"], "PUBLIC", "UNKNOWN")
    assert (made["municipal_unit"], made["privacy_level"]) == (["3701"], "no_personal_data")


def test_codes_are_kept_in_the_vocabularys_order_and_uris_are_understood() -> None:
    made = samples.dataset(
        theme=["TRAN", THEME + "ENVI", "TRAN"],
        frequency="http://publications.europa.eu/resource/authority/frequency/DAILY",
    )
    assert (made["theme"], made["frequency"]) == (["ENVI", "TRAN"], "DAILY")
    assert samples.dataset(theme="ENVI", name="one")["theme"] == ["ENVI"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("theme", [], "Select at least one"),
        ("theme", ["ENVI", "MOON"], "'MOON' is not one of AGRI, ECON, EDUC,"),
        ("theme", [{"a": 1}], "'{'a': 1}' is not one of AGRI,"),
        ("license_id", "cc-by", "'cc-by' is not one of CC_BY_4_0, CC0,"),
        ("license_id", "", "Missing value"),
        ("frequency", "daily", "'daily' is not one of"),
        ("contact_email", "γραφείο", "'γραφείο' is not an e-mail address"),
        ("contact_email", "a@b", "'a@b' is not an e-mail address"),
        ("source_url", "javascript:alert(1)", "'javascript:alert(1)' is not a web address"),
        ("source_url", "//example.gr", "'//example.gr' is not a web address"),
        ("temporal_start", "32/5/2026", "'32/5/2026' is not a date like 2024-05-07"),
        ("temporal_start", "2026-02-30", "'2026-02-30' is not a date"),
        ("spatial", "{", "The place is not JSON"),
        ("spatial", '{"type":"Feature"}', "'Feature' is not a GeoJSON geometry: Point,"),
        (
            "spatial",
            '{"type":"Point","coordinates":[38.2,121.7]}',
            "38.2, 121.7 is not a longitude and a latitude",
        ),
        ("spatial", '{"type":"Point","coordinates":["x","y"]}', "The coordinates are not lists of numbers"),
        (
            "spatial",
            '{"type":"Polygon","coordinates":[[[21.7,38.2],[21.8,38.3]]]}',
            "The coordinates do not make a Polygon",
        ),
        ("spatial", '{"type":"Point","coordinates":[-43.2,-22.9]}', "The place lies outside the city's box"),
        ("municipal_unit", ["370199"], "'370199' is not one of 370101,"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_it_and_what_is_expected(
    field: str, value: Any, message: str
) -> None:
    refused = samples.refusal("package_create", **samples.fields(name="kadoi") | {field: value})
    assert refused[field][0].startswith(message), refused


def test_a_place_elsewhere_is_fine_when_the_record_says_so() -> None:
    rio = '{"type":"Point","coordinates":[-43.2,-22.9]}'
    assert json.loads(samples.dataset(spatial=rio, municipal_unit=["outside"])["spatial"])["coordinates"] == [
        -43.2,
        -22.9,
    ]


def test_a_period_cannot_end_before_it_starts() -> None:
    period = {"temporal_start": "2024-05-07", "temporal_end": "2024-05-06"}
    refused = samples.refusal("package_create", **samples.fields(name="kadoi", **period))
    assert refused == {"temporal_end": ["The period cannot end before it starts"]}
    assert (
        samples.dataset(temporal_start="2024-05-07T10:00:00", temporal_end="2024-05-07")["temporal_start"]
        == "2024-05-07"
    )


def test_a_community_lies_in_a_unit_that_was_chosen() -> None:
    rio = samples.fields(name="rio", municipal_unit=["370105"], community=["37010501"])
    assert samples.act("package_create", **rio)["community"] == ["37010501"]
    refused = samples.refusal("package_create", **rio | {"name": "no", "municipal_unit": ["370101"]})
    assert refused == {"community": ["'37010501' does not lie in the municipal units chosen"]}


def test_data_about_people_say_what_was_done_to_them() -> None:
    given = samples.fields(name="people", privacy_level="aggregated", k_threshold="3")
    assert samples.refusal("package_create", **given) == {
        "privacy_note": ["Say what was done so that nobody can be recognised"],
        "k_threshold": ["The threshold is 3, at least 5 is needed"],
    }
    made = samples.act("package_create", **given | {"privacy_note": ["k_anonymity"], "k_threshold": 5})
    assert (made["privacy_note"], made["privacy_level"]) == (["k_anonymity"], "aggregated")


def test_facets_count_each_code_and_read_in_both_languages(app: Any) -> None:
    samples.dataset(theme=["ENVI", "TRAN"], name="both")
    samples.dataset(theme=["ENVI"], name="one", title_translated={"el": "Πάρκα"})
    keys = ["vocab_theme", "license_id"]
    found = samples.act("package_search", **{"facet.field": keys, "rows": 0})["search_facets"]["vocab_theme"][
        "items"
    ]
    assert {(item["name"], item["count"], item["display_name"]) for item in found} == {
        ("ENVI", 2, "Περιβάλλον"),
        ("TRAN", 1, "Μεταφορές"),
    }
    for address, title, label in (
        ("/dataset/", "Θέμα ΕΕ", "Περιβάλλον"),
        ("/en/dataset/", "EU theme", "Environment"),
    ):
        page = app.get(address).body
        assert title in page
        assert label in page
    narrowed = app.get("/dataset/?vocab_theme=TRAN").body
    assert "/dataset/both" in narrowed
    assert "/dataset/one" not in narrowed


def test_ckans_licence_register_is_our_vocabulary() -> None:
    assert licences.text() == licences.PATH.read_text(), (
        "run: python -m ckanext.patrasparticipation.records.licences"
    )
    listed = [one["id"] for one in tk.get_action("license_list")({}, {})]
    assert listed == [term.code for term in vocabulary("licence").terms]
    made = samples.dataset()
    assert made["license_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (made["license_title"], made["isopen"]) == (
        "Creative Commons Αναφορά Δημιουργού 4.0 (CC BY 4.0)",
        True,
    )


def test_an_address_is_made_from_the_title_once_and_is_nobody_elses() -> None:
    names = [samples.dataset(name="")["name"], samples.dataset()["name"], samples.dataset(name="__1")["name"]]
    assert names == ["kadoi-aporrimmaton-2024", "kadoi-aporrimmaton-2024-2", "kadoi-aporrimmaton-2024-3"]
    made = samples.dataset(name="mine")
    samples.act("package_update", **{**made, "name": "", "title": "Άλλος τίτλος"})
    assert samples.act("package_show", id=made["id"])["name"] == "mine"
    assert "name" in samples.refusal("package_create", **samples.fields(name="Κάδοι"))


def test_an_uploaded_file_keeps_its_greek_name_beside_a_latin_address(
    app: Any, create_with_upload: Any
) -> None:
    made = samples.dataset()
    upload = FileStorage(io.BytesIO("α,β\n1,2\n".encode()), filename="Κάδοι Ρίου 2024.csv")
    resource = samples.act("resource_create", package_id=made["id"], upload=upload, keep_as_file=True)
    assert resource["url"].endswith("/download/kadoi-riou-2024.csv")
    assert (resource["file_name"], resource["name"]) == ("Κάδοι Ρίου 2024.csv", "Κάδοι Ρίου 2024.csv")
    assert (resource["format"], resource["name_translated"]) == ("CSV", {"el": "Κάδοι Ρίου 2024.csv"})
    disposition = app.get(resource["url"].split("test.ckan.net")[1]).headers["Content-Disposition"]
    assert "kadoi-riou-2024.csv" in disposition
    assert "filename*=UTF-8''%CE%9A%CE%AC%CE%B4%CE%BF%CE%B9" in disposition


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("afm", "123456789", "'123456789' is not the tax number of a legal person"),
        ("afm", "094019246", "'094019246' is not the tax number of a legal person"),
        ("afm", "12", "'12' is not a tax number: nine digits"),
        ("diavgeia_uid", "62-41", "'62-41' is not a Diavgeia uid"),
        ("homepage", "e-patras", "'e-patras' is not a web address"),
    ],
)
def test_a_publishers_numbers_are_checked(field: str, value: str, message: str) -> None:
    refused = samples.refusal("organization_create", title="Δήμος", **{field: value})
    assert refused[field][0].startswith(message)


def test_a_publisher_with_sound_numbers_is_kept() -> None:
    made = samples.act("organization_create", title="Δήμος Πατρέων", afm="090000045", diavgeia_uid="6241")
    shown = samples.act("organization_show", id=made["id"])
    assert (shown["afm"], shown["diavgeia_uid"], shown["publisher_type"]) == (
        "090000045",
        "6241",
        "LocalAuthority",
    )
    assert shown["name"] == "dimos-patreon"


def test_a_datasets_publisher_is_named_in_both_languages() -> None:
    names = {"el": "Δήμος Πατρέων", "en": "Municipality of Patras"}
    made = samples.dataset(owner_org=samples.publisher(title_translated=names, title="")["id"])
    assert made["organization"]["title_translated"] == names
    found = samples.act("package_search", q="name:" + made["name"])["results"][0]
    assert found["organization"]["title_translated"] == names


def test_what_the_catalogue_says_in_rdf_can_be_harvested_again(app: Any) -> None:
    made = samples.dataset(
        tags=[{"name": "κάδοι"}],
        temporal_start="2024-01-01",
        contact_unit="Τμήμα Καθαριότητας",
        resources=[
            {
                "url": "https://example.gr/a.csv",
                "format": "CSV",
                "name_translated": {"el": "Κάδοι", "en": "Bins"},
            }
        ],
    )
    parser = RDFParser()
    parser.parse(app.get(f"/dataset/{made['name']}.ttl").body, _format="turtle")
    (given,) = parser.datasets()
    harvested.adopt(given, is_new=True)
    model.Session.expunge_all()
    again = samples.act("package_create", **given, owner_org=made["organization"]["id"])
    again = samples.act("package_show", id=again["id"])
    assert again["name"] == "kadoi-aporrimmaton-2024-2"
    for field in (
        "title_translated",
        "notes_translated",
        "theme",
        "language",
        "frequency",
        "access_rights",
        "license_id",
    ):
        assert again[field] == made[field], field
    assert (again["contact_email"], again["temporal_start"]) == ("anoixta@patras.example", "2024-01-01")
    assert again["resources"][0]["name_translated"] == {"el": "Κάδοι", "en": "Bins"}
