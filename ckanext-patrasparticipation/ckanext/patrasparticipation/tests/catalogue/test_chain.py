"""The chain and what came of a consultation, asked of the catalogue from every record that stands in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.chain_samples import (
    CONSULTATION,
    INDICATOR,
    OUTCOME,
    WORKS_PROJECT,
    at,
    create,
)
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of
from ckanext.patrasparticipation.tests.catalogue.participation_samples import group, initiative

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

ADA, ADAM = "Ψ6Δ1ΩΗΚ-ΗΚΞ", "26SYMV015123456"
DECIDED = {
    **OUTCOME,
    "report_date": "2026-04-10",
    "decisions": [{"ada": ADA, "body": ["municipal_council"], "issue_date": "2026-04-20"}],
}


def ask(app: Any, action: str, name: str, status: int = 200, user: Any = None) -> Any:
    headers = token_of(user) if user else {}
    answer = app.get(f"/api/3/action/{action}?id={name}", headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json["result"] if status == 200 else answer.json["error"]


def steps(app: Any, name: str, user: Any = None) -> dict[str, Any]:
    found = ask(app, "participation_chain", name, user=user)["steps"]
    assert [each["kind"] for each in found] == ["asked", "decided", "contracted", "built", "measured"]
    return {each["kind"]: each for each in found}


@pytest.fixture
def built() -> Any:
    """A consultation that was decided, contracted, built and measured, and an initiative that answers it."""
    owner = samples.publisher()["id"]
    shared = {"owner_org": owner}
    indicator = create(INDICATOR, **shared)
    consultation = create(CONSULTATION, **shared, **DECIDED)
    effect = {"indicator": indicator["name"], "value": "4,1", "as_of": "2026-09-01", "method": "Μέτρηση"}
    works = create(
        WORKS_PROJECT,
        **shared,
        from_consultation=[consultation["name"]],
        origin="citizen_proposal",
        actual_start_date="2026-06-01",
        contracting=[{"adam": ADAM, "signed_date": "2026-05-20"}],
        impact=[effect],
    )
    answer = initiative(**shared, answers_consultation=[consultation["name"]])
    return SimpleNamespace(
        owner=owner, consultation=consultation, works=works, indicator=indicator, initiative=answer
    )


def test_the_chain_is_the_same_from_every_record_in_it(app, built):
    whole = ask(app, "participation_chain", built.consultation["id"])
    assert whole["consultation"] == {
        "id": built.consultation["id"],
        "name": built.consultation["name"],
        "title": "Ανάπλαση πλατείας",
    }
    for record in (built.works, built.indicator, built.initiative):
        assert ask(app, "participation_chain", record["name"]) == whole, record["type"]
    found = steps(app, built.works["name"])
    assert not any(step["gap"] for step in found.values())
    assert found["decided"]["items"][0]["reference"] == ADA
    assert found["decided"]["items"][0]["url"].startswith("https://diavgeia.gov.gr/doc/")
    assert found["contracted"]["items"][0]["reference"] == ADAM
    assert found["built"]["items"][0]["id"] == built.works["id"]
    assert found["measured"]["items"][0] == {
        "id": built.indicator["id"],
        "name": built.indicator["name"],
        "type": "indicator",
        "title": "Διαβουλεύσεις ανά έτος",
        "date": "2026-09-01",
        "url": f"/indicator/{built.indicator['name']}",
    }


def test_a_gap_grows_by_the_clock(app, monkeypatch):
    made = create(CONSULTATION)
    at(monkeypatch, "2026-03-20T12:00")
    assert steps(app, made["name"])["decided"]["gap"] == {"since": None, "days": None}, "it is still open"
    at(monkeypatch, "2026-10-31T00:30")
    gap = {"since": "2026-03-31", "days": 214}
    assert all(step["gap"] == gap for kind, step in steps(app, made["name"]).items() if kind != "asked")


def test_what_is_hidden_is_a_gap_to_strangers(app, built):
    samples.act("package_patch", id=built.works["id"], private=True)
    found = steps(app, built.consultation["id"])
    for kind in ("contracted", "built", "measured"):
        assert found[kind]["gap"]["since"] == "2026-04-20", kind
    assert ask(app, "participation_outcome_summary", built.consultation["id"])["works"] == []
    mine = steps(app, built.consultation["id"], factories.Sysadmin())
    assert mine["built"]["items"][0]["id"] == built.works["id"]


def test_a_chain_without_its_beginning(app, built):
    samples.act("package_patch", id=built.consultation["id"], private=True)
    answer = ask(app, "participation_chain", built.works["id"])
    assert answer["consultation"] is None
    found = steps(app, built.works["id"])
    assert found["asked"]["gap"] == found["decided"]["gap"] == {"since": None, "days": None}
    assert found["built"]["items"][0]["id"] == built.works["id"]
    assert steps(app, built.indicator["id"])["measured"]["items"][0]["id"] == built.indicator["id"]
    assert built.consultation["id"] not in str(answer)


@pytest.mark.parametrize(
    "action", ["participation_chain", "participation_outcome_summary", "participation_influence"]
)
def test_strangers_learn_nothing_of_what_is_private(app, action):
    hidden = create(CONSULTATION, private=True)
    there = ask(app, action, hidden["name"], 404)
    assert there == ask(app, action, "nowhere", 404)
    assert ask(app, action, "<script>", 404) == there
    wrong = "consultation" if action == "participation_influence" else "dataset"
    made = create(CONSULTATION) if wrong == "consultation" else samples.dataset()
    assert ask(app, action, made["name"], 409)["id"]


def test_row_027_a_consultation_is_about_works_and_initiatives_and_they_say_so(app, built):
    asked = create(
        CONSULTATION,
        owner_org=built.owner,
        about_works=[built.works["name"]],
        about_initiative=[built.initiative["name"]],
        contributions=120,
    )
    for record, field in ((built.works, "about_works"), (built.initiative, "about_initiative")):
        listed = ask(app, "package_show", record["name"])["linked_from"][field]
        assert [one["id"] for one in listed] == [asked["id"]]
    assert ask(app, "participation_outcome_summary", asked["name"])["counts"]["contributions"] == 120


def test_row_028_from_what_people_proposed_to_the_works_that_came_of_it(app, built):
    samples.act("package_patch", id=built.consultation["id"], proposals=8, supports=310,
                proposals_accepted=3, proposals_partly=1, proposals_rejected=2, proposals_unanswered=2,
                leads_to_works=[built.works["id"]])  # fmt: skip
    told = ask(app, "participation_outcome_summary", built.consultation["name"])
    assert told["proposals"] == {
        "total": 8, "accepted": 3, "partly_accepted": 1, "rejected": 2, "unanswered": 2,
    }  # fmt: skip
    assert [(one["id"], one["status"]) for one in told["works"]] == [(built.works["id"], "implementation")]
    assert told["durations"] == {
        "open": 31, "to_report": 10, "to_response": None, "to_decision": 20, "to_works_start": 62,
    }  # fmt: skip
    assert len(steps(app, built.consultation["id"])["built"]["items"]) == 1, (
        "named from both sides, told once"
    )


def test_row_092_works_keep_that_citizens_proposed_them(app, built):
    samples.act("package_patch", id=built.consultation["id"], proposals=8, supports=310)
    assert ask(app, "package_show", built.works["id"])["origin"] == "citizen_proposal"
    told = ask(app, "participation_outcome_summary", built.consultation["name"])
    assert (told["counts"]["supports"], told["counts"]["visits"]) == (310, None)
    assert steps(app, built.works["id"])["asked"]["items"][0]["id"] == built.consultation["id"]


def test_row_005_a_group_names_the_unit_it_works_with_and_is_kept_by_its_publishers_editors(app):
    user = factories.User()
    owner = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])
    made = group(owner_org=owner["id"], responsible_unit="Διεύθυνση Περιβάλλοντος")
    initiative(owner_org=owner["id"], run_by=[made["id"]])
    shown = ask(app, "package_show", made["name"])
    assert shown["responsible_unit"] == "Διεύθυνση Περιβάλλοντος"
    assert len(shown["linked_from"]["run_by"]) == 1
    sent = {"id": made["id"], "responsible_unit": "Διεύθυνση Πρασίνου"}
    for who, status in ((user, 200), (factories.User(), 403)):
        answer = app.post("/api/3/action/package_patch", json=sent, headers=token_of(who))
        assert answer.status_code == status


def test_row_021_influence_is_counted_from_what_names_a_group_or_its_initiatives(app, built):
    made = group(owner_org=built.owner)
    nothing = {"initiatives": 0, "consultations": 0, "decisions": 0, "works": 0}
    assert ask(app, "participation_influence", made["name"]) == nothing
    run = initiative(owner_org=built.owner, run_by=[made["id"]])
    create(CONSULTATION, owner_org=built.owner, about_initiative=[run["id"]], **DECIDED)
    create(CONSULTATION, owner_org=built.owner, related_dataset=[made["id"], run["id"]])
    create(CONSULTATION, owner_org=built.owner, related_dataset=[made["id"]], private=True)
    create(WORKS_PROJECT, owner_org=built.owner, from_initiative=[run["id"]])
    counted = {"initiatives": 1, "consultations": 2, "decisions": 1, "works": 1}
    assert ask(app, "participation_influence", made["name"]) == counted
    assert ask(app, "participation_influence", run["name"]) == {**counted, "consultations": 2}


def test_the_page_says_what_is_missing_and_for_how_long(app, monkeypatch):
    made = create(CONSULTATION)
    at(monkeypatch, "2026-10-31T12:00")
    for start, words in (
        (
            "",
            (
                "Από την ερώτηση στο αποτέλεσμα",
                "δεν έχει δημοσιευθεί απόφαση",
                "214 ημέρες",
                "31 Μαρτίου 2026",
            ),
        ),
        ("/en", ("From the question to the result", "no decision published", "214 days", "31 March 2026")),
    ):
        page = BeautifulSoup(app.get(f"{start}/consultation/{made['name']}").text, "html.parser")
        chain = page.select_one("section:has(> ol.chain)")
        told = " ".join(chain.get_text(" ").split())
        assert all(word in told for word in words), told
        assert page.select_one(f"#{chain['aria-labelledby']}").name == "h2"
        assert len(chain.select("ol.chain > li")) == 5


def test_a_title_is_text_on_the_page(app):
    made = create(CONSULTATION, title_translated={"el": "<script>alert(1)</script> & πλατεία"})
    page = app.get(f"/consultation/{made['name']}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; πλατεία" in page
