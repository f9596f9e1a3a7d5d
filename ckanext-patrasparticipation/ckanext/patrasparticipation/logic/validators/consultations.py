"""Rules about several fields of a consultation.

They belong in ``after_validators``: CKAN validates fields in alphabetical order, so such a rule can trust a
field only when all have been read.
"""

from __future__ import annotations

from urllib.parse import quote

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import flat, vocabularies
from ckanext.patrasparticipation.records.computed import consultation, consultation_reminders

NO_PAGE = ("in_person", "email")  # platforms that have no address of their own
PERSONAL = "personal_data_with_basis"
STAGED_BY = ("open_date", "close_date", "close_time", "report_date", "consultation_override")
ACT = "https://diavgeia.gov.gr/doc/{}"


def participation_consultation_dates(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a consultation that closes before it opens, and a report or answer from before it closed."""
    opened, closed = flat.value(data, "open_date"), flat.value(data, "close_date")
    if not (isinstance(closed, str) and flat.is_sound(errors, "open_date", "close_date")):
        return
    if isinstance(opened, str) and closed < opened:  # ISO dates sort as text
        flat.refuse(errors, ("close_date",), tk._("A consultation cannot close before it opens"))
    for name in consultation.ANSWERS:
        given = flat.value(data, name)
        if isinstance(given, str) and given < closed:
            flat.refuse(errors, (name,), tk._("The report and the answer come after the closing date"))


def participation_consultation_place(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for the address where one answers, unless the consultation runs without any."""
    platform = flat.value(data, "platform")
    if platform and platform not in NO_PAGE and not flat.value(data, "platform_url"):
        message = tk._("Give the address where one answers, or choose a platform that has none")
        flat.refuse(errors, ("platform_url",), message)


def participation_consultation_internal(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Keep an internal consultation to those inside, and private until its report."""
    if flat.value(data, "consultation_type") != "internal":
        return
    inside = [code for code, term in vocabularies.terms("audience").items() if "internal" in term.attributes]
    if any(code not in inside for code in flat.codes(data, "audience")):
        message = tk._("An internal consultation addresses council members and employees only")
        flat.refuse(errors, ("audience",), message)
    if _stage(data) not in consultation_reminders.OVER:
        data["private",] = True


def participation_consultation_outcome(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Link each decision to Diavgeia, and ask a reported or decided consultation for its outcome."""
    for row in flat.rows(data, "decisions"):
        _link(data, errors, row)
    if _stage(data) not in consultation_reminders.OVER:
        return
    if not flat.value(data, "outcome_result"):
        message = tk._("Choose the outcome: there is a report or a decision. Not decided yet is an outcome too")
        flat.refuse(errors, ("outcome_result",), message)
    if not flat.value(data, "outcome_summary_translated"):
        message = tk._("Write what changed, in Greek: there is a report or a decision")
        flat.refuse(errors, ("outcome_summary_translated",), message)


def _link(data: FlattenDataDict, errors: FlattenErrorDict, row: int) -> None:
    """The address of an act follows from its number; a decision without either is none."""
    number = flat.value(data, "decisions", row, "ada")
    if number and not errors.get(("decisions", row, "ada")):
        data["decisions", row, "url"] = ACT.format(quote(str(number)))
    elif not any(flat.part(data, "decisions", row).get(name) for name in ("ada", "url", "title")):
        flat.refuse(errors, ("decisions", row, "ada"), tk._("Give the act's ADA, or its subject or link"))


def _stage(data: FlattenDataDict) -> str | None:
    record = flat.record(data, STAGED_BY, ("decisions",))
    return consultation.stage(record, clock.now())


def participation_consultation_tally(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask the votes of the options to add up to all votes, and no more votes than people may cast."""
    votes, electorate = flat.number(data, "votes"), flat.number(data, "electorate")
    per_person = flat.number(data, "votes_per_person") or 1
    if votes is not None and electorate is not None and votes > electorate * per_person:
        message = tk._("More votes than the electorate may cast ({most})")
        flat.refuse(errors, ("votes",), message.format(most=electorate * per_person))
    options = flat.rows(data, "options")
    given = [flat.number(data, "options", row, "votes") for row in options]
    counted = [one for one in given if one is not None]
    if options and len(counted) == len(options) and votes is not None and sum(counted) != votes:
        message = tk._("The options have {sum} votes together, but all votes are {votes}")
        flat.refuse(errors, ("votes",), message.format(sum=sum(counted), votes=votes))
    _share(data, options)


def _share(data: FlattenDataDict, options: list[int]) -> None:
    """The share of each option in percent: of the weighted votes where all have them, else of the votes."""
    for name in ("weight", "votes"):
        counts = [flat.number(data, "options", row, name) for row in options]
        if options and None not in counts:
            break
    else:
        counts = [None] * len(options)
    total = sum(one for one in counts if one is not None)
    for row, count in zip(options, counts, strict=True):
        share = consultation.percent(count, total or None)
        data["options", row, "share"] = "" if share is None else str(share)


def participation_consultation_proposals(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask what became of the proposals to add up to all of them; never to more."""
    proposals = flat.number(data, "proposals")
    fates = [flat.number(data, f"proposals_{fate}") for fate in ("accepted", "partly", "rejected", "unanswered")]
    known = [one for one in fates if one is not None]
    if proposals is None or not known:
        return
    if sum(known) > proposals or (len(known) == len(fates) and sum(known) != proposals):
        message = tk._("Accepted, partly accepted, rejected and unanswered are {sum}, but all proposals {all}")
        flat.refuse(errors, ("proposals",), message.format(sum=sum(known), all=proposals))


def participation_personal_data_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask a record with personal data until when they are kept, and whether the risk was assessed."""
    if flat.value(data, "privacy_level") != PERSONAL:
        return
    if not flat.value(data, "retention_until_date"):
        message = tk._("There are personal data: say until when they are kept")
        flat.refuse(errors, ("retention_until_date",), message)
    if not flat.value(data, "dpia"):
        message = tk._("There are personal data: say whether the impact was assessed")
        flat.refuse(errors, ("dpia",), message)
