"""What hangs together: the chain, what came of a consultation, and records to pick for a field."""

from __future__ import annotations

from typing import Any

from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import clock
from ...records import chain, chained, influence, outcome, picking
from ..schema import relations as schema


@tk.side_effect_free
@validate(schema.one_record)
def participation_chain(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The chain from the question to what was built, of any record that stands in it.

    Records that the caller may not read are left out, as if they were not there.

    Args:
        id (str): the name or id of a consultation, initiative, works project or indicator.

    Returns:
        ``{"consultation": {"id", "name", "title"} | null, "steps": [{"kind", "items", "gap"}]}``. The five
        kinds always come in this order: ``asked`` (the consultation), ``decided`` (decisions, ``reference``
        their ADA), ``contracted`` (contracts, ``reference`` their ADAM), ``built`` (works, ``date`` the day
        they ended, left out while they go on), ``measured`` (indicators, ``date`` the day of the last value).
        An item is ``{"id", "name", "type", "title", "date", "reference", "url"}``, of which only ``title`` is
        always there: title in the caller's language, dates ISO 8601, url a path of this site or, for a
        decision, an address. A step without items has the gap ``{"since", "days"}``: the day from which it
        has been waited for and the days until today in Athens, both null where nobody waits for it yet.

    Raises:
        ObjectNotFound: no such record.
        NotAuthorized: the caller may not read it.
        ValidationError: a record that stands in no chain, such as a group or a dataset.
    """
    tk.check_access("participation_chain", context, data_dict)
    record = _show(context, data_dict["id"])
    _is_of(record, chained.TYPES)
    return chain.answer(chained.links(context, record), clock.today(clock.now()), _page)


@tk.side_effect_free
@validate(schema.one_record)
def participation_outcome_summary(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What came of a consultation, in numbers.

    Args:
        id (str): the name or id of a consultation.

    Returns:
        ``id``, ``name``, ``title`` (in the caller's language); ``status``: the stage today; ``dates``:
        ``{"open", "close", "report", "response", "decision", "works_start"}`` (ISO 8601 or null; the first of
        several); ``durations`` in days: ``open`` counts both ends, ``to_report``, ``to_response``,
        ``to_decision`` and ``to_works_start`` count from the closing day, null where that did not happen;
        ``counts``: ``{"visits", "participants", "contributions", "comments", "proposals", "supports",
        "votes"}``, null where nobody counted; ``electorate`` and ``turnout`` (percent); ``options``:
        ``[{"label", "votes", "weight", "share"}]``, share of all votes in percent, one decimal;
        ``proposals``: ``{"total", "accepted", "partly_accepted", "rejected", "unanswered"}``; ``outcome``:
        ``{"result", "summary": {el, en}}``; ``decisions``: ``[{"ada", "title", "body", "date", "result",
        "url"}]``, bodies as a list of codes; ``works``: ``[{"id", "name", "type", "title", "status",
        "start_date", "end_date"}]``, those that the caller may read; ``closed_without_answer`` (bool).

    Raises:
        ObjectNotFound: no such record.
        NotAuthorized: the caller may not read it.
        ValidationError: the record is no consultation.

    Source:
        The fields of the consultation and of the works it led to.
    """
    tk.check_access("participation_outcome_summary", context, data_dict)
    record = _show(context, data_dict["id"])
    if record["type"] != "consultation":
        raise tk.ValidationError({"id": [tk._("Not a consultation")]})
    return outcome.summary(record, chained.links(context, record).works)


@tk.side_effect_free
@validate(schema.one_record)
def participation_influence(context: Context, data_dict: DataDict) -> dict[str, int]:
    """Count what names a group or its initiatives: the measure of how far its voice reached.

    Args:
        id (str): the name or id of a citizen group or an initiative.

    Returns:
        ``{"initiatives", "consultations", "decisions", "works"}``, whole numbers: initiatives that the group
        runs (1 for an initiative); consultations and works projects that name it or one of them in any field,
        each once; decisions of those consultations that have an ADA. Only what the caller may read counts.

    Raises:
        ObjectNotFound: no such record.
        NotAuthorized: the caller may not read it.
        ValidationError: a record of another type.
    """
    tk.check_access("participation_influence", context, data_dict)
    record = _show(context, data_dict["id"])
    _is_of(record, influence.TYPES)
    return influence.counts(context, record)


@tk.side_effect_free
@validate(schema.suggest)
def participation_relation_suggest(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Suggest records for a field that names others: by the beginning of words of their titles.

    Only types that the field allows, only what the caller may read, and never the record itself. Accents,
    capitals and Latin letters do not matter.

    Args:
        field (str): the field, such as ``run_by``; inside a part with a dot, ``impact.indicator``.
        type (str): the type of the record that is being filled in, such as ``initiative``.
        q (str): what was typed so far; under two letters, the records that changed last.
        limit (int): how many at most: 8, and up to 10.
        id (str): the id or name of the record that is being filled in, where it exists.

    Returns:
        ``{"suggestions": [{"id", "name", "type", "title", "detail", "url"}]}``: the title in the caller's
        language, its publisher as detail or null, and a path of this site.

    Raises:
        NotAuthorized: nobody is logged in.
        ValidationError: the type has no such field, or it names no records.
    """
    tk.check_access("participation_relation_suggest", context, data_dict)
    relation = picking.relation(data_dict["type"], data_dict["field"])
    if relation is None:
        raise tk.ValidationError({"field": [tk._("This field names no records")]})
    asked = picking.question(relation, data_dict["q"], data_dict["limit"], data_dict.get("id"))
    found = tk.get_action("package_search")(tk.fresh_context(context), asked)["results"]
    return {"suggestions": picking.suggestions(found)}


def _show(context: Context, record: str) -> dict[str, Any]:
    found: dict[str, Any] = tk.get_action("package_show")(tk.fresh_context(context), {"id": record})
    return found


def _is_of(record: dict[str, Any], types: tuple[str, ...]) -> None:
    """Refuse a record of any other type."""
    if record["type"] not in types:
        message = tk._("'{value}' is not one of {codes}")
        raise tk.ValidationError({"id": [message.format(value=record["type"], codes=", ".join(types))]})


def _page(record: Any) -> str:
    return str(tk.h.url_for(f"{record['type']}.read", id=record["name"]))
