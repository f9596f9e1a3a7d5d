"""What a caller may see of records whose ids are known: one search, so that CKAN's permissions hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.patrasparticipation.records import translated
from ckanext.patrasparticipation.search import filters

AT_ONCE = 500
"""Ids in one search: Solr takes no question of more than 2,048 parts, and CKAN no more than 1,000 rows."""
OTHERS = tuple(language for language in translated.LANGUAGES if language != translated.MAIN)
FIELDS = ("name", "title", "dataset_type", *(f"extras_title_{each}" for each in OTHERS))

Brief = dict[str, Any]


def records(context: Context, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The whole records among the ids that the caller may read, by id, in the order of the ids."""
    found = {row["id"]: row for row in _search(context, ids, {})}
    return {each: found[each] for each in dict.fromkeys(ids) if each in found}


def briefs(context: Context, ids: Collection[str]) -> dict[str, Brief]:
    """Those that the caller may read, by id, in the order of their Greek titles; none that is deleted.

    ``{"id", "name", "type", "title", "title_translated"}``. The search is asked for names, and their ids of
    the database at once: for every row with an id CKAN counts its readers, in a query of its own.
    """
    rows = list(_search(context, ids, {"fl": list(FIELDS)}))
    known = _ids([row["name"] for row in rows])
    return {known[row["name"]]: _brief(known[row["name"]], row) for row in rows if row["name"] in known}


def _ids(names: Collection[str]) -> dict[str, str]:
    if not names:
        return {}
    found = model.Session.query(model.Package.name, model.Package.id).filter(model.Package.name.in_(names))
    return {row.name: row.id for row in found}


def _brief(record_id: str, row: dict[str, Any]) -> Brief:
    texts = {translated.MAIN: row.get("title") or row["name"]}
    texts |= {each: row[f"title_{each}"] for each in OTHERS if row.get(f"title_{each}")}
    return {
        "id": record_id,
        "name": row["name"],
        "type": row["dataset_type"],
        "title": texts[translated.MAIN],
        "title_translated": texts,
    }


def _search(context: Context, ids: Collection[str], more: dict[str, Any]) -> Iterator[dict[str, Any]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_ONCE):
        yield from _found(context, wanted[start : start + AT_ONCE], more)


def _found(context: Context, ids: Sequence[str], more: dict[str, Any]) -> list[dict[str, Any]]:
    asked = {
        "q": "*:*",
        "fq": filters.clause("id", ids),
        "rows": len(ids),
        "sort": "title_sort asc",
        "facet": "false",
        "include_private": True,
        "include_drafts": True,
        "extras": {filters.QUIET: "true"},
        **more,
    }
    found: list[dict[str, Any]] = tk.get_action("package_search")(tk.fresh_context(context), asked)["results"]
    return found
