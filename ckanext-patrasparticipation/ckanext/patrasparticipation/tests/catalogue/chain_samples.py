"""The smallest sound consultation, works project and indicator, for tests that need one to exist."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from ckanext.patrasparticipation import clock

from . import samples

SHARED = {
    "notes_translated": {"el": "Δοκιμαστική εγγραφή."},
    "activity_field": ["public_space"],
    "contact_unit": "Γραφείο Δημοτικού Συμβουλίου",
    "contact_email": "symvoulio@patras.example",
}
CONSULTATION = {
    **SHARED,
    "type": "consultation",
    "title_translated": {"el": "Ανάπλαση πλατείας", "en": "A square made anew"},
    "lead_unit": "Γραφείο Δημοτικού Συμβουλίου",
    "consultation_type": "public_consultation",
    "audience": ["residents"],
    "platform": "manual",
    "platform_url": "https://diavouleuseis.patras.example/plateia",
    "open_date": "2026-03-01",
    "close_date": "2026-03-31",
}
OUTCOME = {
    "outcome_result": "adopted_with_changes",
    "outcome_summary_translated": {"el": "Προστέθηκαν δέντρα και ράμπες."},
}
WORKS_PROJECT = {
    **SHARED,
    "type": "works_project",
    "title_translated": {"el": "Ανακατασκευή πεζοδρομίων", "en": "Pavements made anew"},
    "project_type": "construction",
    "project_status": "implementation",
    "sector": ["public_space"],
    "responsible_unit": "Διεύθυνση Έργων Υποδομής",
}
INDICATOR = {
    **SHARED,
    "type": "indicator",
    "title_translated": {"el": "Διαβουλεύσεις ανά έτος", "en": "Consultations per year"},
    "theme": ["GOVE"],
    "indicator_scheme": "CITY",
    "indicator_code": "DIAV-1",
    "indicator_theme": "governance",
    "unit": "number",
    "per": "total",
    "direction": "up_is_better",
    "numerator": "Διαβουλεύσεις που άνοιξαν μέσα στο έτος",
    "method_translated": {"el": "Μετριούνται οι εγγραφές του καταλόγου."},
    "frequency": "ANNUAL",
}


def create(wanted: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The record in the catalogue, made by the site user, as ``package_show`` gives it."""
    owner = more.get("owner_org") or samples.publisher()["id"]
    made = samples.act("package_create", **{**wanted, "owner_org": owner, **more})
    return show(made["id"])


def show(name: str) -> dict[str, Any]:
    """The record as ``package_show`` gives it."""
    shown: dict[str, Any] = samples.act("package_show", id=name)
    return shown


def errors(wanted: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the catalogue has against the record, in English; needs a request."""
    owner = more.get("owner_org") or samples.publisher()["id"]
    return samples.refusal("package_create", **{**wanted, "owner_org": owner, **more})


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> datetime:
    """Move the one clock to a moment in Athens (``2026-03-01T23:30``); gives it in UTC."""
    local = datetime.fromisoformat(moment).replace(tzinfo=clock.CITY)
    now = local.astimezone(timezone.utc)
    monkeypatch.setattr(clock, "now", lambda: now)
    return now
