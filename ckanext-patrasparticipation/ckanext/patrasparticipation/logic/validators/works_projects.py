"""Rules about several fields of a works project; they belong in ``after_validators``."""

from __future__ import annotations

import re

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records import vocabularies
from ckanext.patrasparticipation.records.computed.reading import number

CPV = re.compile(r"\d{8}(-\d)?")
MIS = re.compile(r"\d{7}")
PERSON = ",,"  # Diavgeia writes people as SURNAME,,NAME,FATHER'S NAME
FULL = 100  # percent


def participation_works_dates(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse an end before its start, something done in the future, and completion without an end."""
    today = clock.today(clock.now()).isoformat()
    for kind in ("planned", "actual"):
        start, end = flat.text(data, f"{kind}_start_date"), flat.text(data, f"{kind}_end_date")
        if not flat.in_order(start, end):
            flat.refuse(errors, (f"{kind}_end_date",), tk._("A project cannot end before it starts"))
    for name in ("actual_start_date", "actual_end_date"):
        if not errors.get((name,)) and flat.text(data, name) > today:
            flat.refuse(errors, (name,), tk._("What has happened has a date until today"))
    is_completed = flat.text(data, "project_status") == "completed"
    if is_completed and not flat.text(data, "actual_end_date"):
        message = tk._("The project is completed: give the day on which it ended")
        flat.refuse(errors, ("actual_end_date",), message)


def participation_works_progress(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """A completed project is done to 100 percent: filled in where left out, refused where it is less."""
    if flat.text(data, "project_status") != "completed" or errors.get(("physical_progress",)):
        return
    given = flat.text(data, "physical_progress")
    if not given:
        flat.put(data, "physical_progress", str(FULL))
    elif number(given) != FULL:
        message = tk._("The project is completed: its physical progress is 100")
        flat.refuse(errors, ("physical_progress",), message)


def participation_works_contracts(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a supplier who is not said to be a legal person, and codes that no register gives."""
    divisions = vocabularies.terms("cpv_division")
    for row, contract in flat.parts(data, "contracting"):
        _supplier(contract, errors, row)
        code = str(contract.get("cpv", ""))
        if code and not (CPV.fullmatch(code) and code[:2] in divisions):
            message = tk._("'{value}' is not a CPV code like 45233000-9").format(value=code[:40])
            flat.refuse(errors, ("contracting", row, "cpv"), message)
    for row, one in flat.parts(data, "project_code"):
        if one.get("scheme") == "MIS_OPS" and not MIS.fullmatch(str(one.get("value", ""))):
            flat.refuse(errors, ("project_code", row, "value"), tk._("A MIS code has seven digits"))


def _supplier(contract: flat.Part, errors: FlattenErrorDict, row: int) -> None:
    """No person is catalogued: a supplier's name and tax number stand only for a legal person."""
    if contract.get("legal_person") != "true":
        for name in ("supplier", "supplier_afm"):
            if contract.get(name):
                message = tk._("Only a legal person is named: mark it as one, or leave the supplier empty")
                flat.refuse(errors, ("contracting", row, name), message)
    elif PERSON in str(contract.get("supplier", "")):
        message = tk._("This is how a person's name is written; people are not named")
        flat.refuse(errors, ("contracting", row, "supplier"), message)
