"""Initiatives: what they hold, what is refused and with which words, how they are found."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")

COUNTRIES = ["ESP", "ITA", "PRT", "GRC", "ROU", "LVA", "POL", "FRA", "BIH"]


def refused(**given: Any) -> dict[str, Any]:
    return samples.refusal("package_create", **made.initiative_fields(**given))


def facet(name: str) -> dict[str, int]:
    asked = {"facet.field": [name], "rows": 0, "fq": "dataset_type:initiative"}
    answer = samples.act("package_search", **asked)
    return {item["name"]: item["count"] for item in answer["search_facets"][name]["items"]}


def test_row_017_amounts_written_in_greek_are_kept_as_decimals() -> None:
    given = {"programme": "EEA_GRANTS", "amount_total": "5.525,00 €", "amount_grant": "4.972,50 €"}
    initiative = made.initiative(funding=[given], duration="6 μήνες", project_size="small")
    (funding,) = initiative["funding"]
    assert (funding["amount_total"], funding["amount_grant"], funding["currency"]) == (5525, 4972.5, "EUR")
    assert initiative["funding_programme"] == ["EEA_GRANTS"]
    assert facet("vocab_funding_programme") == {"EEA_GRANTS": 1}
    too_much = refused(funding=[given | {"amount_grant": "5.525,01"}])
    assert too_much["funding"] == [
        {"amount_grant": ["The grant is larger than the total: check the two amounts"]}
    ]
    assert refused(funding=[given | {"amount_total": "-1"}])["funding"]
    assert refused(funding=[given | {"amount_total": "NaN"}])["funding"]


def test_row_018_a_project_has_a_duration_and_a_size() -> None:
    initiative = made.initiative(duration="6 μήνες", project_size="small")
    assert (initiative["duration"], initiative["project_size"]) == ("P6M", "small")
    assert refused(duration="λίγο")["duration"]


def test_row_009_a_campaign_is_a_kind_of_initiative() -> None:
    made.initiative(initiative_type="campaign")
    assert facet("initiative_type") == {"campaign": 1}


def test_row_019_what_was_expected_stands_beside_what_was_measured() -> None:
    initiative = made.initiative(
        expected_outcomes=["civic_participation"],
        expected_outcome_translated={"el": "Περισσότεροι πολίτες στα κοινά."},
        impact=[{"label": "Μέλη", "baseline": "0", "target": "5.000", "value": "1.200", "as_of": "1/6/2026"}],
    )
    assert initiative["expected_outcomes"] == ["civic_participation"]
    assert initiative["impact"][0]["target"] == 5000
    assert facet("vocab_expected_outcomes") == {"civic_participation": 1}


def test_row_006_a_measured_impact_has_its_day_and_its_method() -> None:
    measured = {
        "label": "Πολίτες που συνδέθηκαν",
        "baseline": "0",
        "target": "5.000",
        "value": "5.230",
        "unit": "άτομα",
        "as_of": "31/12/2025",
        "method": "Μετρητής της πλατφόρμας",
        "evidence_url": "https://example.gr/report",
    }
    initiative = made.initiative(impact=[measured])
    assert initiative["impact"][0]["value"] == 5230
    assert initiative["impact"][0]["as_of"] == "2025-12-31"
    undated = {name: measured[name] for name in measured if name != "as_of"}
    message = "Give the day that the measured value is of"
    assert refused(impact=[undated])["impact"] == [{"as_of": [message]}]
    assert refused(impact=[measured | {"as_of": "2099-01-01"}])["impact"][0]["as_of"]
    group = made.group()
    assert refused(impact=[measured | {"indicator": group["id"]}])["impact"][0]["indicator"]


def test_row_046_whom_an_initiative_is_for_is_a_facet() -> None:
    made.initiative(target_groups=["digitally_excluded", "older_people"])
    assert facet("vocab_target_groups") == {"digitally_excluded": 1, "older_people": 1}


def test_row_047_nine_partners_from_nine_countries() -> None:
    partners = [{"name": f"Δήμος {code}", "country": code, "role": "partner"} for code in COUNTRIES]
    initiative = made.initiative(partners=partners, level="european")
    assert [one["country"] for one in initiative["partners"]] == COUNTRIES
    assert facet("vocab_partner_country") == dict.fromkeys(COUNTRIES, 1)
    assert refused(partners=[{"name": "Δήμος", "country": "GR"}])["partners"][0]["country"]


def test_row_048_a_funding_programme_has_its_edition_and_its_page() -> None:
    url = "https://urbact.eu/networks/digi-inclusion"
    initiative = made.initiative(funding=[{"programme": "URBACT", "reference": "URBACT IV", "url": url}])
    assert initiative["funding"][0]["reference"] == "URBACT IV"
    assert samples.act("package_search", q="URBACT")["count"] == 1


def test_row_055_a_meeting_of_several_days_may_be_abroad() -> None:
    (event,) = made.initiative(
        events=[
            {
                "title": "Συνάντηση εργασίας",
                "start": "13-15/11/2023",
                "tz": "Europe/Madrid",
                "venue": "Mollet del Vallès, Ισπανία",
                "lat": "41,5396",
                "lon": "2,2136",
            }
        ]
    )["events"]
    assert (event["start"], event["end"], event["mode"]) == ("2023-11-13", "2023-11-15", "in_person")
    assert (event["lat"], event["lon"], event["tz"]) == (41.5396, 2.2136, "Europe/Madrid")


def test_row_058_a_solidarity_structure_is_an_initiative_of_its_own_kind() -> None:
    initiative = made.initiative(
        initiative_type="solidarity_structure",
        services_offered=["food", "medicine"],
        selection_model="points",
        target_groups=["low_income"],
        k_threshold=10,
    )
    assert initiative["reminders"] == ["criteria_missing"]
    assert facet("initiative_type") == {"solidarity_structure": 1}
    with_table = initiative | {
        "resources": [{"url": "https://example.gr/moria.csv", "resource_role": "criteria"}]
    }
    samples.act("package_update", **with_table)
    assert "reminders" not in samples.act("package_show", id=initiative["id"])


def test_row_060_how_to_apply_is_said_and_no_application_is_kept() -> None:
    (call,) = made.initiative(
        application=[
            {
                "open_date": "1/3/2026",
                "close_date": "31/3/2026",
                "channel": ["online", "front_desk"],
                "url": "https://example.gr/aitiseis",
                "documents": "Ταυτότητα, εκκαθαριστικό",
            }
        ],
        selection_model="points",
    )["application"]
    assert (call["open_date"], call["close_date"]) == ("2026-03-01", "2026-03-31")
    assert call["channel"] == ["online", "front_desk"]


def test_row_066_enrolments_are_not_persons() -> None:
    message = "There are more distinct beneficiaries than enrolments: check the two numbers"
    found = refused(beneficiaries_distinct="120", enrolments_total="119")
    assert found == {"beneficiaries_distinct": [message]}
    initiative = made.initiative(beneficiaries_distinct="1.120", enrolments_total="1.340")
    assert (initiative["beneficiaries_distinct"], initiative["enrolments_total"]) == (1120, 1340)
    assert initiative["suppressed_counts"] == []


@pytest.mark.parametrize(
    "model", ["none", "first_come", "points", "needs_assessment", "lottery", "committee"]
)
def test_row_068_how_those_who_apply_are_chosen_is_said(model: str) -> None:
    call = [{"open_date": "1/3/2026"}]
    assert made.initiative(application=call, selection_model=model)["selection_model"] == model
    assert list(refused(application=call)) == ["selection_model"]


@pytest.mark.parametrize("level", ["national", "municipal", "neighbourhood", "european"])
def test_row_069_national_and_local_actions_are_told_apart(level: str) -> None:
    made.initiative(level=level)
    assert facet("level") == {level: 1}


def test_row_071_volunteers_are_totals() -> None:
    initiative = made.initiative(volunteers_total="46", volunteer_hours="3")
    assert (initiative["volunteers_total"], initiative["volunteer_hours"]) == (46, 3)


@pytest.mark.parametrize("name", ["participants_total", "beneficiaries_distinct", "volunteers_total"])
def test_row_121_a_count_below_the_threshold_is_never_stored(name: str) -> None:
    initiative = made.initiative(**{name: "4"})
    assert name not in initiative
    assert initiative["suppressed_counts"] == [name]
    again = samples.act("package_show", id=initiative["id"])
    assert samples.act("package_update", **again)["suppressed_counts"] == [name]
    grown = samples.act("package_patch", id=initiative["id"], **{name: 5})
    assert (grown[name], grown["suppressed_counts"]) == (5, [])
    assert made.initiative(**{name: 0})[name] == 0


@pytest.mark.parametrize(
    "sensitive",
    [
        {"initiative_type": "telehealth"},
        {"initiative_type": "tutoring"},
        {"activity_field": ["health"]},
        {"target_groups": ["children"]},
        {"target_groups": ["low_income", "general_public"]},
    ],
)
def test_row_121_of_health_minors_and_poverty_ten_are_the_least(sensitive: dict[str, Any]) -> None:
    assert made.initiative(participants_total="9", **sensitive)["suppressed_counts"] == ["participants_total"]
    assert made.initiative(participants_total="10", **sensitive)["participants_total"] == 10
    assert refused(k_threshold=5, **sensitive)["k_threshold"]


def test_a_threshold_of_its_own_counts() -> None:
    assert made.initiative(k_threshold=20, participants_total=19)["suppressed_counts"] == [
        "participants_total"
    ]


def test_row_014_a_good_practice_is_shown_in_person_and_online() -> None:
    initiative = made.initiative(
        good_practice="ναι",
        good_practice_reason_translated={"el": "Δοκιμάστηκε σε τρεις γειτονιές."},
        events=[
            {"title": "Παρουσίαση", "start": f"0{day}/05/2026 18:00", "mode": mode}
            for day, mode in enumerate(("in_person", "online", "hybrid"), 1)
        ],
    )
    assert [one["mode"] for one in initiative["events"]] == ["in_person", "online", "hybrid"]
    assert facet("good_practice") == {"true": 1}


def test_row_076_good_practices_are_collected_by_a_search() -> None:
    made.initiative()
    good = made.initiative(good_practice=True, good_practice_reason_translated={"el": "Μεταφέρεται."})
    found = samples.act("package_search", fq="good_practice:true")["results"]
    assert [one["id"] for one in found] == [good["id"]]


def test_row_105_partners_have_numbers_of_registers_and_are_a_facet() -> None:
    made.initiative(partners=[{"name": "Πανεπιστήμιο Πατρών", "identifier": "https://ror.org/017wvtq80"}])
    assert facet("vocab_partner_name") == {"Πανεπιστήμιο Πατρών": 1}


def test_row_111_an_evaluation_says_whether_to_go_on() -> None:
    given = {"date": "1/6/2026", "evaluator": "Τμήμα Προγραμματισμού", "verdict": "change"}
    assert made.initiative(evaluation=[given])["evaluation"][0]["verdict"] == "change"
    assert refused(evaluation=[given | {"verdict": "maybe"}])["evaluation"]


def test_row_114_what_keeps_an_initiative_alive_is_a_facet() -> None:
    initiative = made.initiative(sustainability_status="at_risk")
    assert facet("sustainability_status") == {"at_risk": 1}
    assert initiative["stale"] is False


def test_row_118_an_amount_may_be_an_estimate() -> None:
    (funding,) = made.initiative(
        funding=[{"programme": "RRF", "amount_total": "6.000.000", "estimated": "ναι"}]
    )["funding"]
    assert (funding["amount_total"], funding["estimated"]) == (6_000_000, True)


def test_row_123_days_and_kind_of_taking_part_in_events_elsewhere() -> None:
    (event,) = made.initiative(
        events=[{"title": "Συνέδριο", "start": "2026-09-01", "end": "2026-09-03", "status": "postponed"}]
    )["events"]
    assert (event["start"], event["end"], event["status"]) == ("2026-09-01", "2026-09-03", "postponed")


def test_an_event_keeps_its_identifier_and_a_copy_gets_its_own() -> None:
    initiative = made.initiative(events=[{"title": "Α", "start": "1/5/2026"}])
    first = initiative["events"][0]
    both = initiative | {"events": [first, first | {"title": "Β"}]}
    events = samples.act("package_update", **both)["events"]
    assert events[0]["uid"] == first["uid"]
    assert events[1]["uid"] != first["uid"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"start_date": ""}, "start_date"),
        ({"end_date": "2026-02-28"}, "end_date"),
        ({"initiative_status": "completed"}, "end_date"),
        ({"lead_org": []}, "run_by"),
        ({"events": [{"title": "Α", "start": "2/5/2026", "end": "1/5/2026"}]}, "events"),
        ({"events": [{"title": "Α", "start": "1/5/2026 20:00", "end": "1/5/2026 18:00"}]}, "events"),
        ({"events": [{"title": "Α", "start": "15-13/11/2023"}]}, "events"),
        ({"events": [{"title": "Α", "start": "1/5/2026", "tz": "Europe/Patras"}]}, "events"),
        ({"events": [{"title": "Α", "start": "1/5/2026", "lat": "38"}]}, "events"),
        (
            {"application": [{"open_date": "2/5/2026", "close_date": "1/5/2026"}], "selection_model": "none"},
            "application",
        ),
        ({"nuts_region": ["EL65"]}, "nuts_region"),
        ({"participants_total": "περίπου 100"}, "participants_total"),
        ({"run_by": ["no-such-group"]}, "run_by"),
        ({"lead_org": ["no-such-body"]}, "lead_org"),
        ({"events": [{"title": "<script>", "start": {"a": 1}}]}, "events"),
        ({"events": [{"title": "Α" * 301, "start": "1/5/2026"}]}, "events"),
        ({"events": [{"title": "Α", "start": "1/5/2026", "tz": "../../etc/passwd"}]}, "events"),
        ({"funding": [{"programme": "EEA_GRANTS", "url": "javascript:alert(1)"}]}, "funding"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    assert list(refused(**given)) == [field]
    assert samples.act("package_search")["count"] == 0


def test_an_idea_needs_no_start_and_a_group_may_run_it_without_a_body() -> None:
    group = made.group()
    initiative = made.initiative(initiative_status="idea", start_date="", lead_org=[], run_by=group["name"])
    assert (initiative["run_by"], "start_date" in initiative) == ([group["id"]], False)


def test_initiatives_are_counted_by_lead_body_and_year() -> None:
    initiative = made.initiative()
    body = samples.act("organization_show", id=initiative["owner_org"])
    assert facet("vocab_lead_org") == {body["name"]: 1}
    assert facet("start_year") == {"2026": 1}
    asked = {"facet.field": ["vocab_lead_org"], "rows": 0}
    (item,) = samples.act("package_search", **asked)["search_facets"]["vocab_lead_org"]["items"]
    assert item["display_name"] == "Δήμος Πατρέων"


def test_what_is_shown_can_be_saved_again_unchanged() -> None:
    group = made.group()
    initiative = made.initiative(
        run_by=[group["id"]],
        partners=[{"name": "Mollet", "country": "ESP"}],
        funding=[{"programme": "EEA_GRANTS", "amount_total": "5.525,00 €", "estimated": True}],
        application=[{"open_date": "1/3/2026", "channel": ["online", "kiosk"]}],
        selection_model="lottery",
        impact=[{"label": "Μέλη", "value": "1.234,5", "as_of": "1/6/2026"}],
        events=[{"title": "Α", "start": "13-15/11/2023"}],
        evaluation=[{"date": "1/6/2026", "verdict": "continue"}],
        participants_total="3",
        accessibility=["wheelchair", "captions"],
        target_groups=["women"],
    )
    samples.act("package_update", **initiative)
    again = samples.act("package_show", id=initiative["id"])
    volatile = ("metadata_modified", "organization")
    assert {name: again[name] for name in again if name not in volatile} == {
        name: initiative[name] for name in initiative if name not in volatile
    }
