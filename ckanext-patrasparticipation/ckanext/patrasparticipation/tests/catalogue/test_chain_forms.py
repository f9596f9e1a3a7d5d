"""The forms of consultations, works projects and indicators, as an editor of a publisher sends them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from . import chain_samples, samples
from .chain_samples import at, create, show

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

SHARED = {"notes_translated-el": "Δοκιμαστική εγγραφή.", "activity_field": "public_space"}
CONSULTATION = {
    **SHARED,
    "title_translated-el": "Αλλαγή του λογοτύπου του δήμου",
    "theme": "GOVE",
    "lead_unit": "Γραφείο Δημοτικού Συμβουλίου",
    "consultation_type": "poll",
    "audience": "residents",
    "platform": "oke_edialogue",
    "platform_url": "https://e-dialogue.example/logotypo",
    "open_date": "02/03/2026",
    "close_date": "06/03/2026",
    "close_time": "14:00",
    "votes": "1.250",
    "electorate": "5.000",
    "options-0-label": "Λογότυπο Α",
    "options-0-votes": "1.000",
    "options-1-label": "Λογότυπο Β",
    "options-1-votes": "250",
    "report_date": "20/03/2026",
    "outcome_result": "adopted",
    "outcome_summary_translated-el": "Υιοθετήθηκε το πρώτο λογότυπο.",
    "decisions-0-ada": "Ψ6Δ1ΩHK-HKΞ",
    "decisions-0-issue_date": "13/05/2026",
    "decisions-0-body": "municipal_council",
}
WORKS_PROJECT = {
    **SHARED,
    "title_translated-el": "Μητροπολιτικό δίκτυο",
    "theme": "TRAN",
    "project_type": "construction",
    "project_status": "implementation",
    "sector": "telecom",
    "responsible_unit": "Διεύθυνση Έργων",
    "budget_approved": "6.000.000,50 €",
    "physical_progress": "12,345",
    "planned_end_date": "31/01/2026",
    "contracting-0-adam": "26SYMV019601876",
    "contracting-0-amount": "5.525,00 €",
    "contracting-0-cpv": "45233000-9",
}
INDICATOR = {
    **SHARED,
    "title_translated-el": "Εγγεγραμμένοι ψηφοφόροι",
    "theme": "GOVE",
    "indicator_scheme": "ISO37120_2018",
    "indicator_code": "10.3",
    "unit": "percent",
    "per": "hundred",
    "direction": "up_is_better",
    "numerator": "Εγγεγραμμένοι",
    "denominator": "Πληθυσμός με δικαίωμα ψήφου",
    "method_translated-el": "Από τους εκλογικούς καταλόγους.",
    "frequency": "ANNUAL",
    "target-0-period": "2030",
    "target-0-value": "95,125",
}


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor's headers, and the publisher whose records he enters."""
    person = factories.UserWithToken()
    owner = samples.publisher(users=[{"name": person["name"], "capacity": "editor"}])
    return {"headers": {"Authorization": person["token"]}, "owner": owner["id"]}


def page(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200, answer.body[:2000]
    return BeautifulSoup(answer.body, "html.parser")


def given(form: Any) -> dict[str, Any]:
    """What a browser sends of a form: what is typed, the ticked boxes, the chosen options."""
    sent: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.find_parent("template"):
            continue
        if control.name == "select":
            values = [one["value"] for one in control.select("option[selected]")]
        elif control.name == "textarea":
            values = [control.text.removeprefix("\n")]
        elif control.get("type") in ("checkbox", "radio"):
            values = [control.get("value", "on")] if control.has_attr("checked") else []
        elif control.get("type") in ("file", "submit", "button"):
            values = []
        else:
            values = [control.get("value", "")]
        if values:
            sent.setdefault(control["name"], []).extend(values)
    return sent


def send(app: Any, editor: dict[str, Any], record_type: str, wanted: dict[str, str]) -> Any:
    form = page(app.get(f"/{record_type}/new", headers=editor["headers"])).select_one("form#dataset-edit")
    sent = {**given(form), **wanted, "owner_org": editor["owner"], "private": "False", "save": ""}
    return app.post(f"/{record_type}/new", headers=editor["headers"], data=sent, follow_redirects=False)


def errors(answer: Any) -> list[str]:
    return [one.text.strip() for one in page(answer).select(".error-explanation li")]


@pytest.mark.parametrize(
    ("record_type", "wanted", "expected"),
    [
        (
            "consultation",
            CONSULTATION,
            {
                "votes": 1250,
                "turnout": 25,
                "duration_days": 5,
                "close_time": "14:00",
                "consultation_status": "decided",
                "reminders": ["consultation_short"],
            },
        ),
        (
            "works_project",
            WORKS_PROJECT,
            {"budget_approved": 6000000.5, "physical_progress": 12.345, "cpv_division": ["45"]},
        ),
        (
            "indicator",
            INDICATOR,
            {"indicator_theme": "ISO37120_2018.10", "target": [{"period": "2030", "value": 95.125}]},
        ),
    ],
)
def test_an_editor_enters_a_record_and_saving_its_form_again_changes_nothing(
    app: Any, editor: dict[str, Any], record_type: str, wanted: dict[str, str], expected: dict[str, Any]
) -> None:
    answer = send(app, editor, record_type, wanted)
    assert answer.status_code == 302, errors(answer)
    (found,) = samples.act("package_search", fq=f"dataset_type:{record_type}", include_drafts=True)["results"]
    made = show(found["id"])
    assert {name: made.get(name) for name in expected} == expected
    form = page(app.get(f"/{record_type}/edit/{made['name']}", headers=editor["headers"]))
    sent = {**given(form.select_one("form#dataset-edit")), "save": ""}
    again = app.post(
        f"/{record_type}/edit/{made['name']}", headers=editor["headers"], data=sent, follow_redirects=False
    )
    assert again.status_code == 302, errors(again)
    after = show(made["id"])
    assert {**after, "metadata_modified": None} == {**made, "metadata_modified": None}
    shown = page(app.get(f"/{record_type}/{made['name']}"))
    assert shown.select_one("h1").text.strip() == wanted["title_translated-el"]


def test_each_error_of_two_fields_stands_at_one_of_them(app: Any, editor: dict[str, Any]) -> None:
    wrong = {**CONSULTATION, "report_date": "01/03/2026", "votes": "1.251"}
    shown = page(send(app, editor, "consultation", wrong))
    for field in ("report_date", "votes"):
        assert shown.select_one(f"#field-{field}-error"), field
    shown = page(send(app, editor, "consultation", {**CONSULTATION, "outcome_result": ""}))
    assert shown.select_one("#field-outcome_result-error")


def test_who_is_no_editor_sees_no_form(app: Any) -> None:
    stranger = factories.UserWithToken()
    for record_type in ("consultation", "works_project", "indicator"):
        answer = app.get(f"/{record_type}/new", headers={"Authorization": stranger["token"]})
        assert answer.status_code == 403


def test_every_field_is_shown_in_words_and_no_id_unit_code_or_hidden_record(
    app: Any, monkeypatch: Any
) -> None:
    at(monkeypatch, "2026-06-01T12:00")
    secret = create(chain_samples.WORKS_PROJECT, private=True, title_translated={"el": "Απόρρητο έργο"})
    open_one = create(chain_samples.WORKS_PROJECT, planned_end_date="2026-05-30", physical_progress=0)
    partner = samples.publisher(title="ΔΕΥΑΠ")
    made = create(
        chain_samples.CONSULTATION,
        leads_to_works=[open_one["id"], secret["id"]],
        co_organisers=[partner["id"]],
        electorate=40,
        comments=0,
        binding=False,
    )
    table = page(app.get(f"/consultation/{made['name']}")).select_one("table.participation-info")
    said = {row.th.text.strip(): " ".join(row.td.text.split()) for row in table.select("tr")}
    assert said["Οδήγησε σε έργα"] == "Ανακατασκευή πεζοδρομίων"
    assert said["Συνδιοργανωτές"] == "ΔΕΥΑΠ"
    assert said["Διάρκεια"] == "31 ημέρες"
    assert said["Έτος έναρξης"] == "2026"
    assert said["Όσοι μπορούσαν να ψηφίσουν"] == "40 άτομα"
    assert (said["Σχόλια"], said["Δεσμευτικό αποτέλεσμα"]) == ("0", "Όχι")
    assert "Υπενθυμίσεις" not in said
    table = page(app.get(f"/works_project/{open_one['name']}")).select_one("table.participation-info")
    said = {row.th.text.strip(): " ".join(row.td.text.split()) for row in table.select("tr")}
    assert (said["Καθυστέρηση"], said["Φυσική πρόοδος"]) == ("2 ημέρες", "0 %")
