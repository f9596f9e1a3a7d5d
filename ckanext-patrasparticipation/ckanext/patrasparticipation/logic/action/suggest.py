"""What the API suggests for the beginning of a question."""

from __future__ import annotations

from typing import Any

from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...search import beginnings, suggest
from ..schema import suggest as schema


@tk.side_effect_free
@validate(schema.suggest)
def participation_search_suggest(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Suggest records, publishers and places whose title has words that begin with what was typed.

    With or without accents and in Latin letters the same is found. What is not public is never suggested.

    Args:
        q (str): what was typed so far; the first 100 letters count, and under two nothing is suggested.
        limit (int): how many suggestions at most: 8, and up to 10.
        kind (str): only ``record``, ``organisation`` or ``place``.
        organization (str): the name or id of a publisher; then only records of theirs are suggested.

    Returns:
        ``{"suggestions": [{"kind", "title", "url", "detail"}]}``: the title in the caller's language, a path
        of this site, and a record's publisher or the kind of a place, or null. Records come first, then
        publishers and places, up to half of the list where there are enough records.

    Raises:
        ValidationError: a limit over 10, or another kind.
    """
    tk.check_access("participation_search_suggest", context, data_dict)
    wanted = beginnings.asked(data_dict["q"])
    if not wanted:
        return {"suggestions": []}
    language, known, limit = suggest.language(), suggest.publishers(), data_dict["limit"]
    owner, kind = data_dict.get("organization"), data_dict.get("kind")
    publisher = suggest.named(known, owner)
    kinds = ("record",) if owner else (kind,) if kind else suggest.KINDS
    found = []
    if "record" in kinds and (publisher or not owner):
        asked = suggest.question(wanted, limit, publisher)
        found = tk.get_action("package_search")(tk.fresh_context(context), asked)["results"]
    records = suggest.of_records(found, known, language)
    others = suggest.beside(kinds, wanted, known, language)
    return {"suggestions": suggest.shared(records, others, limit)}
