"""Rules about the counts of a consultation: votes add up, proposals add up, shares follow from the votes."""

from __future__ import annotations

from decimal import Decimal

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records.computed.consultation import percent
from ckanext.patrasparticipation.records.computed.reading import number

FATES = ("proposals_accepted", "proposals_partly", "proposals_rejected", "proposals_unanswered")
Counts = list[Decimal | None]


def participation_consultation_tally(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask the votes of the options to add up to all votes, and no more votes than people may cast."""
    votes, electorate = _count(data, "votes"), _count(data, "electorate")
    most = electorate * (_count(data, "votes_per_person") or 1) if electorate is not None else None
    if votes is not None and most is not None and votes > most:
        message = tk._("More votes than the electorate may cast ({most})")
        flat.refuse(errors, ("votes",), message.format(most=most))
    options = list(flat.parts(data, "options"))
    given = [number(option.get("votes")) for _row, option in options]
    total = _total(given)
    if votes is not None and total is not None and total != votes:
        message = tk._("The options have {sum} votes together, but all votes are {votes}")
        flat.refuse(errors, ("votes",), message.format(sum=total, votes=votes))
    weights = [number(option.get("weight")) for _row, option in options]
    shares = _shares(weights if _total(weights) is not None else given)
    for (row, _option), share in zip(options, shares, strict=True):
        data["options", row, "share"] = "" if share is None else str(share)


def participation_consultation_proposals(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask what became of the proposals to add up to all of them; never to more."""
    proposals, fates = _count(data, "proposals"), [_count(data, name) for name in FATES]
    known = sum(one for one in fates if one is not None)
    is_wrong = proposals is not None and (known > proposals or (None not in fates and known != proposals))
    if is_wrong:
        message = tk._("Accepted, partly accepted, rejected and unanswered are {sum}, all proposals {all}")
        flat.refuse(errors, ("proposals",), message.format(sum=known, all=proposals))


def _shares(counts: Counts) -> list[float | None]:
    """The share of each count in percent of all; nothing where one of them is not known."""
    total = _total(counts)
    return [percent(count, total) if total else None for count in counts]


def _total(counts: Counts) -> Decimal | None:
    """The sum of counts that are all known."""
    known = [count for count in counts if count is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(counts) else None


def _count(data: FlattenDataDict, name: str) -> Decimal | None:
    return number(flat.text(data, name))
