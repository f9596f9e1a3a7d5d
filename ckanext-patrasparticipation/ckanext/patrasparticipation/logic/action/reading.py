"""Questions to a table that are answered without taking its rows away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...feeds import seen
from ...reading import aggregate, asked, columns, grouping, kept, threshold
from ...reading.described import fields
from ...reading.question import LIMIT, question
from ..schema import reading as schema

PARTS = ("filters", "q")
"""What an answer is kept by besides the question's columns and order; ``limit`` cuts what is kept."""


@tk.side_effect_free
@validate(schema.aggregate)
def participation_table_aggregate(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Count and compute over the rows of a table, by group. No token is needed where the dataset is public.

    Where the table hides small numbers (``min_cell`` in the answer), a count of 1 to ``min_cell`` − 1 rows is
    not told: its record has empty values and ``suppressed: true``, and so have as many others that totals do
    not give it back; a filter that leaves fewer rows gives no groups at all, and ``q`` is refused.

    Args:
        resource_id (str): the id of the resource whose table is asked.
        group_by (list or str): up to two columns, as a list or separated by commas; of a column of days or
            moments also ``opened:year``, ``opened:month``, ``opened:day``, in the site's time zone. Without
            it, one record of all rows.
        measures (list or str): ``count``, and of a column ``distinct:street``, ``sum:power_w``, ``min:…``,
            ``max:…``, ``mean:…``, ``median:…``; ``count`` when nothing is asked for. Empty values are left
            out of all but ``count``.
        filters (dict or list): as of ``datastore_search``: value, list, range, null.
        q (str or dict): words, as of ``datastore_search``.
        sort (list or str): columns of the answer, each with ``asc`` or ``desc``; by group when not given.
        limit (int): at most this many groups; 1,000, and up to 10,000.
        generation (int): refuse (409) when the table is of another version by now.

    Returns:
        ``generation`` of the rows (null where no feed keeps them); ``fields``: ``id type label unit``, with
        ``choices`` of codes and ``timezone`` of parts of moments, ``label`` as ``{el, en}``; ``records`` by
        the ids of the fields; ``total_groups``; ``truncated``: there are more than ``limit``; ``min_cell`` or
        null; ``suppressed``: how many groups are not told (this and ``total_groups`` are null when a filter
        leaves too few rows).

    Raises:
        ObjectNotFound: no such table.
        NotAuthorized: the caller may not read it.
        ValidationError: by parameter, in the caller's language; ``query`` when it takes over ten seconds.
    """
    tk.check_access("participation_table_aggregate", context, data_dict)
    resource = model.Resource.get(data_dict["resource_id"])
    known = columns.of(resource.id) if resource else {}
    if not resource or not known:
        raise tk.ObjectNotFound(tk._("This resource has no table."))
    wanted = asked.number(data_dict.get("generation"))
    ask = question(resource.id, data_dict, known)
    k = threshold.of(resource)
    now = seen.generation(resource.id)
    told = {
        "groups": len(ask.groups),
        "columns": ask.ids,
        "sort": ask.sort,
        **{name: data_dict.get(name) for name in PARTS},
    }
    name = kept.key({"table": resource.id, "generation": now, "k": k, "zone": grouping.zone(), **told})
    found = kept.get(name) if now is not None else None
    if found is None:
        number, found = aggregate.answer(replace(ask, limit=LIMIT), k)
        if number is not None and number == now:
            kept.put(name, found)
        now = number
    asked.agree(wanted, now)
    records, truncated = found["records"], found["truncated"] or len(found["records"]) > ask.limit
    cut = {**found, "records": records[: ask.limit], "truncated": truncated}
    return {"generation": now, "fields": fields(ask), "min_cell": k if k > 1 else None, **cut}
