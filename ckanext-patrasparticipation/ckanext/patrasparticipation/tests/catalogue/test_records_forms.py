"""The forms of datasets, files and publishers, as a person of the staff sends them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def staff() -> dict[str, str]:
    """The headers of somebody who may do anything."""
    return {"Authorization": factories.SysadminWithToken()["token"]}


def page(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200, answer.body[:2000]
    return BeautifulSoup(answer.body, "html.parser")


def test_the_form_stands_in_sections_and_folds_what_nobody_must_fill_in(
    app: Any, staff: dict[str, str]
) -> None:
    samples.publisher()
    shown = page(app.get("/dataset/new", headers=staff))
    sections = {one["id"]: one.has_attr("open") for one in shown.select("details.participation-section")}
    assert sections == {
        "section-description": True,
        "section-publisher": True,
        "section-terms": True,
        "section-coverage": False,
        "section-upkeep": False,
        "section-legal": False,
    }
    for control in shown.select(
        "form#dataset-edit input[id^=field-], form#dataset-edit select, form#dataset-edit textarea"
    ):
        assert shown.select_one(f"label[for='{control['id']}']"), control["id"]
    ids = [one["id"] for one in shown.select("[id]")]
    assert len(ids) == len(set(ids))


def test_each_error_stands_at_its_field_and_is_led_to_from_the_head(app: Any, staff: dict[str, str]) -> None:
    samples.publisher()
    sent = {
        "title_translated-el": "",
        "theme": "MOON",
        "temporal_start": "x",
        "_ckan_phase": "dataset_new_1",
        "save": "",
    }
    shown = page(app.post("/dataset/new", headers=staff, data=sent))
    for field in ("title_translated-el", "theme", "temporal_start", "license_id"):
        assert shown.select_one(f"#field-{field}-error"), field
        assert shown.select_one(f".error-explanation a[href='#field-{field}']"), field
    assert (
        shown.select_one("#field-title_translated-el")["aria-describedby"].split()[-1]
        == "field-title_translated-el-error"
    )
    assert shown.select_one("#section-coverage").has_attr("open")
    assert shown.select_one("#field-temporal_start")["value"] == "x"


def test_what_was_saved_stands_in_the_form_again(app: Any, staff: dict[str, str]) -> None:
    made = samples.dataset(theme=["ENVI", "TRAN"], tags=[{"name": "κάδοι"}], temporal_start="2024-05-07")
    shown = page(app.get(f"/dataset/edit/{made['name']}", headers=staff))
    assert shown.select_one("#field-title_translated-en")["value"] == samples.TITLE["en"]
    assert shown.select_one("#field-notes_translated-el").text.strip() == samples.NOTES["el"]
    assert [one["value"] for one in shown.select("input[name=theme][checked]")] == ["ENVI", "TRAN"]
    assert shown.select_one("#field-license_id option[selected]")["value"] == "CC_BY_4_0"
    assert shown.select_one("#field-temporal_start")["value"] == "07/05/2024"
    assert shown.select_one("#field-tag_string")["value"] == "κάδοι"


def test_a_record_goes_through_the_forms_of_both_its_steps(app: Any, staff: dict[str, str]) -> None:
    owner = samples.publisher()
    sent = {
        "title_translated-el": "Παγκάκια",
        "title_translated-en": "Benches",
        "notes_translated-el": "Θέσεις",
        "notes_translated-en": "",
        "theme": "ENVI",
        "language": "ELL",
        "municipal_unit": "3701",
        "license_id": "CC0",
        "owner_org": owner["id"],
        "tag_string": "παγκάκια, πάρκα",
        "private": "False",
        "_ckan_phase": "dataset_new_1",
        "save": "",
    }
    answer = app.post("/dataset/new", headers=staff, data=sent, follow_redirects=False)
    assert answer.headers["Location"].endswith("/dataset/pagkakia/resource/new"), answer.body[:3000]
    file = {
        "id": "",
        "url": "https://example.gr/a.csv",
        "name_translated-el": "Θέσεις",
        "save": "go-metadata",
    }
    answer = app.post("/dataset/pagkakia/resource/new", headers=staff, data=file, follow_redirects=False)
    assert answer.headers["Location"].endswith("/dataset/pagkakia")
    made = samples.act("package_show", id="pagkakia")
    assert (made["state"], made["title_translated"]) == ("active", {"el": "Παγκάκια", "en": "Benches"})
    assert (made["resources"][0]["name_translated"], len(made["tags"])) == ({"el": "Θέσεις"}, 2)


def test_an_english_reader_is_told_that_a_text_is_only_in_greek(app: Any) -> None:
    made = samples.dataset(title_translated={"el": "Παγκάκια"}, notes_translated=samples.NOTES)
    shown = page(app.get(f"/en/dataset/{made['name']}"))
    assert shown.select_one("h1 [lang=el]").text == "Παγκάκια"
    assert "only in Greek" in shown.select_one("h1").text
    assert samples.NOTES["en"] in shown.text
    assert "only in" not in page(app.get(f"/dataset/{made['name']}")).select_one("h1").text
