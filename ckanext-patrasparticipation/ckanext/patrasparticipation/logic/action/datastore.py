"""CKAN's ``datastore_search``, which now says of which version of a feed its rows are."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, DataDict

from ...feeds import seen

TRIES = 5


@tk.chained_action
@tk.side_effect_free
def datastore_search(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's, plus ``generation``: in the answer for a feed's table, and as a parameter.

    The answer is of one version: CKAN reads rows and total in two transactions, so the version is asked
    before and after, and the search repeated when a swap came between.

    Args:
        generation (int): refuse (409) when the table is of another version by now. A reader who pages by
            ``offset`` hands in what the first page said, and starts again when it is refused.

    Raises:
        ValidationError: ``generation``; the table has moved on, or is not a feed's.
    """
    asked = dict(data_dict)
    wanted = _number(asked.pop("generation", None))
    table = seen.table(asked.get("resource_id") or asked.get("id"))
    for _try in range(TRIES):
        before = seen.generation(table)
        _agree(wanted, before)
        answer = dict(up(context, dict(asked)))
        if seen.generation(table) == before:
            return answer | ({"generation": before} if before is not None else {})
    raise tk.ValidationError({"generation": [tk._("The table is changing; please ask again.")]})


def _number(value: Any) -> int | None:
    """The parameter as a whole number."""
    if value is None:
        return None
    try:
        return int(str(value))
    except ValueError as error:
        raise tk.ValidationError({"generation": [tk._("Must be a whole number.")]}) from error


def _agree(wanted: int | None, found: int | None) -> None:
    if wanted is not None and wanted != found:
        sentence = tk._("The table is of version {found} now, not of version {wanted}.")
        raise tk.ValidationError({"generation": [sentence.format(found=found or "–", wanted=wanted)]})
