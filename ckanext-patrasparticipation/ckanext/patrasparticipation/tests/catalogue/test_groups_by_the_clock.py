"""Groups and initiatives that nobody saves: their facets and pages follow the clock."""

from __future__ import annotations

import pytest

from ckanext.patrasparticipation.records import moments
from ckanext.patrasparticipation.tests.catalogue import chain_samples as chain
from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def facet(name: str) -> dict[str, int]:
    answer = samples.act("package_search", **{"facet.field": [name], "rows": 0})
    return {item["name"]: item["count"] for item in answer["search_facets"][name]["items"]}


def test_row_077_an_expired_certification_changes_the_facet_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain.at(monkeypatch, "2026-12-10T10:00")
    group = made.group(certifications=[{"scheme": "Φορέας", "valid_until": "31/12/2026"}])
    assert facet("certified") == {"valid": 1}
    chain.at(monkeypatch, "2026-12-31T23:59")
    assert (moments.attend(), facet("certified")) == (0, {"valid": 1})
    chain.at(monkeypatch, "2027-01-01T00:00")
    assert (moments.attend(), facet("certified")) == (1, {"expired": 1})
    assert chain.show(group["id"])["certification_states"] == ["expired"]
    assert (moments.attend(), facet("certified")) == (0, {"expired": 1})


def test_row_051_a_call_opens_and_closes_in_the_facet_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    chain.at(monkeypatch, "2026-12-10T10:00")
    made.initiative(
        application=[{"open_date": "2026-12-20", "close_date": "2026-12-21"}], selection_model="first_come"
    )
    assert facet("application_status") == {"not_open": 1}
    for moment, state in (("20T00:00", "open"), ("21T23:59", "open"), ("22T00:00", "closed")):
        chain.at(monkeypatch, f"2026-12-{moment}")
        moments.attend()
        assert facet("application_status") == {state: 1}, moment


def test_row_114_an_initiative_that_nobody_changes_becomes_stale_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    initiative = made.initiative(last_verified_date="2026-11-01")
    assert facet("stale") == {"false": 1}
    chain.at(monkeypatch, "2099-01-01T00:00")
    assert (moments.attend(), facet("stale")) == (1, {"true": 1})
    assert chain.show(initiative["id"])["reminders"] == ["verification_due"]
    samples.act("package_patch", id=initiative["id"], initiative_status="paused")
    assert facet("stale") == {}


def test_row_011_a_goal_is_an_indicator_that_totals_feed() -> None:
    goal = chain.create(chain.INDICATOR, target=[{"period": "2026", "value": "5.000"}])
    measured = {"indicator": goal["name"], "value": "5.230", "as_of": "1/6/2026", "unit": "πολίτες"}
    initiative = made.initiative(impact=[measured])
    assert initiative["impact"][0]["indicator"] == goal["id"]
    assert goal["target"][0]["value"] == 5000


def test_an_initiative_answers_a_consultation_and_is_about_works() -> None:
    consultation, works = chain.create(chain.CONSULTATION), chain.create(chain.WORKS_PROJECT)
    initiative = made.initiative(answers_consultation=[consultation["name"]], about_works=works["name"])
    assert initiative["answers_consultation"] == [consultation["id"]]
    assert initiative["about_works"] == [works["id"]]
