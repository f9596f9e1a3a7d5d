"""The story of a group: what it is for, how to join, what it does, what vouches for it, how to reach it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from . import coded, shared, words

Record = Mapping[str, Any]

STATES = {"active": "open", "dissolved": "mute", "dormant": "late"}
HIDDEN = ("consent_expired", "none")


def story(record: dict[str, Any]) -> dict[str, Any]:
    """``{tags, mission, join, does, contact, certifications, identifiers, names, premises, size}``."""
    return {
        "tags": tags(record),
        "mission": words.text(record, "mission"),
        "join": join(record),
        "does": shared.named(record, "services_offered", "target_groups", "activity_field", "area_of_action"),
        "contact": contact(record),
        "certifications": certifications(record),
        "identifiers": [
            {"scheme": coded.part(record, "identifiers", row, "scheme"), "value": str(row.get("value") or "")}
            for row in words.rows(record, "identifiers")
        ],
        "names": [str(row["name"]) for row in words.rows(record, "alt_names") if row.get("name")],
        "premises": premises(record),
        "size": shared.named(record, "member_band", "volunteer_band", "legal_status"),
        "years": years(record),
    }


def tags(record: Record) -> list[dict[str, str]]:
    """Kind, status, who vouches for the record."""
    vouched = "" if record.get("verification") == "self_declared" else "open"
    found = [
        words.tag(coded.label(record, "group_status"), STATES.get(str(record.get("group_status")), "mute")),
        words.tag(coded.label(record, "group_type"), ""),
        words.tag(coded.label(record, "verification"), vouched or "mute"),
    ]
    return [tag for tag in found if tag["words"]]


def years(record: Record) -> str:
    """``από το 2012``, ``2012–2020``, or nothing."""
    first, last = record.get("founding_year"), record.get("dissolution_year")
    if first and last:
        return f"{first}–{last}"
    if first:
        return str(tk._("since {year}").format(year=first))
    return str(tk._("until {year}").format(year=last)) if last else ""


def join(record: Record) -> dict[str, Any] | None:
    """How to join: ``{"words", "url", "needs"}``; nothing for a group that is no more or tells nothing."""
    mode = str(record.get("joining_mode") or "")
    needs = words.text(record, "volunteer_needs")
    if record.get("group_status") == "dissolved" or not (mode or needs["text"] or record.get("join_url")):
        return None
    sentences = {
        "open": tk._("Anyone may join."),
        "by_application": tk._("One joins by application."),
        "closed": tk._("It takes no new members at present."),
        "not_applicable": tk._("It has no members to join."),
    }
    url = record.get("join_url") if mode not in ("closed", "not_applicable") else None
    return {"words": sentences.get(mode, ""), "url": url, "needs": needs}


def contact(record: Record) -> dict[str, Any]:
    """How to reach it, on a ground for it: ``{"email", "phone", "website", "social", "basis"}``."""
    allowed = bool(record.get("contact_basis")) and record.get("contact_state") not in HIDDEN
    found = {
        "email": record.get("public_email") if allowed else None,
        "phone": record.get("public_phone") if allowed else None,
        "website": record.get("website"),
        "social": [
            {"name": coded.part(record, "social", row, "platform"), "url": str(row.get("url") or "")}
            for row in words.rows(record, "social")
            if row.get("url")
        ],
    }
    given = found["email"] or found["phone"]
    basis = coded.label(record, "contact_basis") if given else ""
    return found | {"basis": basis, "day": words.told_day(record.get("contact_basis_date")) if basis else ""}


def certifications(record: Record) -> list[dict[str, str]]:
    """What vouches for it: ``{"scheme", "certifier", "number", "state", "kind", "span"}``."""
    states = record.get("certification_states") or []
    found = []
    for place, row in enumerate(words.rows(record, "certifications")):
        state = str(states[place] if place < len(states) else row.get("status") or "")
        found.append(
            {
                "scheme": str(row.get("scheme") or ""),
                "certifier": str(row.get("certifier") or ""),
                "number": str(row.get("number") or ""),
                "state": coded.part(record, "certifications", {"status": state}, "status"),
                "kind": {"valid": "open", "expired": "late", "revoked": "late"}.get(state, "mute"),
                "span": words.told_span(row.get("valid_from"), row.get("valid_until")),
            }
        )
    return found


def premises(record: Record) -> list[dict[str, Any]]:
    """Where it is found: ``{"address", "hours", "wheelchair"}``."""
    return [
        {
            "address": " ".join(str(row[name]) for name in ("address", "postcode") if row.get(name)),
            "hours": str(row.get("hours") or ""),
            "wheelchair": row.get("wheelchair"),
        }
        for row in words.rows(record, "premises")
        if row.get("address") and not row.get("private_home")
    ]
