"""Citizen groups: what they hold, what is refused and with which words, how they are found."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from flask_babel import force_locale

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.schemas.load import record_type
from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

WHOLE = {
    "title_translated": {"el": "Εθελοντές Ακτών", "en": "Coast Volunteers"},
    "mission_translated": {"el": "Καθαρές ακτές.", "en": "Clean coasts."},
    "group_type": "association",
    "legal_status": "registered",
    "group_status": "active",
    "verification": "from_public_register",
    "alt_names": [{"name": "ΕΘΑΚ", "lang": "ELL", "kind": "abbr"}],
    "identifiers": [
        {"scheme": "AFM", "value": "EL 090000045"},
        {"scheme": "GEMI", "value": "118394216-000"},
        {"scheme": "ROR", "value": "https://ror.org/017WVTQ80"},
        {"scheme": "COURT_REGISTER", "value": "1234/2012"},
    ],
    "founding_year": "2012",
    "target_groups": ["youth", "general_public"],
    "services_offered": ["clean_up"],
    "area_of_action": "municipality",
    "activity_field": ["environment"],
    "premises": [{"address": "Πλατεία Γεωργίου 1", "lat": "38,2466", "lon": 21.7346, "wheelchair": "ναι"}],
    "website": "https://ethak.example",
    "social": [{"platform": "mastodon", "url": "https://social.example/@ethak"}],
    "public_email": "omada@ethak.example",
    "contact_basis": "published_by_group",
    "joining_mode": "open",
    "join_url": "https://ethak.example/join",
    "volunteer_needs_translated": {"el": "Δύο οδηγοί τα Σάββατα."},
    "member_band": "50-199",
    "volunteer_band": "10-49",
    "certifications": [{"scheme": "Φορέας εθελοντών", "status": "valid", "valid_until": "31/12/2099"}],
    "responsible_unit": "Τμήμα Εθελοντισμού",
    "responsible_unit_uid": "81234",
    "good_practice": True,
    "good_practice_reason_translated": {"el": "Μεταφέρεται εύκολα σε κάθε ακτή."},
    "sdg": ["14", "11"],
    "nuts_region": ["EL632"],
}


def refused(**given: Any) -> dict[str, Any]:
    fields = made.group_fields(**given)
    return samples.refusal("package_create", **{name: fields[name] for name in fields})


def facet(name: str, **asked: Any) -> dict[str, int]:
    answer = samples.act("package_search", **{"facet.field": [name], "rows": 0, **asked})
    return {item["name"]: item["count"] for item in answer["search_facets"][name]["items"]}


def test_row_001_a_group_is_a_record_with_a_form_a_page_a_list_and_an_answer(app: Any) -> None:
    group = made.group(**WHOLE)
    samples.dataset()
    found = samples.act("package_search", fq="dataset_type:citizen_group")
    assert [one["id"] for one in found["results"]] == [group["id"]]
    for address in (f"/citizen_group/{group['name']}", "/citizen_group/"):
        answer = app.get(address)
        assert answer.status_code == 200
        assert "Εθελοντές Ακτών" in answer.text


def test_everything_a_group_may_hold_comes_back_as_it_was_meant() -> None:
    group = made.group(**WHOLE)
    assert [part["value"] for part in group["identifiers"]] == [
        "090000045",
        "118394216000",
        "017wvtq80",
        "1234/2012",
    ]
    assert group["premises"] == [
        {"address": "Πλατεία Γεωργίου 1", "lat": 38.2466, "lon": 21.7346, "wheelchair": True}
    ]
    assert group["certifications"][0]["valid_until"] == "2099-12-31"
    assert (group["certified"], group["certification_states"]) == ("valid", ["valid"])
    assert (group["contact_state"], group["public_email"]) == ("shown", "omada@ethak.example")
    assert (group["good_practice"], group["sdg"]) == (True, ["11", "14"])
    assert group["last_verified_date"] == clock.today(clock.now()).isoformat()


def test_what_is_shown_can_be_saved_again_unchanged() -> None:
    group = made.group(**WHOLE)
    samples.act("package_update", **group)
    again = samples.act("package_show", id=group["id"])
    volatile = ("metadata_modified", "organization")
    assert {name: again[name] for name in again if name not in volatile} == {
        name: group[name] for name in group if name not in volatile
    }


def test_groups_are_counted_by_every_facet_of_theirs() -> None:
    group = made.group(**WHOLE)
    made.group()
    names = {
        "group_type": {"association": 1, "neighbourhood_group": 1},
        "legal_status": {"registered": 1, "unregistered": 1},
        "vocab_target_groups": {"general_public": 1, "youth": 1},
        "vocab_services_offered": {"clean_up": 1},
        "vocab_activity_field": {"environment": 1, "public_space": 1},
        "vocab_sdg": {"11": 1, "14": 1},
        "vocab_nuts_region": {"EL632": 1},
        "area_of_action": {"municipality": 1, "neighbourhood": 1},
        "joining_mode": {"open": 1},
        "certified": {"valid": 1},
        "good_practice": {"true": 1},
        "verification": {"from_public_register": 1, "self_declared": 1},
    }
    fq = {"fq": "dataset_type:citizen_group"}
    assert {name: facet(name, **fq) for name in names} == names
    answer = samples.act("package_search", fq="good_practice:true", **{"facet.field": ["good_practice"]})
    assert [one["id"] for one in answer["results"]] == [group["id"]]
    assert answer["search_facets"]["good_practice"]["items"][0]["display_name"] == "Ναι"


@pytest.mark.parametrize("asked", ["καθαρες ακτες", "ΕΘΑΚ", "οδηγοί", "Coast"])
def test_a_group_is_found_by_its_purpose_its_other_names_and_its_needs(asked: str) -> None:
    group = made.group(**WHOLE)
    made.group()
    found = samples.act("package_search", q=asked)["results"]
    assert [one["id"] for one in found] == [group["id"]]


def test_row_003_a_group_shows_the_initiatives_it_runs(app: Any) -> None:
    group = made.group()
    made.initiative(run_by=[group["name"]], title_translated={"el": "Φυτεύουμε την πλατεία"})
    answer = app.get(f"/api/3/action/package_show?id={group['id']}").json["result"]
    assert [one["title"] for one in answer["linked_from"]["run_by"]] == ["Φυτεύουμε την πλατεία"]


def test_row_004_how_to_join_and_what_help_is_needed_is_said() -> None:
    group = made.group(
        joining_mode="by_application",
        join_url="https://omada.example",
        volunteer_needs_translated={"el": "Α"},
    )
    assert (group["joining_mode"], group["join_url"]) == ("by_application", "https://omada.example")


def test_row_005_a_group_names_the_city_unit_that_works_with_it() -> None:
    group = made.group(responsible_unit="Τμήμα Νεολαίας", responsible_unit_uid="81234")
    assert (group["responsible_unit"], group["responsible_unit_uid"]) == ("Τμήμα Νεολαίας", "81234")
    assert refused(responsible_unit_uid="x1")["responsible_unit_uid"]


def test_row_008_a_group_lists_the_services_it_offers() -> None:
    assert made.group(services_offered=["food", "tutoring"])["services_offered"] == ["food", "tutoring"]


def test_row_046_whom_a_group_is_for_is_a_facet() -> None:
    made.group(target_groups=["digitally_excluded", "older_people"])
    found = facet("vocab_target_groups", fq="dataset_type:citizen_group")
    assert found == {"digitally_excluded": 1, "older_people": 1}


def test_row_049_a_local_action_group_meets_through_an_initiative_with_events() -> None:
    group = made.group(group_type="local_action_group", title_translated={"el": "Τοπική Ομάδα Δράσης"})
    meetings = made.initiative(
        run_by=[group["id"]], events=[{"title": "Συνεδρίαση", "start": "20/11/2023 18:00"}]
    )
    assert (group["group_type"], meetings["run_by"]) == ("local_action_group", [group["id"]])
    assert meetings["events"][0]["start"] == "2023-11-20T18:00"


def test_row_050_organisations_are_members_of_a_group_and_never_of_themselves() -> None:
    network = made.group(group_type="local_action_group")
    member = made.group(member_of=[network["name"]])
    assert member["member_of"] == [network["id"]]
    fields = samples.act("package_show", id=network["id"])
    assert samples.refusal("package_update", **fields | {"member_of": [member["id"]]})["member_of"]
    assert samples.refusal("package_update", **fields | {"member_of": [network["id"]]})["member_of"]
    other = made.initiative()
    assert refused(member_of=[other["id"]])["member_of"]


def test_row_077_a_certification_says_who_gave_it_and_until_when() -> None:
    given = {"scheme": "Παροχή κοινωνικού έργου", "certifier": "Υπουργείο", "number": "Α-12"}
    old, new = {**given, "valid_until": "31/12/2020"}, {**given, "valid_until": "31/12/2099"}
    assert made.group(certifications=[old])["certified"] == "expired"
    assert made.group(certifications=[old, new])["certification_states"] == ["expired", "valid"]
    assert facet("certified") == {"expired": 1, "valid": 1}
    backwards = {**given, "valid_from": "2026-02-01", "valid_until": "2026-01-31"}
    assert refused(certifications=[backwards])["certifications"] == [
        {"valid_until": ["The certification ends before it begins: check the two dates"]}
    ]


@pytest.mark.parametrize("kind", ["movement", "informal_group", "network"])
def test_row_078_a_movement_needs_no_legal_identifier(kind: str) -> None:
    group = made.group(group_type=kind, legal_status="unregistered")
    assert "identifiers" not in group


def test_row_104_networks_and_twinnings_are_groups_of_their_own_kind() -> None:
    network = made.group(
        group_type="network", founding_year="1998", area_of_action="international", legal_status="foreign"
    )
    assert (network["group_type"], network["founding_year"]) == ("network", 1998)


def test_a_registered_group_gives_a_number_of_a_register() -> None:
    message = (
        "A registered group needs at least one identifier: add its number in a register, or choose “No "
        "legal personality”"
    )
    assert refused(legal_status="registered") == {"identifiers": [message]}


@pytest.mark.parametrize(
    ("scheme", "value", "message"),
    [
        ("AFM", "090000046", "'090000046' is not the tax number of a legal person"),
        ("AFM", "12345", "'12345' is not a tax number"),
        ("GEMI", "12", "'12' is not a GEMI number"),
        ("DIAVGEIA_UID", "Ω1", "'Ω1' is not a Diavgeia uid"),
        ("ROR", "017wvtq81", "'017wvtq81' is not a ROR"),
        ("WIKIDATA", "184309", "'184309' is not a Wikidata number"),
        ("OTHER", "01019012345", "'01019012345' looks like a person's number"),
        ("COURT_REGISTER", "<script>", "'<script>' has no digit"),
        ("PASSPORT", "1", "'PASSPORT' is not one of AFM,"),
    ],
)
def test_a_wrong_identifier_is_refused_by_its_register(scheme: str, value: str, message: str) -> None:
    found = refused(legal_status="registered", identifiers=[{"scheme": scheme, "value": value}])
    (errors,) = found["identifiers"]
    assert next(iter(errors.values()))[0].startswith(message), errors


def test_a_group_without_legal_personality_publishes_no_tax_number() -> None:
    found = refused(identifiers=[{"scheme": "AFM", "value": "090000045"}])
    assert "never published" in found["identifiers"][0]["value"][0]


def test_a_party_is_refused_in_greek_with_what_to_do() -> None:
    with force_locale("el"):
        try:
            samples.act("package_create", **made.group_fields(body_character="political"))
        except tk.ValidationError as error:
            message = error.error_dict["body_character"][0]
    assert "δεν καταχωρίζονται" in message
    assert "διαλέξτε «Πολιτών»" in message
    assert made.group(body_character="religious")["body_character"] == "religious"


def test_no_field_of_a_group_or_an_initiative_asks_for_a_person() -> None:
    words = ("person", "surname", "president", "representative", "amka", "birth", "born")
    for name in ("citizen_group", "initiative"):
        fields = record_type(name)["dataset_fields"]
        names = [field["field_name"] for field in fields]
        names += [inner["field_name"] for field in fields for inner in field.get("repeating_subfields", ())]
        assert [one for one in names if any(word in one for word in words)] == []


def test_a_home_is_no_premises() -> None:
    home = {"address": "Μαιζώνος 1", "private_home": "yes"}
    assert refused(premises=[home])["premises"] == [
        {"private_home": ["A person's home is not published: delete this address, or give a public place"]}
    ]
    assert refused(premises=[{"address": "Μαιζώνος 1", "lat": "38"}])["premises"][0]["lon"]


def test_years_are_years_in_their_order() -> None:
    assert refused(founding_year="2012-05-01")["founding_year"]
    assert refused(founding_year="3012")["founding_year"]
    found = refused(founding_year="2012", dissolution_year="2011")
    assert set(found) == {"dissolution_year", "group_status"}
    group = made.group(founding_year="2011", dissolution_year="2012", group_status="dissolved")
    assert (group["founding_year"], group["dissolution_year"]) == (2011, 2012)
    names = [field["field_name"] for field in record_type("citizen_group")["dataset_fields"]]
    assert not [name for name in names if name.endswith("_date") and "year" in name]


def test_row_020_a_region_that_does_not_hold_patras_is_refused_and_named() -> None:
    found = refused(nuts_region=["EL65"])
    (message,) = found["nuts_region"]
    assert all(word in message for word in ("(EL65)", "they lie in", "(EL632)", "Choose that region"))
    assert refused(nuts_region=["Πελοπόννησος"])["nuts_region"][0].startswith("'Πελοπόννησος' is not one of")
    for right in (["EL632"], ["EL63"], ["EL6"], ["EL63", "EL632"]):
        assert made.group(nuts_region=right)["nuts_region"] == right
    assert made.group(nuts_region=["EL65"], municipal_unit=["3701", "outside"])["nuts_region"] == ["EL65"]
    assert refused(nuts_region=["EL65"], municipal_unit=["370105"])["nuts_region"]


def test_a_good_practice_says_why() -> None:
    assert list(refused(good_practice="yes")) == ["good_practice_reason_translated-el"]


def test_somebody_answers_for_a_record() -> None:
    silent = samples.publisher(contact_email="")
    assert list(refused(owner_org=silent["id"])) == ["contact_email"]
    assert made.group(owner_org=silent["id"], contact_email="grafeio@patras.example")["contact_email"]


def test_a_check_is_not_of_tomorrow() -> None:
    assert refused(last_verified_date="2099-01-01")["last_verified_date"]


@pytest.mark.parametrize(
    "given",
    [
        {"identifiers": [{"scheme": {"a": 1}, "value": ["b"]}]},
        {"certifications": [{"scheme": "α", "valid_until": "<script>"}]},
        {"premises": [{"address": "α" * 301}]},
        {"social": [{"platform": "other", "url": "javascript:alert(1)"}]},
        {"mission_translated": {"el": "α" * 2001}},
        {"member_of": ["../../etc/passwd"]},
        {"founding_year": {"$gt": 0}},
        {"group_type": "<b>association</b>"},
    ],
)
def test_hostile_values_are_refused_and_break_nothing(given: dict[str, Any]) -> None:
    assert refused(**given)
    assert samples.act("package_search")["count"] == 0


def test_markup_in_a_text_is_shown_as_text(app: Any) -> None:
    group = made.group(alt_names=[{"name": "<script>alert(1)</script>", "kind": "abbr"}])
    assert "<script>alert(1)</script>" not in app.get(f"/citizen_group/{group['name']}").text


def test_twenty_thousand_greek_letters_are_saved_and_found() -> None:
    text = "Δράση για τις ακτές. " * 952 + "ξεχωριστόλέξημα"
    assert len(text) > 20_000
    made.group(notes_translated={"el": text})
    made.initiative(expected_outcome_translated={"el": text.replace("ξεχωριστόλέξημα", "άλλολέξημα")})
    assert samples.act("package_search", q="ξεχωριστολεξημα")["count"] == 1
    assert samples.act("package_search", q="αλλολεξημα")["count"] == 1


def test_what_the_catalogue_works_out_cannot_be_typed() -> None:
    group = made.group(certified="valid", contact_state="shown", reminders=["verification_due"])
    assert ("certified" in group, group["contact_state"], "reminders" in group) == (False, "none", False)
    assert json.loads(json.dumps(group)) == group
