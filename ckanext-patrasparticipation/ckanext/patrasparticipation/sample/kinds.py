"""What a short line of ``records/*.yaml`` says, as the fields of a record: a function for each type. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

Line = Mapping[str, Any]
PREFIX, ELSEWHERE = "sample-", "outside"
UNIT = {"el": "Τμήμα Συμμετοχής (δείγμα)", "en": "Participation department (sample)"}
ADA, ADAM = "ΔΕΙΓΜΑ{:02}-ΑΑ1", "26SYMV{:09}"


def _day(today: date, offset: int | None) -> str | None:
    return None if offset is None else (today + timedelta(days=offset)).isoformat()


def _names(line: Line, key: str) -> list[str]:
    given = line.get(key) or []
    return [PREFIX + one for one in ([given] if isinstance(given, str) else given)]


def _impact(line: Line, today: date) -> list[dict[str, Any]]:
    return [{"indicator": one, "method": "Σύγκριση πριν και μετά"} for one in _names(line, "indicator")]


def _indicator(line: Line, number: int, today: date) -> dict[str, Any]:
    first = today.year - len(line["series"])
    target = [{"period": str(today.year + 4), "value": line["target"]}] if "target" in line else []
    return {
        "indicator_scheme": line.get("scheme", "CITY"),
        "indicator_code": line["code"],
        "indicator_theme": line.get("theme_code") or line["field"][0],
        "indicator_kind": line.get("kind"),
        "theme": ["SOCI"],
        "unit": line["unit"],
        "direction": line["direction"],
        "numerator": line["numerator"],
        "denominator": line.get("denominator"),
        "method_translated": {"el": line.get("method") or "Μέτρηση μία φορά τον χρόνο."},
        "frequency": "ANNUAL",
        "baseline": [{"period": str(first), "value": line["series"][0]}],
        "target": target,
    }


def _group(line: Line, number: int, today: date) -> dict[str, Any]:
    gone = line.get("dissolved", False)
    valid = _day(today, 200 if number % 2 else 40)
    certificate = {
        "scheme": "Μητρώο φορέων κοινωνικής φροντίδας (δείγμα)",
        "certifier": "Φορέας πιστοποίησης (δείγμα)",
        "number": f"Δ-{number:03}",
        "status": "valid",
        "valid_from": _day(today, -500),
        "valid_until": valid,
    }
    return {
        "mission_translated": line["mission"],
        "group_type": line["type"],
        "legal_status": "registered" if line.get("registered") else "unregistered",
        "identifiers": [{"scheme": "OTHER", "value": f"Δ-{number:03}"}] if line.get("registered") else None,
        "group_status": "dissolved" if gone else "active",
        "founding_year": today.year - 3 - number % 20,
        "dissolution_year": today.year - 1 if gone else None,
        "area_of_action": line["area"],
        "joining_mode": line["joining"],
        "member_band": line["members"],
        "target_groups": line.get("targets"),
        "services_offered": line.get("services"),
        "certifications": [certificate] if line.get("certified") else None,
    }


def _works(line: Line, number: int, today: date) -> dict[str, Any]:
    planned, actual = line.get("planned", []), line.get("actual", [])
    contract = line.get("contract")
    signed = {
        "adam": ADAM.format(number),
        "procedure": "open",
        "legal_person": True,
        "supplier": "Ανάδοχος Δείγμα Α.Ε.",
        "amount": contract,
        "signed_date": _day(today, planned[0] - 20) if planned else None,
    }
    steps = [
        {
            "title": "Μελέτη",
            "due": _day(today, planned[0] - 60),
            "done": _day(today, planned[0] - 55),
            "status": "done",
        },
        {"title": "Παράδοση", "due": _day(today, planned[1]), "status": "planned"},
    ]
    return {
        "project_type": line["type"],
        "project_status": line["status"],
        "sector": line["sector"],
        "responsible_unit": "Διεύθυνση Έργων (δείγμα)",
        "origin": line.get("origin"),
        "planned_start_date": _day(today, planned[0]),
        "planned_end_date": _day(today, planned[1]),
        "actual_start_date": _day(today, actual[0]) if actual else None,
        "actual_end_date": _day(today, actual[1]) if len(actual) > 1 else None,
        "physical_progress": line.get("progress"),
        "budget_approved": line.get("budget"),
        "contract_value": contract,
        "amount_paid": line.get("paid"),
        "contracting": [_filled(signed)] if contract else None,
        "milestones": [_filled(step) for step in steps],
        "funding": _funds(line),
        "impact": _impact(line, today),
    }


def _funds(line: Line) -> list[dict[str, Any]] | None:
    if not line.get("funder"):
        return None
    return [{"programme": line["funder"], "amount_total": line["budget"]}]


def _consultation(line: Line, number: int, today: date) -> dict[str, Any]:
    counts = dict(line.get("counts", {}))
    options = [{"label": label, "votes": votes} for label, votes in line.get("options", [])]
    if options:
        counts |= {"votes": sum(one["votes"] for one in options), "votes_per_person": 1}
    fate = zip(("accepted", "partly", "rejected", "unanswered"), line.get("fate", ()), strict=False)
    decision = {
        "ada": ADA.format(number),
        "title": "Απόφαση για τα αποτελέσματα της διαβούλευσης",
        "body": "municipal_council",
        "issue_date": _day(today, line.get("decided")),
        "result": line.get("result"),
    }
    return counts | {
        "consultation_type": line["type"],
        "participation_depth": line["depth"],
        "audience": ["residents"],
        "lead_unit": UNIT["el"],
        "platform": "e_patras",
        "platform_url": "https://www.example.gr/diavouleuseis",
        "channels": ["platform", "in_person"],
        "pilot": line.get("pilot"),
        "binding": line.get("binding"),
        "open_date": _day(today, line["open"]),
        "close_date": _day(today, line["close"]),
        "report_date": _day(today, line.get("report")),
        "response_published_date": _day(today, line.get("response")),
        "consultation_override": line.get("override"),
        "outcome_result": line.get("result"),
        "outcome_summary_translated": line.get("summary"),
        "decisions": [decision] if "decided" in line else None,
        "options": options,
        "leads_to_works": _names(line, "works"),
        "about_works": _names(line, "about"),
        "impact": _impact(line, today),
        **{f"proposals_{name}": number for name, number in fate},
    }


def _initiative(line: Line, number: int, today: date) -> dict[str, Any]:
    money = line.get("funding")
    funding = {"programme": money[0], "amount_total": money[1], "amount_grant": money[2]} if money else None
    apply = line.get("apply")
    call = {"open_date": _day(today, apply[0]), "close_date": _day(today, apply[1])} if apply else None
    verdict = {"date": _day(today, -15), "method": "Ερωτηματολόγιο", "verdict": line.get("evaluated")}
    return {
        "initiative_type": line["type"],
        "initiative_status": line["status"],
        "level": line.get("level"),
        "start_date": _day(today, line.get("start")),
        "end_date": _day(today, line.get("end")),
        "run_by": _names(line, "by"),
        "lead_org": "dimos-deigma" if line.get("lead") else None,
        "target_groups": line.get("targets"),
        "services_offered": line.get("services"),
        "partners": [{"name": name, "country": country} for name, country in line.get("partners", [])],
        "funding": [funding] if funding else None,
        "application": [{**call, "channel": ["online", "front_desk"]}] if call else None,
        "selection_model": line.get("selection"),
        "events": [_event(each, today) for each in line.get("events", [])],
        "participants_total": line.get("participants"),
        "volunteers_total": line.get("volunteers"),
        "volunteer_hours": line.get("hours"),
        "beneficiaries_distinct": line.get("beneficiaries"),
        "enrolments_total": line.get("enrolments"),
        "sustainability_status": line.get("sustainability"),
        "evaluation": [verdict] if line.get("evaluated") else None,
        "answers_consultation": _names(line, "answers"),
        "about_works": _names(line, "works"),
        "impact": _impact(line, today),
        "municipal_unit": line["unit"] + ([ELSEWHERE] if _is_abroad(line) else []),
    }


def _is_abroad(line: Line) -> bool:
    return any(ELSEWHERE in each for each in line.get("events", []))


def _event(given: list[Any], today: date) -> dict[str, Any]:
    offset, hour, hours, title, venue = given[:5]
    start = datetime.combine(today + timedelta(days=offset), time(hour))
    end = start + timedelta(hours=hours)
    said = [moment.isoformat(timespec="minutes") for moment in (start, end)]
    return {
        "title": title,
        "start": said[0],
        "end": said[1],
        "venue": venue,
        "mode": "in_person",
        "status": "scheduled",
    }


def _filled(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value is not None}


MAKERS: Mapping[str, Callable[[Line, int, date], dict[str, Any]]] = {
    "indicator": _indicator,
    "citizen_group": _group,
    "works_project": _works,
    "consultation": _consultation,
    "initiative": _initiative,
}
