"""Consultations through the API: entered, refused with a reason, indexed, and sent back unchanged."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.lib.navl.dictization_functions import DataError
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from . import samples
from .chain_samples import CONSULTATION, OUTCOME, WORKS_PROJECT, at, create, errors, show

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

TALLY = {
    "consultation_type": "poll",
    "votes": 100,
    "electorate": 400,
    "options": [{"label": "Λογότυπο Α", "votes": 60}, {"label": "Λογότυπο Β", "votes": 40}],
}


def found(query: str = "*:*", **more):
    return samples.act("package_search", q=query, fq="dataset_type:consultation", **more)


def test_row_022_a_consultation_is_a_record_of_its_own_that_is_found_by_its_facets(monkeypatch):
    at(monkeypatch, "2026-03-15T12:00")
    made = create(CONSULTATION)
    assert made["consultation_status"] == "open"
    fields = ["consultation_status", "consultation_type", "vocab_audience", "open_year", "platform"]
    answer = found("πλατείας", **{"facet.field": fields, "include_private": True})
    assert [one["id"] for one in answer["results"]] == [made["id"]]
    facets = {
        name: [item["name"] for item in each["items"]] for name, each in answer["search_facets"].items()
    }
    assert facets == {
        "consultation_status": ["open"],
        "consultation_type": ["public_consultation"],
        "vocab_audience": ["residents"],
        "open_year": ["2026"],
        "platform": ["manual"],
    }
    assert answer["results"][0]["consultation_status"] == "open"


def test_row_023_levels_of_one_question_are_parts_of_it_and_never_of_themselves():
    whole = create({**CONSULTATION, "consultation_level": "multilevel"})
    part = create({**CONSULTATION, "consultation_level": "municipal"}, part_of=whole["name"])
    assert part["part_of"] == whole["id"]
    assert errors(CONSULTATION, consultation_level="planetary")["consultation_level"]
    refused = samples.refusal("package_patch", id=whole["id"], part_of=whole["id"])
    assert refused["part_of"] == ["A record cannot point at itself"]


class TestInternal:
    """Row 24: inside the municipality, and private until it is reported."""

    INTERNAL = {
        **CONSULTATION,
        "consultation_type": "internal",
        "consultation_level": "internal",
        "audience": ["council_members", "employees"],
    }

    def test_row_024_an_internal_one_is_private_until_its_report(self, monkeypatch):
        at(monkeypatch, "2026-03-15T12:00")
        made = create(self.INTERNAL, private=False)
        assert made["private"] is True
        assert "internal_private" in made["reminders"]
        assert found()["count"] == 0
        at(monkeypatch, "2026-05-02T12:00")
        reported = {**OUTCOME, "report_date": "2026-05-01", "private": False}
        samples.act("package_patch", id=made["id"], **reported)
        assert show(made["id"])["private"] is False
        assert found()["count"] == 1

    def test_row_024_an_internal_one_addresses_nobody_outside(self):
        refused = errors({**self.INTERNAL, "audience": ["employees", "residents"]})
        assert refused == {
            "audience": ["An internal consultation addresses council members and employees only"]
        }


def test_row_026_the_platform_belongs_to_somebody_else_and_has_an_address(monkeypatch):
    made = create(CONSULTATION, platform="oke_edialogue", platform_url="https://e-dialogue.example/1")
    assert (made["platform"], made["organization"]["title"]) == ("oke_edialogue", "Δήμος Πατρέων")
    refused = errors(CONSULTATION, platform="oke_edialogue", platform_url="")
    assert refused == {
        "platform_url": ["Give the address where one answers, or choose a platform that has none"]
    }
    assert create(CONSULTATION, platform="in_person", platform_url="")["platform"] == "in_person"


def test_row_027_it_is_about_works_by_id_and_counts_what_came_in():
    works = create(WORKS_PROJECT)
    made = create(CONSULTATION, about_works=[works["name"]], contributions="1.250", comments=0)
    assert made["about_works"] == [works["id"]]
    assert (made["contributions"], made["comments"]) == (1250, 0)
    assert "visits" not in made  # nobody counted them: not reported, never zero
    refused = errors(CONSULTATION, about_works=[made["id"]])
    assert refused["about_works"] == [f"'{made['id']}' is of type consultation; expected: works_project"]


def test_row_028_what_became_of_the_proposals_adds_up():
    fates = {"proposals_accepted": 10, "proposals_partly": 5, "proposals_rejected": 20}
    made = create(CONSULTATION, proposals=40, proposals_unanswered=5, **fates)
    assert made["proposals_unanswered"] == 5
    refused = errors(CONSULTATION, proposals=40, proposals_unanswered=6, **fates)
    assert refused == {
        "proposals": ["Accepted, partly accepted, rejected and unanswered are 41, all proposals 40"]
    }
    assert create(CONSULTATION, proposals=40, **fates)["proposals"] == 40  # one is not known: no sum
    assert "proposals" in errors(CONSULTATION, proposals=34, **fates)  # but never more than all


def test_row_030_options_have_votes_and_shares_that_are_computed():
    typed = [{**option, "share": 99} for option in TALLY["options"]]
    made = create(CONSULTATION, **{**TALLY, "options": typed})
    assert [(one["votes"], one["share"]) for one in made["options"]] == [(60, 60), (40, 40)]
    assert made["turnout"] == 25


def test_row_031_a_tally_that_does_not_add_up_is_refused():
    refused = errors(CONSULTATION, **{**TALLY, "votes": 101})
    assert refused == {"votes": ["The options have 100 votes together, but all votes are 101"]}
    assert errors(CONSULTATION, **{**TALLY, "electorate": 99}) == {
        "votes": ["More votes than the electorate may cast (99)"]
    }
    several = create(CONSULTATION, **{**TALLY, "electorate": 50, "votes_per_person": 2})
    assert several["votes"] == 100
    weighted = [{"label": "Α", "votes": 1, "weight": "1,5"}, {"label": "Β", "votes": 1, "weight": "0,5"}]
    made = create(CONSULTATION, votes=2, options=weighted)
    assert [one["share"] for one in made["options"]] == [75, 25]
    unknown = create(CONSULTATION, votes=10, options=[{"label": "Α", "votes": 3}, {"label": "Β"}])
    assert all("share" not in one or one["share"] in (None, "") for one in unknown["options"])


@pytest.mark.parametrize("bad", [-1, "-3", "πολλοί", 2.5, [1], {"a": 1}, True, "<b>1</b>"])
def test_a_count_is_a_whole_number_or_nothing(bad):
    assert list(errors(CONSULTATION, participants=bad)) == ["participants"]


def test_row_033_a_decision_has_its_act_in_diavgeia_linked(monkeypatch):
    at(monkeypatch, "2026-06-01T12:00")
    act = {"ada": "Ψ6Δ1ΩHK-HKΞ", "body": ["municipal_council"], "issue_date": "13/05/2026"}
    made = create(CONSULTATION, **OUTCOME, decisions=[{**act, "url": "https://elsewhere.example/"}])
    (decision,) = made["decisions"]
    assert decision["ada"] == "Ψ6Δ1ΩΗΚ-ΗΚΞ"  # case 6: Latin H and K became Greek
    assert (
        decision["url"] == "https://diavgeia.gov.gr/doc/%CE%A86%CE%941%CE%A9%CE%97%CE%9A-%CE%97%CE%9A%CE%9E"
    )
    assert (decision["body"], decision["issue_date"]) == (["municipal_council"], "2026-05-13")
    assert (made["consultation_status"], made["has_decision"]) == ("decided", True)
    answer = found(**{"facet.field": ["has_decision", "outcome_result"]})
    names = {name: [item["name"] for item in each["items"]] for name, each in answer["search_facets"].items()}
    assert names == {"has_decision": ["true"], "outcome_result": ["adopted_with_changes"]}


def test_case_006_what_is_no_act_of_diavgeia_is_refused():
    refused = errors(CONSULTATION, **OUTCOME, decisions=[{"ada": "ABC-1"}])
    assert refused["decisions"][0]["ada"][0].startswith("'ABC-1' is not the number of an act in Diavgeia")
    refused = errors(CONSULTATION, **OUTCOME, decisions=[{"body": ["mayor"]}])
    assert refused["decisions"][0]["ada"] == ["Give the act's ADA, or its subject or link"]


def test_row_079_several_bodies_decide_together(monkeypatch):
    at(monkeypatch, "2026-06-01T12:00")
    bodies = ["municipal_council", "municipal_committee"]
    made = create(CONSULTATION, **OUTCOME, decisions=[{"title": "Κοινή συνεδρίαση", "body": bodies}])
    assert made["decisions"][0]["body"] == bodies


def test_row_034_depth_binding_and_pilot_are_kept():
    made = create(CONSULTATION, participation_depth="empower", binding="ναι", pilot=True)
    assert (made["participation_depth"], made["binding"], made["pilot"]) == ("empower", True, True)


def test_row_036_several_bodies_run_it_together():
    other = samples.publisher(title="ΔΕΥΑΠ")
    made = create(CONSULTATION, co_organisers=[other["name"]])
    assert made["co_organisers"] == [other["id"]]
    assert errors(CONSULTATION, co_organisers=["nobody"])["co_organisers"]


def test_row_037_an_editor_of_the_publisher_enters_it_and_the_unit_has_its_uid():
    editor, stranger = factories.User(), factories.User()
    owner = samples.publisher(users=[{"name": editor["name"], "capacity": "editor"}])
    wanted = {**CONSULTATION, "owner_org": owner["id"], "lead_unit_uid": "81234"}
    context = {"user": editor["name"], "ignore_auth": False}
    made = tk.get_action("package_create")(context, wanted)
    assert show(made["id"])["lead_unit_uid"] == "81234"
    with pytest.raises(tk.NotAuthorized):
        tk.get_action("package_create")({"user": stranger["name"], "ignore_auth": False}, wanted)


def test_row_039_who_may_take_part_and_how_it_is_accessible():
    made = create(CONSULTATION, accessibility=["sign_language", "wheelchair"])
    assert sorted(made["accessibility"]) == ["sign_language", "wheelchair"]


def test_row_041_closed_without_an_answer_is_a_facet(monkeypatch):
    at(monkeypatch, "2026-07-01T12:00")
    silent, answered = create(CONSULTATION), create(CONSULTATION, response_published_date="2026-04-20")
    answer = found(fq_list=["closed_without_answer:true"])
    assert [one["id"] for one in answer["results"]] == [silent["id"]]
    assert answered["days_to_report"] == 20
    items = found(**{"facet.field": ["closed_without_answer"]})["search_facets"]["closed_without_answer"][
        "items"
    ]
    assert {item["name"]: item["display_name"] for item in items} == {"true": "Ναι", "false": "Όχι"}
    assert "answer_overdue" in silent["reminders"]


def test_row_043_the_record_goes_through_review():
    made = create(CONSULTATION, review_status="in_review")
    samples.act("package_patch", id=made["id"], review_status="published")
    assert show(made["id"])["review_status"] == "published"


def test_row_044_channels_are_several_and_a_facet():
    made = create(CONSULTATION, channels=["platform", "kiosk", "phone"])
    assert made["channels"] == ["platform", "kiosk", "phone"]
    answer = found(**{"facet.field": ["vocab_channels"]})
    items = answer["search_facets"]["vocab_channels"]["items"]
    assert sorted(item["name"] for item in items) == ["kiosk", "phone", "platform"]


def test_row_083_the_fourteen_of_a_municipality_are_counted_by_year():
    owner = samples.publisher()["id"]
    for number in range(14):
        year = 2013 + number // 2
        dates = {"open_date": f"{year}-05-01", "close_date": f"{year}-05-20"}
        title = {"el": f"Διαβούλευση {number + 1}"}
        create(CONSULTATION, owner_org=owner, title_translated=title, **dates)
    items = found(**{"facet.field": ["open_year"]})["search_facets"]["open_year"]["items"]
    assert sorted((item["name"], item["count"]) for item in items) == [
        (str(year), 2) for year in range(2013, 2020)
    ]


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"close_date": "2026-02-28"}, "close_date", "A consultation cannot close before it opens"),
        (
            {"report_date": "2026-03-30"},
            "report_date",
            "The report and the answer come after the closing date",
        ),
        (
            {"response_published_date": "2026-01-01"},
            "response_published_date",
            "The report and the answer come after the closing date",
        ),
    ],
)
def test_dates_come_in_their_order(given, field, message):
    assert errors(CONSULTATION, **given) == {field: [message]}


def test_from_the_report_on_the_outcome_is_asked_for(monkeypatch):
    at(monkeypatch, "2026-05-01T12:00")
    refused = errors(CONSULTATION, report_date="2026-04-20")
    assert sorted(refused) == ["outcome_result", "outcome_summary_translated-el"]
    later = create(CONSULTATION, report_date="2026-06-20")  # planned: nothing is owed yet
    assert later["consultation_status"] == "closed"
    at(monkeypatch, "2026-06-21T12:00")
    assert "outcome_missing" in show(later["id"])["reminders"]


def test_row_120_personal_data_have_an_end_and_an_assessment():
    assert sorted(errors(CONSULTATION, privacy_level="personal_data_with_basis")) == [
        "dpia",
        "retention_until_date",
    ]
    kept = {"dpia": "done", "retention_until_date": "2031-12-31"}
    assert create(CONSULTATION, privacy_level="personal_data_with_basis", **kept)["dpia"] == "done"


def test_what_is_shown_can_be_sent_back_and_changes_nothing(monkeypatch):
    at(monkeypatch, "2026-06-01T12:00")
    works = create(WORKS_PROJECT)
    wanted = {
        **CONSULTATION,
        **OUTCOME,
        **TALLY,
        "about_works": [works["id"]],
        "channels": ["platform", "post"],
        "close_time": "14:00",
        "comments": 0,
        "binding": False,
        "decisions": [{"ada": "Ψ6Δ1ΩΗΚ-ΗΚΞ", "body": ["mayor"], "issue_date": "2026-05-13"}],
        "legal_basis": [{"label": "άρθρο 76 ν. 3852/2010"}],
        "report_date": "2026-04-20",
    }
    before = create(wanted)
    samples.act("package_update", **before)
    assert before["binding"] is False
    assert before["comments"] == 0
    after = show(before["id"])
    assert {**before, "metadata_modified": None} == {**after, "metadata_modified": None}


def test_twenty_thousand_letters_are_saved_and_found():
    long = "Η πλατεία αλλάζει. " * 1050 + "παρτέρια"
    made = create(CONSULTATION, outcome_summary_translated={"el": long}, outcome_result="adopted")
    assert len(made["outcome_summary_translated"]["el"]) > 19_000
    assert found("παρτέρια")["count"] == 1


@pytest.mark.parametrize(
    "given",
    [
        {"options": [{"label": "x" * 10_000, "votes": 1}]},
        {"decisions": [{"title": {"deep": [1]}}], **OUTCOME},
        {"close_time": "25:61"},
        {"consultation_override": "<b>open</b>"},
        {"part_of": "../../etc/passwd"},
        {"open_date": {"$gt": ""}},
        {"audience": ["residents", "' or 1=1 --"]},
    ],
)
def test_what_belongs_in_no_field_is_refused(given):
    assert set(errors(CONSULTATION, **given)) == set(given) - set(OUTCOME)


@pytest.mark.parametrize("given", ["<script>alert(1)</script>", [["α"]], {"0": "Ψ6Δ1ΩΗΚ-ΗΚΞ"}, [7]])
@pytest.mark.parametrize("name", ["options", "decisions"])
def test_parts_are_a_list_of_dicts_or_the_call_is_refused(name, given):
    with pytest.raises((DataError, tk.ValidationError)):
        create(CONSULTATION, **{name: given})


def test_a_typed_stage_is_ignored_and_the_computed_one_shown(monkeypatch):
    at(monkeypatch, "2026-03-15T12:00")
    made = create(CONSULTATION, consultation_status="implemented", duration_days=999)
    assert (made["consultation_status"], made["duration_days"]) == ("open", 31)
    stored = model.Package.get(made["id"]).extras
    assert "consultation_status" not in stored
    assert "duration_days" not in stored
