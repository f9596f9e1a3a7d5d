"""The five steps of a chain from values alone: what there is, what is missing, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ckanext.patrasparticipation.records import chain, outcome

pytestmark = pytest.mark.usefixtures("with_plugins")

TODAY = date(2025, 10, 8)


def record(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": f"id-{name}", "name": name, "type": kind, "title": name.title(), **more}


def asked(**more: Any) -> dict[str, Any]:
    return record("consultation", "square", **{"open_date": "2025-03-03", "close_date": "2025-03-08", **more})


def steps(**links: Any) -> dict[str, Any]:
    answer = chain.answer(chain.Links(**links), TODAY, lambda one: f"/{one['type']}/{one['name']}")
    assert [step["kind"] for step in answer["steps"]] == list(chain.KINDS)
    assert all(bool(step["items"]) == (step["gap"] is None) for step in answer["steps"])
    return {step["kind"]: step for step in answer["steps"]}


def test_a_whole_chain_has_no_gap():
    decision = {"ada": "9ΞΧΨΩΞΙ-4ΤΣ", "title": "Έγκριση", "issue_date": "2025-03-27"}
    contract = {"adam": "25SYMV000000001", "signed_date": "2025-05-05"}
    effect = {"indicator": "id-green", "value": 4.1, "as_of": "2025-09-30"}
    works = record("works_project", "paving", contracting=[contract], impact=[effect])
    works |= {"actual_end_date": "2025-09-01"}
    found = steps(
        consultation=asked(decisions=[decision]), works=[works], indicators=[record("indicator", "green")]
    )
    assert all(step["gap"] is None for step in found.values())
    assert found["asked"]["items"] == [
        {
            "id": "id-square",
            "name": "square",
            "type": "consultation",
            "title": "Square",
            "date": "2025-03-03",
            "url": "/consultation/square",
        }
    ]
    assert found["decided"]["items"] == [
        {
            "title": "Έγκριση",
            "date": "2025-03-27",
            "reference": "9ΞΧΨΩΞΙ-4ΤΣ",
            "url": "https://diavgeia.gov.gr/doc/9ΞΧΨΩΞΙ-4ΤΣ",
        }
    ]
    assert found["contracted"]["items"][0]["reference"] == "25SYMV000000001"
    assert found["built"]["items"][0]["date"] == "2025-09-01"
    assert found["measured"]["items"][0]["date"] == "2025-09-30"


def test_what_is_missing_is_waited_for_since_the_last_step_there_is():
    found = steps(consultation=asked())
    assert found["decided"]["gap"] == {"since": "2025-03-08", "days": 214}
    assert found["measured"]["gap"] == {"since": "2025-03-08", "days": 214}
    decided = steps(consultation=asked(decisions=[{"ada": "A", "issue_date": "2025-10-01"}]))
    assert decided["contracted"]["gap"] == {"since": "2025-10-01", "days": 7}
    works = record("works_project", "paving")
    built = steps(consultation=asked(), works=[works])
    assert built["decided"]["gap"]["days"] == 214
    assert "date" not in built["built"]["items"][0]
    assert built["measured"]["gap"] == {"since": None, "days": None}, "it is still being built"


@pytest.mark.parametrize(
    "more",
    [
        {"close_date": "2025-12-01"},
        {"close_date": None},
        {"close_date": "some day"},
        {"consultation_override": "cancelled"},
    ],
)
def test_nobody_waits_for_what_cannot_have_come_yet(more):
    found = steps(consultation=asked(**more))
    assert {step["gap"]["since"] for step in found.values() if step["gap"]} == {None}


def test_works_without_a_consultation_say_so():
    found = steps(works=[record("works_project", "paving", actual_end_date="2025-10-01")])
    assert found["asked"]["gap"] == {"since": None, "days": None}
    assert found["measured"]["gap"] == {"since": "2025-10-01", "days": 7}


def test_parts_that_are_no_parts_break_nothing():
    broken = asked(decisions="<script>", impact=[None, "x", {"indicator": ["list"]}])
    assert steps(consultation=broken)["decided"]["gap"]["days"] == 214


def test_the_summary_counts_from_the_closing_day():
    consultation = asked(
        report_date="2025-03-18",
        votes=10,
        electorate="40",
        proposals=8,
        proposals_accepted=3,
        options=[{"label": "Α", "votes": 7}, {"label": "Β", "votes": "3"}, {"label": "Γ"}],
        decisions=[{"ada": "B", "issue_date": "2025-03-27"}, {"ada": "A", "issue_date": "2025-03-20"}],
        consultation_status="decided",
        days_to_decision=12,
        turnout=25.0,
    )
    works = [record("works_project", "paving", actual_start_date="2025-06-01", project_status="completed")]
    found = outcome.summary(consultation, works)
    assert found["durations"] == {
        "open": 6,
        "to_report": 10,
        "to_response": None,
        "to_decision": 12,
        "to_works_start": 85,
    }
    assert found["turnout"] == 25.0
    assert [one["share"] for one in found["options"]] == [70.0, 30.0, None]
    assert found["proposals"] == {
        "total": 8,
        "accepted": 3,
        "partly_accepted": None,
        "rejected": None,
        "unanswered": None,
    }
    assert found["counts"]["visits"] is None, "nobody counted, which is not zero"
    assert found["decisions"][0]["url"] == "https://diavgeia.gov.gr/doc/B"
    assert found["works"][0]["start_date"] == "2025-06-01"
    assert (found["status"], found["closed_without_answer"]) == ("decided", False)
