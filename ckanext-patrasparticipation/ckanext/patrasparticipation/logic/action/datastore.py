"""CKAN's actions of the DataStore: a search says of which version its rows are; writing asks the role."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, DataDict

from ...feeds import seen
from ...reading import asked, filters, search, totals
from ...tables import roles

TRIES = 5
LOOKED_AT = "participation_looked_at"
"""Set in the context by the engine, whose rows have passed its checks; a call of the API has no context."""


@tk.chained_action
@tk.side_effect_free
def datastore_search(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's, plus ``generation``: in the answer for a feed's table, and as a parameter.

    The answer is of one version: CKAN reads rows and total in two transactions, so the version is asked
    before and after, and the search repeated when a swap came between.

    Args:
        filters (dict or list): as CKAN's, by value, list or range; ``null`` finds what is empty, alone or in
            a list. Days and moments are ISO 8601, moments in UTC.
        generation (int): refuse (409) when the table is of another version by now. A reader who pages by
            ``offset`` hands in what the first page said, and starts again when it is refused.

    Raises:
        ValidationError: ``filters``, naming column, value and what was expected, in the caller's language;
            ``generation``; the table has moved on, or is not a feed's.
    """
    given = dict(data_dict)
    wanted = asked.number(given.pop("generation", None))
    if filters.parse(given.get("filters")) is None:
        given.pop("filters", None)  # nothing is filtered; of JSON's null CKAN would ask the keys
    table = seen.table(given.get("resource_id") or given.get("id"))
    for _try in range(TRIES):
        before = seen.generation(table)
        answer = _counted(up, context, given, table, before)
        asked.agree(wanted, before)  # not sooner: CKAN has said by now that the caller may read the table
        if seen.generation(table) == before:
            return answer | ({"generation": before} if before is not None else {})
    raise tk.ValidationError({"generation": [tk._("The table is changing; please ask again.")]})


def _counted(
    up: Action, context: Context, given: DataDict, table: str | None, generation: int | None
) -> dict[str, Any]:
    """CKAN's answer with its total, which is counted once for each generation."""
    name = totals.of(given, table, generation)
    total = totals.get(name)
    if name is None or not (total is not None or totals.countable(given)):
        answer = _searched(up, context, given, table)
    else:
        answer = _searched(up, context, {**given, "include_total": False}, table)
        counted = totals.count(str(table), given["filters"]) if total is None else total
        answer |= {"include_total": True, "total": counted}
    if total is None and seen.generation(table) == generation:
        totals.put(name, answer)
    return answer


def _searched(up: Action, context: Context, given: DataDict, table: str | None) -> dict[str, Any]:
    """CKAN's answer; what it refuses in the filters is told by column and value."""
    try:
        return dict(up(context, dict(given)))
    except tk.ValidationError as refused:
        search.explain(refused, table, given.get("filters"))
        raise


@tk.chained_action
def datastore_create(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's; rows of a role with fixed columns are refused: they come by ``participation_table_upload``.

    Raises:
        ValidationError: ``resource_id``: the resource, or the one to be made, has such a role.
    """
    return _written("datastore_create", up, context, data_dict)


@tk.chained_action
def datastore_upsert(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's; rows of a role with fixed columns are refused: they come by ``participation_table_upload``.

    Raises:
        ValidationError: ``resource_id``: the resource has such a role.
    """
    return _written("datastore_upsert", up, context, data_dict)


def _written(name: str, up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    if not context.get(LOOKED_AT):
        tk.check_access(name, context, data_dict)
        roles.need_no_fixed(str(data_dict.get("resource_id") or ""), data_dict.get("resource"))
    return dict(up(context, data_dict))
