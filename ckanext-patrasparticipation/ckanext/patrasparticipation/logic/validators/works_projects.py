"""Rules about several fields of a works project; they belong in ``after_validators``."""

from __future__ import annotations

import re

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import flat, vocabularies

CPV = re.compile(r"\d{8}(-\d)?")
MIS = re.compile(r"\d{7}")
PERSON = ",,"  # Diavgeia writes people as SURNAME,,NAME,FATHER'S NAME
FULL = 100  # percent


def participation_works_dates(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse an end before its start, something actual in the future, and a completed project without an end."""
    today = clock.today(clock.now()).isoformat()
    for kind in ("planned", "actual"):
        start, end = flat.value(data, f"{kind}_start_date"), flat.value(data, f"{kind}_end_date")
        if isinstance(start, str) and isinstance(end, str) and end < start:  # ISO dates sort as text
            flat.refuse(errors, (f"{kind}_end_date",), tk._("A project cannot end before it starts"))
    for name in ("actual_start_date", "actual_end_date"):
        given = flat.value(data, name)
        if isinstance(given, str) and flat.is_sound(errors, name) and given > today:
            flat.refuse(errors, (name,), tk._("What has happened has a date until today"))
    if flat.value(data, "project_status") == "completed" and not flat.value(data, "actual_end_date"):
        message = tk._("The project is completed: give the day on which it ended")
        flat.refuse(errors, ("actual_end_date",), message)


def participation_works_progress(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """A completed project is done to 100 percent: filled in where it was left out, refused where it is less."""
    if flat.value(data, "project_status") != "completed":
        return
    done = flat.number(data, "physical_progress")
    if done is None and flat.is_sound(errors, "physical_progress"):
        flat.put(data, "physical_progress", str(FULL))
    elif done is not None and done != FULL:
        message = tk._("The project is completed: its physical progress is 100")
        flat.refuse(errors, ("physical_progress",), message)


def participation_works_contracts(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a supplier who is not said to be a legal person, and codes that no register gives."""
    for row in flat.rows(data, "contracting"):
        _supplier(flat.part(data, "contracting", row), errors, row)
        code = flat.value(data, "contracting", row, "cpv")
        known = vocabularies.terms("cpv_division")
        if code and not (CPV.fullmatch(str(code)) and str(code)[:2] in known):
            message = tk._("'{value}' is not a CPV code like 45233000-9").format(value=str(code)[:40])
            flat.refuse(errors, ("contracting", row, "cpv"), message)
    for row in flat.rows(data, "project_code"):
        given = flat.part(data, "project_code", row)
        if given.get("scheme") == "MIS_OPS" and not MIS.fullmatch(str(given.get("value") or "")):
            flat.refuse(errors, ("project_code", row, "value"), tk._("A MIS code has seven digits"))


def _supplier(contract: dict[str, object], errors: FlattenErrorDict, row: int) -> None:
    """No person is catalogued: a supplier's name and tax number stand only for a legal person."""
    name = contract.get("supplier")
    if contract.get("legal_person") != "true":
        for field in ("supplier", "supplier_afm"):
            if contract.get(field):
                message = tk._("Only a legal person is named: mark it as one, or leave the supplier empty")
                flat.refuse(errors, ("contracting", row, field), message)
    elif isinstance(name, str) and PERSON in name:
        message = tk._("This is how a person's name is written; people are not named")
        flat.refuse(errors, ("contracting", row, "supplier"), message)
