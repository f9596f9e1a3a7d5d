"""The participation report, for programs and for its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import clock
from ...report import counts
from ...report.spec import COUNTED
from ..schema import report as schema


@tk.side_effect_free
@validate(schema.report)
def participation_report(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How many public records of each kind belong to a period, by state, field, municipal unit and month.

    Args:
        first, last (str): the first and the last day of the period, ``2026-01-01``; this year where left out.
        type (str): one type of record; all where left out.

    Returns:
        ``{"first", "last" (days, both inclusive), "types": {type: {"total": int, "by": {facet: [{"name"
        (code), "label" (in the caller's language), "count": int}]}, "months": [{"name": "2026-05", "count":
        int}], "sums": {field: {"value": number or null, "reported_by": int (records)}}}}}``. A record belongs
        to the period when one of its days does: a consultation's opening, closing or report; an initiative's
        or a works project's start or end; of a group or an indicator the day it was entered. Sums are of the
        first 5,000 records of a type; an unknown number counts as none, never as 0; money is in euro.

    Raises:
        ValidationError: a day is none, the period ends before it starts, or there is no such type.
        SearchError: Solr does not answer.
    """
    tk.check_access("participation_report", context, data_dict)
    today = clock.today(clock.now())
    first = date.fromisoformat(data_dict.get("first") or f"{today.year}-01-01")
    last = date.fromisoformat(data_dict.get("last") or max(today, first).isoformat())
    if last < first:
        raise tk.ValidationError({"last": [tk._("The period cannot end before it starts")]})
    if (last - first).days > schema.MOST_DAYS:
        message = tk._("The period has {given} days, at most {most} fit")
        raise tk.ValidationError({"last": [message.format(given=(last - first).days, most=schema.MOST_DAYS)]})
    types = [data_dict["type"]] if data_dict.get("type") else list(COUNTED)
    found = counts.report(first, last, types)
    return {"first": first.isoformat(), "last": last.isoformat(), "types": found}
