"""A small world of participation: a group, its initiatives, consultations at every stage, works, indicators.

Invented, as a municipality would enter them; days are told from today, so that the stages hold on any day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import requests

from .staff_fixtures import act, token

__all__ = ["act", "token", "world"]

Act = Callable[..., Any]
Send = Callable[..., str]
TODAY = date.today()


def day(away: int) -> str:
    """The day that many days from today, in ISO."""
    return (TODAY + timedelta(days=away)).isoformat()


def point(lon: float, lat: float) -> str:
    """A place as GeoJSON."""
    return f'{{"type": "Point", "coordinates": [{lon}, {lat}]}}'


COMMON: dict[str, Any] = {
    "theme": ["GOVE"],
    "activity_field": ["public_space"],
    "language": ["ELL"],
    "municipal_unit": ["370101"],
    "contact_unit": "Γραφείο Δημοτικού Συμβουλίου",
    "contact_email": "symmetochi@patras.example",
    "license_id": "CC_BY_4_0",
    "privacy_level": "no_personal_data",
    "source_system": "manual",
    "review_status": "published",
    "last_verified_date": day(-20),
    "tags": [{"name": "πλατείες"}, {"name": "συμμετοχή"}],
}

GROUP: dict[str, Any] = {
    "type": "citizen_group",
    "name": "geitonia-se-kinisi",
    "title_translated": {"el": "Γειτονιά σε κίνηση", "en": "Neighbourhood on the move"},
    "notes_translated": {"el": "Ομάδα κατοίκων της Άνω Πόλης. **Κάθε Σάββατο** στην πλατεία.", "en": ""},
    "mission_translated": {
        "el": "Ζωντανές πλατείες, με σκιά και νερό, που τις φροντίζουν όσοι μένουν γύρω.",
        "en": "",
    },
    "group_type": "association",
    "legal_status": "registered",
    "group_status": "active",
    "verification": "verified_by_city",
    "founding_year": 2012,
    "area_of_action": "neighbourhood",
    "target_groups": ["children", "older_people"],
    "services_offered": ["clean_up", "cultural_events"],
    "joining_mode": "open",
    "join_url": "https://geitonia.example/join",
    "volunteer_needs_translated": {"el": "Δέκα άτομα για το πότισμα του καλοκαιριού.", "en": ""},
    "member_band": "50-199",
    "volunteer_band": "10-49",
    "website": "https://geitonia.example",
    "public_email": "info@geitonia.example",
    "contact_basis": "published_by_group",
    "contact_basis_date": day(-60),
    "social": [{"platform": "facebook", "url": "https://social.example/geitonia"}],
    "premises": [
        {"address": "Παντανάσσης 12", "postcode": "26225", "hours": "Σάββατο 10:00–13:00", "wheelchair": True}
    ],
    "identifiers": [{"scheme": "COURT_REGISTER", "value": "1234/2012"}],
    "certifications": [
        {
            "scheme": "Μητρώο εθελοντικών οργανώσεων",
            "certifier": "Περιφέρεια",
            "status": "valid",
            "valid_from": day(-900),
            "valid_until": day(200),
        },
        {
            "scheme": "Παλαιά πιστοποίηση",
            "certifier": "Υπουργείο",
            "status": "valid",
            "valid_from": day(-2000),
            "valid_until": day(-100),
        },
    ],
    "alt_names": [{"name": "ΓΣΚ", "kind": "abbr", "lang": "ELL"}],
    "spatial": point(21.7400, 38.2440),
}

CONSULTATION: dict[str, Any] = {
    "type": "consultation",
    "notes_translated": {
        "el": "Η πλατεία χρειάζεται σκιά και πρόσβαση για όλους. Προτάθηκαν τρεις εκδοχές.",
        "en": "",
    },
    "consultation_type": "public_consultation",
    "consultation_level": "municipal",
    "audience": ["residents", "businesses"],
    "participation_depth": "consult",
    "platform": "in_person",
    "channels": ["platform", "in_person"],
    "lead_unit": "Διεύθυνση Έργων Υποδομής",
}

DECIDED: dict[str, Any] = {
    **CONSULTATION,
    "name": "anaplasi-psilalonion",
    "title_translated": {
        "el": "Ανάπλαση πλατείας Ψηλαλωνίων: τρεις εκδοχές",
        "en": "Psilalonia square: three designs",
    },
    "open_date": day(-240),
    "close_date": day(-221),
    "close_time": "15:00",
    "report_date": day(-200),
    "response_published_date": day(-190),
    "participants": 1204,
    "contributions": 388,
    "proposals": 214,
    "proposals_accepted": 61,
    "proposals_partly": 34,
    "proposals_rejected": 101,
    "proposals_unanswered": 18,
    "votes": 1204,
    "electorate": 109000,
    "options": [
        {"label": "Εκδοχή Β: σκιά και νερό", "votes": 641},
        {"label": "Εκδοχή Α: ανοιχτή πλατεία", "votes": 374},
        {"label": "Εκδοχή Γ: ως έχει", "votes": 189},
    ],
    "outcome_result": "adopted_with_changes",
    "outcome_summary_translated": {
        "el": "Επιλέχθηκε η εκδοχή Β. Προστέθηκαν 40 δέντρα και ράμπα, όπως ζήτησαν 61 προτάσεις.",
        "en": "",
    },
    "decisions": [
        {
            "ada": "9ΞΧΨΩΞΙ-4ΤΣ",
            "title": "Έγκριση της εκδοχής Β για την πλατεία Ψηλαλωνίων",
            "body": ["municipal_council"],
            "issue_date": day(-180),
            "result": "adopted_with_changes",
        }
    ],
    "legal_basis": [{"label": "Ν. 3852/2010, άρθρο 76", "url": "https://www.et.gr/"}],
    "spatial": point(21.7335, 38.2430),
}
OPEN: dict[str, Any] = {
    **CONSULTATION,
    "name": "kykloforia-sto-kentro",
    "title_translated": {"el": "Κυκλοφορία στο κέντρο: μονοδρομήσεις και πεζόδρομοι", "en": ""},
    "open_date": day(-10),
    "close_date": day(5),
    "platform_url": "https://diavoulefsi.example/kykloforia",
    "proposals": 41,
}
UNANSWERED: dict[str, Any] = {
    **CONSULTATION,
    "name": "paidikes-chares",
    "title_translated": {"el": "Πού χρειάζονται παιδικές χαρές;", "en": "Where are playgrounds needed?"},
    "consultation_type": "idea_call",
    "open_date": day(-420),
    "close_date": day(-400),
    "proposals": 87,
}
ANNOUNCED: dict[str, Any] = {
    **CONSULTATION,
    "name": "kanonismos-koinochriston",
    "title_translated": {"el": "Νέος κανονισμός κοινόχρηστων χώρων", "en": ""},
    "consultation_type": "regulation_text",
    "open_date": day(12),
    "close_date": day(30),
}

WORKS: dict[str, Any] = {
    "type": "works_project",
    "name": "ergo-psilalonia",
    "title_translated": {"el": "Ανάπλαση Ψηλαλωνίων", "en": "Works at Psilalonia square"},
    "notes_translated": {"el": "Φύτευση, δάπεδα, ράμπες και δίκτυο νερού.", "en": ""},
    "project_type": "rehabilitation",
    "project_status": "implementation",
    "sector": ["public_space"],
    "origin": "consultation",
    "responsible_unit": "Διεύθυνση Έργων Υποδομής",
    "planned_start_date": day(-150),
    "planned_end_date": day(-30),
    "actual_start_date": day(-120),
    "physical_progress": 35,
    "financial_progress": 20,
    "budget_approved": 1250000,
    "contract_value": 1100000,
    "amount_paid": 250000,
    "currency": "EUR",
    "funding": [
        {
            "programme": "ESPA_2021_27",
            "funder": "Ευρωπαϊκή Ένωση",
            "amount_total": 1250000,
            "amount_grant": 1000000,
            "currency": "EUR",
        }
    ],
    "contracting": [
        {
            "adam": "25SYMV012345678",
            "ada": "ΨΩΑΞΩΞΙ-ΒΒΒ",
            "cpv": "45233262-3",
            "procedure": "open",
            "supplier": "Δείγμα Τεχνική ΑΕ",
            "legal_person": True,
            "amount": 1100000,
            "signed_date": day(-130),
        }
    ],
    "milestones": [
        {"title": "Εγκατάσταση εργοταξίου", "due": day(-120), "done": day(-118), "status": "done"},
        {"title": "Δίκτυο νερού", "due": day(-60), "status": "delayed"},
        {"title": "Φύτευση", "due": day(40), "status": "planned"},
    ],
    "spatial": point(21.7335, 38.2430),
}
BUILT: dict[str, Any] = {
    "type": "works_project",
    "name": "rampes-agias-sofias",
    "title_translated": {"el": "Ράμπες στην πλατεία Αγίας Σοφίας", "en": ""},
    "notes_translated": {"el": "Δώδεκα ράμπες.", "en": ""},
    "project_type": "construction",
    "project_status": "completed",
    "sector": ["public_space"],
    "responsible_unit": "Διεύθυνση Έργων Υποδομής",
    "planned_start_date": day(-300),
    "planned_end_date": day(-200),
    "actual_start_date": day(-300),
    "actual_end_date": day(-205),
    "physical_progress": 100,
    "budget_approved": 60000,
    "currency": "EUR",
}
INDICATOR: dict[str, Any] = {
    "type": "indicator",
    "name": "prasino-ana-katoiko",
    "title_translated": {"el": "Πράσινο ανά κάτοικο", "en": "Green space per inhabitant"},
    "notes_translated": {"el": "Πόσο προσβάσιμο πράσινο αντιστοιχεί σε κάθε κάτοικο.", "en": ""},
    "indicator_scheme": "CITY",
    "indicator_code": "G-1",
    "indicator_theme": "public_space",
    "indicator_kind": "core",
    "unit": "square_metre",
    "per": "inhabitant",
    "direction": "up_is_better",
    "numerator": "Έκταση προσβάσιμου πρασίνου",
    "denominator": "Μόνιμος πληθυσμός",
    "method_translated": {"el": "Από το μητρώο πρασίνου, στο τέλος κάθε έτους.", "en": ""},
    "frequency": "ANNUAL",
    "baseline": [{"period": "2018", "value": 3.2}],
    "target": [{"period": "2030", "value": 6}],
}
EMPTY: dict[str, Any] = {
    **{name: value for name, value in INDICATOR.items() if name not in ("baseline", "target")},
    "name": "diavoulefseis-to-chrono",
    "title_translated": {"el": "Διαβουλεύσεις ανά έτος", "en": ""},
    "indicator_code": "G-2",
}
VALUES = [
    ("2018", 3.2, "A"),
    ("2019", 3.4, "A"),
    ("2020", None, "M"),
    ("2021", 3.6, "A"),
    ("2022", 3.9, "A"),
    ("2023", 4.0, "A"),
    ("2024", 4.1, "P"),
]

INITIATIVE: dict[str, Any] = {
    "type": "initiative",
    "name": "skia-stis-plateies",
    "title_translated": {"el": "Σκιά στις πλατείες", "en": "Shade for the squares"},
    "notes_translated": {"el": "Φυτεύουμε μαζί, γειτονιά με γειτονιά.", "en": ""},
    "initiative_type": "volunteer_action",
    "initiative_status": "running",
    "level": "neighbourhood",
    "start_date": day(-90),
    "end_date": day(90),
    "target_groups": ["general_public"],
    "accessibility": ["wheelchair"],
    "application": [
        {
            "open_date": day(-30),
            "close_date": day(20),
            "channel": ["online", "front_desk"],
            "url": "https://geitonia.example/apply",
            "documents": "Καμία προϋπόθεση",
        }
    ],
    "selection_model": "first_come",
    "funding": [
        {
            "programme": "EEA_GRANTS",
            "funder": "ΕΟΧ",
            "amount_total": 5525,
            "amount_grant": 4972.5,
            "currency": "EUR",
        }
    ],
    "expected_outcome_translated": {"el": "Ενίσχυση της συμμετοχής των πολιτών στα κοινά.", "en": ""},
    "participants_total": 212,
    "enrolments_total": 340,
    "beneficiaries_distinct": 212,
    "volunteer_hours": 1860,
    "sustainability_status": "funded",
    "partners": [{"name": "Δείγμα Εταίρος", "country": "ESP", "url": "https://partner.example"}],
    "evaluation": [
        {
            "date": day(-15),
            "evaluator": "Γραφείο Εθελοντισμού",
            "method": "Ερωτηματολόγιο",
            "verdict": "continue",
        }
    ],
    "events": [
        {
            "title": "Φύτευση στην πλατεία",
            "start": f"{day(6)}T10:00",
            "end": f"{day(6)}T13:00",
            "mode": "in_person",
            "venue": "Ψηλαλώνια",
            "status": "scheduled",
        },
        {
            "title": "Πρώτη συνάντηση",
            "start": f"{day(-80)}T18:00",
            "end": f"{day(-80)}T20:00",
            "mode": "online",
            "venue": "",
            "status": "scheduled",
        },
    ],
    "spatial": point(21.7350, 38.2460),
}


@pytest.fixture(scope="module")
def world(act: Act, token: str, address: str) -> Iterator[dict[str, dict[str, Any]]]:
    """The records by name, as they were made; all are gone afterwards."""

    def send(file: bytes, **told: str) -> str:
        where = f"{address}/api/3/action/participation_table_upload"
        sent = {"headers": {"Authorization": token}, "files": {"upload": ("times.csv", file)}, "timeout": 60}
        answer = requests.post(where, data=told, **sent)
        assert answer.ok, answer.text
        return str(answer.json()["result"]["resource_id"])

    made = build(act, send)
    yield made
    for each in made.values():
        act("dataset_purge", id=each["id"])
    act("organization_purge", id="dimos-deigmatos")


def build(act: Act, send: Send) -> dict[str, dict[str, Any]]:
    """Make the records and link them; by name, as they were made."""
    office = {"title_translated": {"el": "Δήμος Δείγματος", "en": "Sample city"}}
    office |= {"name": "dimos-deigmatos", "contact_email": "a@patras.example"}
    publisher = act("organization_create", **office)["id"]
    made: dict[str, dict[str, Any]] = {}

    def make(fields: dict[str, Any], **more: Any) -> str:
        found = act("package_create", **{**COMMON, "owner_org": publisher, **fields, **more})
        made[found["name"]] = found
        return str(found["id"])

    group = make(GROUP)
    indicator = make(INDICATOR)
    make(EMPTY)
    observations(act, send, indicator)
    effect = {"indicator": indicator, "baseline": 3.2, "target": 6, "value": 4.1, "unit": "m²"}
    works = make(WORKS, impact=[{**effect, "as_of": day(-40)}])
    make(BUILT)
    decided = make(DECIDED, leads_to_works=[works], about_works=[works])
    for fields in (OPEN, UNANSWERED, ANNOUNCED):
        make(fields)
    make(INITIATIVE, run_by=[group], lead_org=[publisher], answers_consultation=[decided])
    return made


def observations(act: Act, send: Send, indicator: str) -> None:
    """The indicator's table, through the same door as any table with a role."""
    head = "Περίοδος;Κωδικός περιοχής;Τιμή;Μονάδα;Κατάσταση τιμής"
    rows = [f"{period};3701;{'' if value is None else value};m2;{status}" for period, value, status in VALUES]
    text = "\n".join([head, *rows, ""]).replace(".", ",")
    told = {"package_id": indicator, "name": "Τιμές", "resource_role": "observations"}
    resource = send(text.encode(), **told)
    done = act("participation_table_publish", resource_id=resource)
    assert done["outcome"] == "published", done
