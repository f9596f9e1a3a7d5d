"""The forms of groups and initiatives as an editor sends them, and the API with values of the wrong shape."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from ckanext.patrasparticipation.schemas.load import record_type
from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor of a publisher of their own."""
    user: dict[str, Any] = factories.UserWithToken()
    user["organization"] = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])["id"]
    user["headers"] = {"Authorization": user["token"]}
    return user


GROUP = {
    "title_translated-el": "Σύλλογος Ακτών",
    "notes_translated-el": "Φροντίζει τις ακτές.",
    "mission_translated-el": "Καθαρές ακτές.",
    "group_type": "association",
    "legal_status": "registered",
    "activity_field": "environment",
    "area_of_action": "municipality",
    "identifiers-0-scheme": "AFM",
    "identifiers-0-value": "090000045",
    "identifiers-1-scheme": "COURT_REGISTER",
    "identifiers-1-value": "1234/2012",
    "founding_year": "2012",
}
INITIATIVE = {
    "title_translated-el": "Σημεία Δράσης",
    "notes_translated-el": "Μηχανή αναζήτησης ομάδων.",
    "initiative_type": "pilot",
    "activity_field": "governance",
    "start_date": "13/11/2023",
    "funding-0-programme": "EEA_GRANTS",
    "funding-0-amount_total": "5.525,00 €",
    "funding-0-amount_grant": "4.972,50 €",
    "events-0-title": "Συνάντηση εργασίας",
    "events-0-start": "13-15/11/2023",
    "duration": "6 μήνες",
}


@pytest.mark.parametrize("name", ["citizen_group", "initiative"])
def test_row_001_the_form_has_every_section_and_every_field(
    app: Any, editor: dict[str, Any], name: str
) -> None:
    answer = app.get(f"/{name}/new", headers=editor["headers"])
    assert answer.status_code == 200
    page = BeautifulSoup(answer.body, "html.parser")
    definition = record_type(name)
    shown = [one["id"].removeprefix("section-") for one in page.select("details.participation-section")]
    assert shown == [section["name"] for section in definition["sections"]]
    for field in definition["dataset_fields"]:
        computed = field.get("preset") == "participation_computed"
        assert (definition and field["field_name"] in answer.text) or computed, field["field_name"]


def test_an_editor_enters_a_group_with_its_numbers(app: Any, editor: dict[str, Any]) -> None:
    sent = GROUP | {
        "owner_org": editor["organization"],
        "_ckan_phase": "dataset_new_1",
        "save": "go-metadata",
    }
    answer = app.post("/citizen_group/new", headers=editor["headers"], data=sent, follow_redirects=False)
    assert answer.status_code == 302, answer.text[:4000]
    group = samples.act("package_show", id="syllogos-akton")
    assert [part["value"] for part in group["identifiers"]] == ["090000045", "1234/2012"]
    assert (group["founding_year"], group["theme"], group["group_status"]) == (2012, ["SOCI"], "active")


def test_an_editor_enters_an_initiative_as_its_papers_write_it(app: Any, editor: dict[str, Any]) -> None:
    body = editor["organization"]
    sent = INITIATIVE | {"owner_org": body, "lead_org": body, "_ckan_phase": "dataset_new_1", "save": ""}
    answer = app.post("/initiative/new", headers=editor["headers"], data=sent, follow_redirects=False)
    assert answer.status_code == 302, answer.text[:4000]
    initiative = samples.act("package_show", id="simeia-drasis")
    assert initiative["funding"][0]["amount_grant"] == 4972.5
    assert (initiative["events"][0]["start"], initiative["events"][0]["end"]) == ("2023-11-13", "2023-11-15")
    assert (initiative["duration"], initiative["start_date"]) == ("P6M", "2023-11-13")


def test_the_errors_of_a_form_stand_at_their_fields(app: Any, editor: dict[str, Any]) -> None:
    sent = GROUP | {"body_character": "political", "_ckan_phase": "dataset_new_1", "save": ""}
    sent |= {"owner_org": editor["organization"], "dissolution_year": "2010"}
    answer = app.post("/citizen_group/new", headers=editor["headers"], data=sent)
    page = BeautifulSoup(answer.body, "html.parser")
    for field in ("body_character", "dissolution_year", "group_status"):
        assert page.select_one(f"#field-{field}-error"), field
    assert "δεν καταχωρίζονται" in page.select_one("#field-body_character-error").text


def test_an_event_keeps_its_identifier_through_the_form(app: Any, editor: dict[str, Any]) -> None:
    initiative = made.initiative(
        owner_org=editor["organization"], events=[{"title": "Α", "start": "1/5/2026"}]
    )
    answer = app.get(f"/initiative/edit/{initiative['name']}", headers=editor["headers"])
    page = BeautifulSoup(answer.body, "html.parser")
    hidden = page.select_one("input[name='events-0-uid']")
    assert (hidden["value"], hidden["type"]) == (initiative["events"][0]["uid"], "hidden")


@pytest.mark.parametrize(
    "given", [{"identifiers": "x"}, {"alt_names": {"a": 1}}, {"premises": [["x"]]}, {"social": [None]}]
)
def test_values_of_the_wrong_shape_are_refused_and_no_fault(
    app: Any, editor: dict[str, Any], given: dict[str, Any]
) -> None:
    sent = made.group_fields(owner_org=editor["organization"], **given)
    answer = app.post("/api/3/action/package_create", headers=editor["headers"], json=sent)
    assert answer.status_code in (400, 409), answer.text
    assert samples.act("package_search")["count"] == 0
