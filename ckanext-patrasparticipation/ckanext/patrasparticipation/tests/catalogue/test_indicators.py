"""Indicators through the API: editions stay apart, a code stands once, the theme follows from it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from . import samples
from .chain_samples import INDICATOR, WORKS_PROJECT, create, errors, show

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")


def iso(edition: str, code: str) -> dict[str, str]:
    return {"indicator_scheme": f"ISO37120_{edition}", "indicator_code": code, "indicator_theme": ""}


def facet(name: str) -> dict[str, int]:
    answer = samples.act("package_search", fq="dataset_type:indicator", **{"facet.field": [name]})
    return {item["name"]: item["count"] for item in answer["search_facets"][name]["items"]}


def test_row_110_and_case_029_code_10_1_of_two_editions_are_two_indicators_of_two_themes():
    old = create(INDICATOR, **iso("2014", "10.1"))
    new = create(INDICATOR, **iso("2018", "10.1"))
    assert (old["indicator_theme"], new["indicator_theme"]) == ("ISO37120_2014.10", "ISO37120_2018.10")
    assert (old["indicator_key"], new["indicator_key"]) == ("ISO37120_2014:10.1", "ISO37120_2018:10.1")
    assert facet("indicator_theme") == {"ISO37120_2014.10": 1, "ISO37120_2018.10": 1}
    answer = samples.act(
        "package_search", fq="dataset_type:indicator", **{"facet.field": ["indicator_theme"]}
    )
    labels = [item["display_name"] for item in answer["search_facets"]["indicator_theme"]["items"]]
    assert sorted(labels) == [
        "Διακυβέρνηση (ISO 37120:2018)",
        "Πυρόσβεση και έκτακτη ανάγκη (ISO 37120:2014)",
    ]


def test_row_087_an_indicator_of_the_city_takes_a_field_of_activity():
    made = create(
        INDICATOR, target=[{"period": "2027", "value": "12,5"}], baseline=[{"period": "2013-Q2", "value": 0}]
    )
    assert (made["indicator_theme"], made["frequency"]) == ("governance", "ANNUAL")
    assert made["target"] == [{"period": "2027", "value": 12.5}]
    assert made["baseline"] == [{"period": "2013-Q2", "value": 0}]
    assert facet("indicator_scheme") == {"CITY": 1}


def test_row_040_what_a_participant_costs_is_an_indicator_with_its_method():
    per = {"unit": "euro", "per": "participant", "denominator": "Άτομα που συμμετείχαν"}
    made = create(INDICATOR, **per, indicator_kind="impact", indicator_code="KOSTOS-1")
    assert (made["per"], made["indicator_kind"]) == ("participant", "impact")
    assert errors(INDICATOR, unit="euro", per="participant") == {
        "denominator": ["Say what the numerator is divided by"]
    }
    assert errors(INDICATOR, method_translated={}) == {"method_translated-el": ["Missing value"]}


def test_row_080_a_plan_has_its_works_and_its_indicators():
    plan = samples.dataset(name="stratigiko-schedio")
    works = create(WORKS_PROJECT, origin="strategic_plan", plan=[plan["name"]])
    made = create(INDICATOR, measured_from=[plan["name"]])
    assert (works["plan"], made["measured_from"]) == ([plan["id"]], [plan["id"]])
    linked = tk.get_action("package_show")({"user": ""}, {"id": plan["id"]})["linked_from"]
    assert [one["id"] for one in linked["plan"]] == [works["id"]]
    assert [one["id"] for one in linked["measured_from"]] == [made["id"]]


def test_it_is_measured_from_datasets_and_nothing_else():
    table = samples.dataset()
    made = create(INDICATOR, measured_from=[table["name"]])
    assert made["measured_from"] == [table["id"]]
    assert errors(INDICATOR, indicator_code="X-2", measured_from=[made["id"]])["measured_from"]


def test_a_code_stands_once_in_its_scheme_whoever_publishes_it():
    made = create(INDICATOR, **iso("2018", "10.4"), private=True)
    refused = errors(INDICATOR, **iso("2018", "10.4"), owner_org=samples.publisher()["id"])
    assert refused == {"indicator_code": ["Another indicator of this scheme has the code '10.4'"]}
    samples.act("package_patch", id=made["id"], private=False)  # itself is no other
    samples.act("package_delete", id=made["id"])
    assert create(INDICATOR, **iso("2018", "10.4"))["indicator_code"] == "10.4"


def test_of_two_who_save_a_code_at_once_one_is_refused(app):
    """Each in a transaction of its own, as two people of the staff are."""
    token, owner = factories.SysadminWithToken()["token"], samples.publisher()["id"]
    wanted = {**INDICATOR, **iso("2018", "10.2"), "owner_org": owner}
    application, start = app.flask_app, threading.Barrier(2)

    def save(number: int) -> int:
        client = application.test_client()
        start.wait()
        answer = client.post(
            "/api/action/package_create",
            json={**wanted, "name": f"deiktis-{number}"},
            headers={"Authorization": token},
        )
        return answer.status_code

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(save, range(2))) == [200, 409]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (iso("2018", "10"), "indicator_code"),
        (iso("2018", "10.1.2"), "indicator_code"),
        (iso("2018", "99.1"), "indicator_code"),
        (iso("2018", "10.1'--"), "indicator_code"),
        ({**iso("2018", "10.1"), "indicator_theme": "ISO37120_2014.10"}, "indicator_theme"),
        ({**iso("2018", "10.1"), "indicator_theme": "governance"}, "indicator_theme"),
        ({"indicator_theme": "ISO37120_2018.10"}, "indicator_theme"),
        ({"indicator_theme": ""}, "indicator_theme"),
        ({"indicator_scheme": "SDG", "indicator_code": "18.1.1", "indicator_theme": ""}, "indicator_code"),
        ({"indicator_scheme": "ISO37120"}, "indicator_scheme"),
        ({"indicator_code": "x" * 61}, "indicator_code"),
        ({"indicator_code": {"a": 1}}, "indicator_code"),
        ({"unit": "furlong"}, "unit"),
        ({"target": [{"period": "του χρόνου", "value": 1}]}, "target"),
        ({"target": [{"period": "2027", "value": "NaN"}]}, "target"),
        ({"baseline": [{"period": "2024-13", "value": 1}]}, "baseline"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(given, field):
    assert list(errors(INDICATOR, **given)) == [field]


def test_a_goal_of_the_united_nations_gives_its_theme():
    goal = {"indicator_scheme": "SDG", "indicator_code": "11.6.2", "indicator_theme": ""}
    assert create(INDICATOR, **goal)["indicator_theme"] == "SDG.11"


def test_what_is_shown_can_be_sent_back_and_changes_nothing():
    before = create(INDICATOR, **iso("2018", "10.1"), target=[{"period": "2030", "value": "0,125"}])
    assert before["target"][0]["value"] == 0.125
    samples.act("package_update", **before)
    assert {**show(before["id"]), "metadata_modified": None} == {**before, "metadata_modified": None}
