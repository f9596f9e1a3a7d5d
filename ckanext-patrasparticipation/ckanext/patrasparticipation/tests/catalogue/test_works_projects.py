"""Works projects through the API: money as Greeks write it, delay that is computed, no person named."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.patrasparticipation.records.computed import works_project

from . import samples
from .chain_samples import CONSULTATION, WORKS_PROJECT, at, create, errors, show

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

COMPANY = "090000045"  # the number of a legal person: its check digit is right
PERSON = "123456783"  # sound too, but people's begin with 1 to 6
CONTRACT = {
    "adam": "26SYMV019601876",
    "cpv": "45233000-9",
    "procedure": "open",
    "legal_person": True,
    "supplier": "Έργα Αχαΐας Α.Ε.",
    "amount": "1.250.000,00 €",
    "signed_date": "13/11/2025",
}


def facets(*names: str) -> dict[str, dict[str, int]]:
    answer = samples.act("package_search", fq="dataset_type:works_project", **{"facet.field": list(names)})
    found = answer["search_facets"].items()
    return {name: {item["name"]: item["count"] for item in facet["items"]} for name, facet in found}


def test_row_090_a_project_says_its_money_progress_dates_and_delay(monkeypatch):
    at(monkeypatch, "2026-03-20T12:00")
    made = create(
        WORKS_PROJECT,
        budget_approved="6.000.000,00 €",
        contract_value=5_500_000.5,
        amount_paid="1.234.567,89",
        physical_progress="35,5",
        financial_progress=20,
        planned_start_date="2025-01-10",
        planned_end_date="2026-01-31",
        actual_start_date="10/2/2025",
        funding=[{"programme": "RRF", "amount_total": "6.000.000", "estimated": True}],
        contracting=[CONTRACT],
    )
    assert (made["budget_approved"], made["contract_value"]) == (6_000_000, 5_500_000.5)
    assert (made["amount_paid"], made["physical_progress"]) == (1_234_567.89, 35.5)
    assert (made["delay_days"], made["is_delayed"], made["start_year"]) == (48, True, 2025)
    assert made["contracting"][0]["amount"] == 1_250_000
    assert made["contracting"][0]["signed_date"] == "2025-11-13"
    assert facets("is_delayed", "vocab_funding_programme", "vocab_cpv_division", "start_year") == {
        "is_delayed": {"true": 1},
        "vocab_funding_programme": {"RRF": 1},
        "vocab_cpv_division": {"45": 1},
        "start_year": {"2025": 1},
    }


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"planned_end_date": "2026-01-31"}, 48),
        ({"planned_end_date": "2026-03-20"}, 0),
        ({"planned_end_date": "2027-01-01"}, 0),
        ({"planned_end_date": "2026-01-31", "actual_end_date": "2026-02-10"}, 10),
        ({"planned_end_date": "2026-01-31", "actual_end_date": "2026-01-21"}, -10),
        ({"planned_end_date": "2026-01-31", "project_status": "cancelled"}, None),
        ({"planned_end_date": "2026-01-31", "project_status": "completed"}, None),
        ({"planned_end_date": "2026-01-31", "project_status": "suspended"}, 48),
        ({}, None),
    ],
)
def test_the_delay_is_counted_from_the_planned_end(record, expected):
    assert works_project.delay_days(record, date(2026, 3, 20)) == expected


def test_row_092_it_keeps_that_citizens_proposed_it_and_which_consultation_it_came_of():
    asked = create(CONSULTATION)
    made = create(WORKS_PROJECT, origin="citizen_proposal", from_consultation=[asked["name"]])
    assert (made["origin"], made["from_consultation"]) == ("citizen_proposal", [asked["id"]])
    assert facets("origin") == {"origin": {"citizen_proposal": 1}}


def test_row_093_works_of_a_neighbourhood_are_found_by_unit():
    rio = {"municipal_unit": ["370105"], "community": ["37010501"]}
    point = {"type": "Point", "coordinates": [21.78, 38.30]}
    made = create(WORKS_PROJECT, **rio, spatial=point)
    create(WORKS_PROJECT, municipal_unit=["370101"])
    answer = samples.act("package_search", fq="dataset_type:works_project AND vocab_municipal_unit:370105")
    assert [one["id"] for one in answer["results"]] == [made["id"]]
    assert errors(WORKS_PROJECT, municipal_unit=["370101"], community=["37010501"])["community"]


def test_row_119_stages_before_the_building_site_have_their_milestones():
    milestones = [
        {"title": "Οριστική μελέτη", "due": "2026-05-01", "done": "2026-05-20", "status": "done"},
        {"title": "Δημοπράτηση", "due": "2026-09-01", "status": "planned"},
    ]
    made = create(WORKS_PROJECT, project_status="preparation", milestones=milestones)
    assert made["milestones"] == milestones
    assert facets("project_status") == {"project_status": {"preparation": 1}}
    refused = errors(WORKS_PROJECT, milestones=[{"due": "2026-05-01"}])
    assert refused["milestones"][0]["title"] == ["Missing value"]


def test_a_completed_project_is_done_and_has_its_end(monkeypatch):
    at(monkeypatch, "2026-03-20T12:00")
    done = {"project_status": "completed", "actual_end_date": "2026-03-01"}
    assert create(WORKS_PROJECT, **done)["physical_progress"] == 100
    assert create(WORKS_PROJECT, **done, physical_progress="100,0")["physical_progress"] == 100
    assert errors(WORKS_PROJECT, **done, physical_progress=90) == {
        "physical_progress": ["The project is completed: its physical progress is 100"]
    }
    assert errors(WORKS_PROJECT, project_status="completed") == {
        "actual_end_date": ["The project is completed: give the day on which it ended"]
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"planned_start_date": "2026-02-01", "planned_end_date": "2026-01-01"}, "planned_end_date"),
        ({"actual_start_date": "2026-02-01", "actual_end_date": "2026-01-01"}, "actual_end_date"),
        ({"actual_start_date": "2026-03-21"}, "actual_start_date"),
        ({"physical_progress": 101}, "physical_progress"),
        ({"financial_progress": "-1"}, "financial_progress"),
        ({"amount_paid": "πολλά"}, "amount_paid"),
        ({"budget_approved": -5}, "budget_approved"),
        ({"sector": []}, "sector"),
        ({"project_status": "<script>"}, "project_status"),
        ({"funding": [{"programme": "RRF", "amount_total": 5, "amount_grant": 6}]}, "funding"),
        ({"project_code": [{"scheme": "MIS_OPS", "value": "123"}]}, "project_code"),
        ({"contracting": [{"adam": "24XXXX015123456"}]}, "contracting"),
        ({"contracting": [{"ada": "ABC-1"}]}, "contracting"),
        ({"contracting": [{"cpv": "99999999-9"}]}, "contracting"),
        ({"contracting": [{"cpv": "road"}]}, "contracting"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(given, field, monkeypatch):
    at(monkeypatch, "2026-03-20T12:00")
    assert list(errors(WORKS_PROJECT, **given)) == [field]


@pytest.mark.parametrize(
    ("supplier", "field"),
    [
        ({"supplier": "Παπαδοπούλου Μαρία"}, "supplier"),
        ({"supplier": "Παπαδοπούλου Μαρία", "legal_person": False}, "supplier"),
        ({"supplier": "ΠΑΠΑΔΟΠΟΥΛΟΥ,,ΜΑΡΙΑ,ΓΕΩΡΓΙΟΣ", "legal_person": True}, "supplier"),
        ({"supplier_afm": COMPANY}, "supplier_afm"),
        ({"supplier_afm": PERSON, "legal_person": True}, "supplier_afm"),
    ],
)
def test_only_a_legal_person_is_named_as_supplier(supplier, field):
    refused = errors(WORKS_PROJECT, contracting=[{"adam": "26SYMV019601876", **supplier}])
    assert list(refused["contracting"][0]) == [field]


def test_a_legal_person_is_named_with_its_number():
    made = create(WORKS_PROJECT, contracting=[{**CONTRACT, "supplier_afm": COMPANY}])
    assert made["contracting"][0]["supplier_afm"] == COMPANY


def test_more_paid_than_contracted_is_a_reminder_and_no_refusal():
    made = create(WORKS_PROJECT, contract_value="100.000", amount_paid="100.000,01")
    assert {"paid_over_contract", "planned_end_missing"} <= set(made["reminders"])
    assert "paid_over_contract" not in create(WORKS_PROJECT, contract_value=5, amount_paid=5)["reminders"]


def test_what_is_shown_can_be_sent_back_and_changes_nothing():
    before = create(
        WORKS_PROJECT,
        contracting=[CONTRACT],
        amount_paid="0,00",
        physical_progress=0,
        sector=["transport", "public_space"],
        project_code=[{"scheme": "MIS_OPS", "value": "5001234"}],
        funding=[{"programme": "RRF", "amount_total": "1.000,5"}],
    )
    assert (before["amount_paid"], before["physical_progress"]) == (0, 0)
    samples.act("package_update", **before)
    assert {**show(before["id"]), "metadata_modified": None} == {**before, "metadata_modified": None}
