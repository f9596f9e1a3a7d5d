"""Rules about several fields of a consultation.

They belong in ``after_validators``: CKAN validates fields in alphabetical order, so such a rule can trust a
field only when all have been read.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records import vocabularies
from ckanext.patrasparticipation.records.computed import consultation, consultation_reminders

NO_PAGE = ("in_person", "email")  # platforms that have no address of their own
PERSONAL = "personal_data_with_basis"
STAGED_BY = ("open_date", "close_date", "close_time", "report_date", "consultation_override")
ACT = "https://diavgeia.gov.gr/doc/{}"
TELLS_OF_ACT = ("ada", "title", "url")


def participation_consultation_dates(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a consultation that closes before it opens, and a report or answer from before it closed."""
    if errors.get(("open_date",)) or errors.get(("close_date",)):
        return
    closed = flat.text(data, "close_date")
    if not flat.in_order(flat.text(data, "open_date"), closed):
        flat.refuse(errors, ("close_date",), tk._("A consultation cannot close before it opens"))
    for name in consultation.ANSWERS:
        if not flat.in_order(closed, flat.text(data, name)) and not errors.get((name,)):
            flat.refuse(errors, (name,), tk._("The report and the answer come after the closing date"))


def participation_consultation_place(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for the address where one answers, unless the consultation runs without any."""
    platform = flat.text(data, "platform")
    if platform and platform not in NO_PAGE and not flat.text(data, "platform_url"):
        message = tk._("Give the address where one answers, or choose a platform that has none")
        flat.refuse(errors, ("platform_url",), message)


def participation_consultation_internal(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Keep an internal consultation to those inside, and private until its report."""
    if flat.text(data, "consultation_type") != "internal":
        return
    inside = [code for code, term in vocabularies.terms("audience").items() if "internal" in term.attributes]
    if any(code not in inside for code in flat.codes(data, "audience")):
        message = tk._("An internal consultation addresses council members and employees only")
        flat.refuse(errors, ("audience",), message)
    if _stage(data, errors) not in consultation_reminders.OVER:
        data["private",] = True


def participation_consultation_outcome(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Link each decision to Diavgeia, and ask a reported or decided consultation for its outcome."""
    for row, act in flat.parts(data, "decisions"):
        _link(data, errors, row, act)
    if _stage(data, errors) not in consultation_reminders.OVER:
        return
    if not flat.text(data, "outcome_result"):
        message = tk._("Choose the outcome: there is a report or a decision. “Pending” is an outcome too")
        flat.refuse(errors, ("outcome_result",), message)
    if not flat.text(data, "outcome_summary_translated"):
        message = tk._("Write what changed, in Greek: there is a report or a decision")
        flat.refuse(errors, ("outcome_summary_translated-el",), message)


def _link(data: FlattenDataDict, errors: FlattenErrorDict, row: int, act: flat.Part) -> None:
    """The address of an act follows from its number; a decision that names no act is none."""
    if act.get("ada") and not errors.get(("decisions", row, "ada")):
        data["decisions", row, "url"] = ACT.format(quote(str(act["ada"])))
    elif not any(act.get(name) for name in TELLS_OF_ACT):
        flat.refuse(errors, ("decisions", row, "ada"), tk._("Give the act's ADA, or its subject or link"))


def _stage(data: FlattenDataDict, errors: FlattenErrorDict) -> str | None:
    """The stage the record will have; nothing while a field that tells it is refused."""
    if any(errors.get((name,)) for name in STAGED_BY):
        return None
    record: dict[str, Any] = {name: flat.text(data, name) for name in STAGED_BY}
    record["decisions"] = [act for _row, act in flat.parts(data, "decisions")]
    return consultation.stage(record, clock.now())


def participation_personal_data_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask a record with personal data until when they are kept, and whether the risk was assessed."""
    if flat.text(data, "privacy_level") != PERSONAL:
        return
    if not flat.text(data, "retention_until_date"):
        message = tk._("There are personal data: say until when they are kept")
        flat.refuse(errors, ("retention_until_date",), message)
    if not flat.text(data, "dpia"):
        message = tk._("There are personal data: say whether the impact was assessed")
        flat.refuse(errors, ("dpia",), message)
