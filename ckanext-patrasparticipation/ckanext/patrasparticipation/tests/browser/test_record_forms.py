"""The cases of five documents, entered by an editor in the real forms, in Greek, and what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .record_desk import RecordForm
from .staff_fixtures import act, organization, seat, token
from .watch import Watched

__all__ = ["act", "organization", "seat", "token"]  # fixtures

PARTNERS = ("ESP", "ITA", "PRT", "GRC", "ROU", "LVA", "POL", "FRA", "BIH")


@pytest.fixture(scope="module")
def form(seat: Watched) -> RecordForm:
    """The editor's form."""
    return RecordForm(seat)


@pytest.fixture(scope="module")
def team(form: RecordForm) -> dict[str, Any]:
    """A team of volunteers that runs what the other cases are about."""
    form.open("/citizen_group/new").common(
        "Παρέα της Άνω Πόλης", "Άνθρωποι μιας γειτονιάς που φροντίζουν σκάλες και πλατείες."
    )
    form.type(mission_translated__el="Να περπατιέται η γειτονιά με ασφάλεια.", founding_year="2012")
    form.choose(group_type="neighbourhood_group", area_of_action="neighbourhood", legal_status="unregistered")
    form.tick(activity_field=["public_space"], municipal_unit=["370101"])
    return form.saved()


def test_row_017_a_project_of_six_months_keeps_its_budget_and_its_grant(
    form: RecordForm, team: dict[str, Any], pictures: Path
) -> None:
    form.open("/initiative/new").common(
        "Χάρτης ομάδων της Πάτρας", "Ένας κοινός χάρτης με ό,τι κάνουν οι ομάδες της πόλης."
    )
    form.choose(initiative_type="pilot", initiative_status="completed", project_size="small")
    form.tick(activity_field=["digital_innovation"], municipal_unit=["3701"])
    form.type(start_date="01/03/2022", end_date="31/08/2022", duration="6 μήνες")
    form.find("run_by", "ανω πολ", "Παρέα της Άνω Πόλης")
    amounts = {"amount_total": "5.525,00 €", "amount_grant": "4.972,50 €"}
    form.add("funding", {"programme": "EEA_GRANTS"}, funder="Χρηματοδοτικός Μηχανισμός ΕΟΧ", **amounts)
    form.watched.picture(pictures, "form-initiative-filled")
    made = form.saved()
    assert made["type"] == "initiative"
    assert made["run_by"] == [team["id"]]
    assert made["duration"] == "P6M"
    assert (made["start_date"], made["end_date"]) == ("2022-03-01", "2022-08-31")
    (funding,) = made["funding"]
    assert (funding["programme"], funding["amount_total"], funding["amount_grant"]) == (
        "EEA_GRANTS",
        5525,
        4972.5,
    )
    assert funding["currency"] == "EUR"
    assert made["funding_programme"] == ["EEA_GRANTS"]

    form.open(f"/initiative/edit/{made['name']}")
    assert form.page.input_value("#field-funding-0-amount_grant") == "4972,5"
    assert form.page.input_value("#field-start_date") == "01/03/2022"
    again = form.saved()
    kept = ("funding", "run_by", "duration", "start_date", "activity_field", "owner_org", "private", "state")
    assert {key: again[key] for key in kept} == {key: made[key] for key in kept}


@pytest.mark.parametrize(
    ("title", "options"),
    [
        ("Νέο σήμα του δήμου", {"Το κύμα": "11", "Ο φάρος": "9", "Να μείνει το σημερινό": "5"}),
        ("Όνομα της ιστοσελίδας", {"patra.example": "14", "dimos-patras.example": "8"}),
    ],
)
def test_row_025_a_pilot_of_five_days_keeps_its_options_and_their_tally(
    form: RecordForm, title: str, options: dict[str, str]
) -> None:
    form.open("/consultation/new").common(title, "Δοκιμαστική διαβούλευση ανάμεσα στα μέλη του συμβουλίου.")
    form.type(lead_unit="Γραφείο Δημοτικού Συμβουλίου", open_date="6/11/2023", close_date="10/11/2023")
    form.choose(
        consultation_type="poll",
        consultation_level="internal",
        participation_depth="consult",
        platform="oke_edialogue",
        pilot="true",
    )
    form.tick(audience=["council_members"], activity_field=["governance"])
    votes = sum(int(tally) for tally in options.values())
    form.type(
        votes=str(votes),
        electorate="49",
        report_date="13.11.2023",
        outcome_summary_translated__el="Επιλέχθηκε η πρώτη πρόταση.",
    )
    form.choose(outcome_result="adopted")
    form.type(platform_url="https://e-dialogue.example/patra")
    for label, tally in options.items():
        form.add("options", label=label, votes=tally)
    made = form.saved()
    assert (made["open_date"], made["close_date"], made["report_date"]) == (
        "2023-11-06",
        "2023-11-10",
        "2023-11-13",
    )
    assert made["duration_days"] == 5
    assert made["pilot"] is True
    assert [(one["label"], one["votes"]) for one in made["options"]] == [
        (label, int(n)) for label, n in options.items()
    ]
    assert made["votes"] == votes
    assert made["turnout"] == pytest.approx(votes / 49, abs=0.001) or made["turnout"] == pytest.approx(
        100 * votes / 49, abs=0.1
    )
    assert made["consultation_status"] == "reported"


def test_rows_047_to_055_an_action_group_with_nine_countries_meets_abroad(
    form: RecordForm, pictures: Path
) -> None:
    form.open("/citizen_group/new").common(
        "Τοπική ομάδα για το ψηφιακό χάσμα",
        "Φορείς της πόλης που συναντιούνται για όσους μένουν εκτός δικτύου.",
    )
    form.type(mission_translated__el="Κανείς χωρίς πρόσβαση σε ψηφιακές υπηρεσίες.")
    form.choose(group_type="local_action_group", area_of_action="municipality", legal_status="unregistered")
    form.tick(activity_field=["digital_innovation"], target_groups=["digitally_excluded", "older_people"])
    group = form.saved()
    assert (group["group_type"], group["target_groups"]) == (
        "local_action_group",
        ["older_people", "digitally_excluded"],
    )

    form.open("/initiative/new").common(
        "Ψηφιακές γέφυρες", "Εννέα πόλεις μαθαίνουν η μία από την άλλη πώς να μη μένει κανείς πίσω."
    )
    form.choose(initiative_type="exchange_network", initiative_status="completed", level="european")
    form.tick(activity_field=["digital_innovation"], target_groups=["digitally_excluded"])
    form.type(start_date="01/06/2023", end_date="31/12/2025")
    form.find("run_by", "ψηφιακο χασμα", "Τοπική ομάδα για το ψηφιακό χάσμα")
    for country in PARTNERS:
        form.add("partners", {"country": country}, name=f"Πόλη {country}")
    form.add(
        "events",
        {"mode": "in_person"},
        title="Συνάντηση εργασίας των πόλεων",
        start="13-15/11/2023",
        tz="Europe/Madrid",
        venue="Mollet del Vallès, Ισπανία",
    )
    form.add(
        "funding",
        {"programme": "URBACT"},
        reference="URBACT IV",
        url="https://urbact.eu/networks/digi-inclusion",
    )
    form.watched.picture(pictures, "form-initiative-partners")
    made = form.saved()
    assert [one["country"] for one in made["partners"]] == list(PARTNERS)
    assert sorted(made["partner_country"]) == sorted(PARTNERS)
    (event,) = made["events"]
    assert (event["start"], event["end"]) == ("2023-11-13", "2023-11-15")
    assert (event["venue"], event["tz"], event["mode"]) == (
        "Mollet del Vallès, Ισπανία",
        "Europe/Madrid",
        "in_person",
    )
    assert made["run_by"] == [group["id"]]
    uid = event["uid"]
    form.open(f"/initiative/edit/{made['name']}").type(events__0__venue="Mollet del Vallès")
    assert form.saved()["events"][0] == {**event, "venue": "Mollet del Vallès", "uid": uid}


def test_rows_058_to_073_a_solidarity_structure_selects_by_points(
    form: RecordForm, team: dict[str, Any]
) -> None:
    form.open("/initiative/new").common(
        "Κοινωνικό παντοπωλείο της γειτονιάς", "Τρόφιμα και είδη πρώτης ανάγκης για νοικοκυριά της πόλης."
    )
    form.choose(
        initiative_type="solidarity_structure",
        initiative_status="running",
        level="municipal",
        selection_model="points",
    )
    form.tick(activity_field=["social_solidarity"], services_offered=["food"], target_groups=["low_income"])
    form.type(
        start_date="01/10/2024",
        enrolments_total="1.240",
        beneficiaries_distinct="860",
        volunteers_total="42",
        volunteer_hours="3.150",
    )
    form.find("run_by", "παρεα", "Παρέα της Άνω Πόλης")
    call = form.add(
        "application",
        open_date="01/09/2024",
        close_date="30/09/2024",
        documents="Όσοι διαμένουν στον δήμο· εκκαθαριστικό και βεβαίωση κατοικίας.",
    )
    form.tick(**{f"{call}-channel": ["front_desk", "online"]})
    made = form.saved()
    assert made["selection_model"] == "points"
    (application,) = made["application"]
    assert application["channel"] == ["online", "front_desk"]
    assert (application["open_date"], application["close_date"]) == ("2024-09-01", "2024-09-30")
    assert made["application_status"] == "closed"
    assert (made["enrolments_total"], made["beneficiaries_distinct"]) == (1240, 860)
    assert (made["volunteers_total"], made["volunteer_hours"]) == (42, 3150)


def test_row_090_the_delay_of_a_work_is_computed_and_never_typed(form: RecordForm) -> None:
    form.open("/works_project/new").common(
        "Ανάπλαση σκάλας στην Άνω Πόλη", "Νέα σκαλοπάτια, φωτισμός και δύο πλατύσκαλα με σκιά."
    )
    form.choose(project_type="rehabilitation", project_status="completed")
    form.tick(sector=["public_space"], activity_field=["public_space"])
    form.type(
        responsible_unit="Διεύθυνση Τεχνικών Υπηρεσιών",
        budget_approved="186.000,00 €",
        physical_progress="100",
    )
    form.type(
        planned_start_date="01/02/2024",
        planned_end_date="30/06/2024",
        actual_start_date="12/02/2024",
        actual_end_date="28/11/2024",
    )
    form.add("milestones", title="Παράδοση του φωτισμού", due="31/05/2024", done="20/10/2024")
    assert form.page.locator("#field-delay_days, [name=delay_days]").count() == 0
    made = form.saved()
    assert made["delay_days"] == 151
    assert made["budget_approved"] == 186000
    assert made["milestones"][0]["done"] == "2024-10-20"


def test_an_indicator_is_made_and_changed(form: RecordForm) -> None:
    form.open("/indicator/new").common(
        "Διαβουλεύσεις ανά έτος", "Πόσες διαβουλεύσεις ολοκληρώνει ο δήμος κάθε χρόνο."
    )
    form.choose(indicator_scheme="CITY", direction="up_is_better")
    form.type(
        indicator_code="Δ-01",
        numerator="Διαβουλεύσεις που έκλεισαν μέσα στο έτος",
        method_translated__el="Μετρούνται όσες έχουν ημερομηνία λήξης στο έτος.",
    )
    form.page.select_option("#field-unit", index=1)
    form.page.select_option("#field-indicator_theme", "governance")
    form.add("target", period="2026", value="14")
    form.tick(activity_field=["governance"], theme=["GOVE"])
    made = form.saved()
    assert made["target"] == [{"period": "2026", "value": 14}]
    form.open(f"/indicator/edit/{made['name']}").add("target", period="2027", value="16,5")
    assert [one["value"] for one in form.saved()["target"]] == [14, 16.5]
