"""The records linked with a record, as its reader may see them: who points at it, and at whom it points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ckan import model
from ckan.types import Context

from ckanext.patrasparticipation.model import Relation
from ckanext.patrasparticipation.records import hidden, relations, translated, visible

READABLE, WITHDRAWN = "readable", "withdrawn"
SHOWN = ("id", "name", "type", "title", "title_translated")

Lists = dict[str, list[dict[str, Any]]]


def linked_from(context: Context, record_id: str) -> Lists:
    """By field, the records that name this one in it: ``{"run_by": [{"id", "name", "type", "title", …}]}``.

    Only those that the caller may read, in the order of their titles; a field without any is left out. One
    query for the ids, and one search only where there are any.
    """
    rows = relations.subjects([record_id])
    known = visible.briefs(context, {row.subject for row in rows}) if rows else {}
    lists: Lists = {}
    for row in _by_title(rows, known):
        one = _shown(known[row.subject])
        if one not in lists.setdefault(row.predicate, []):
            lists[row.predicate].append(one)
    return lists


def _by_title(rows: Iterable[Relation], known: Mapping[str, Any]) -> list[Relation]:
    place = {each: number for number, each in enumerate(known)}
    seen = [row for row in rows if row.subject in place]
    return sorted(seen, key=lambda row: (row.predicate, place[row.subject]))


def links(context: Context, record_id: str) -> Lists:
    """By field, the records that this one names, in the order given: the same, and ``state``.

    ``readable``, or ``withdrawn``: deleted since. A withdrawn record that the caller may not read has nothing
    but its state. What is hidden from the caller is left out.
    """
    rows = relations.objects([record_id])
    wanted = {row.object for row in rows}
    known = visible.briefs(context, wanted) if rows else {}
    told = {each: {**_shown(brief), "state": READABLE} for each, brief in known.items()}
    told |= _withdrawn(context, wanted - known.keys())
    lists: Lists = {}
    for row in rows:
        if row.object in told:
            lists.setdefault(row.predicate, []).append(told[row.object])
    return lists


def _shown(brief: Mapping[str, Any]) -> dict[str, Any]:
    return {name: brief[name] for name in SHOWN}


def _withdrawn(context: Context, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Those that are deleted, or gone for good; of what was private only those hear who may read it."""
    there = {each.id: each for each in hidden.packages(ids)}
    seen = hidden.readable(context, ids)
    gone = {
        each
        for each in ids
        if each not in there or (there[each].state == "deleted" and (each in seen or not there[each].private))
    }
    return {each: {**_of_package(seen.get(each)), "state": WITHDRAWN} for each in gone}


def _of_package(package: model.Package | None) -> dict[str, Any]:
    if package is None:
        return dict.fromkeys(SHOWN)
    extras: Mapping[str, Any] = getattr(package, "extras", None) or {}
    texts = translated.parse(extras.get("title_translated"))
    return {
        "id": package.id,
        "name": package.name,
        "type": package.type,
        "title": package.title,
        "title_translated": texts if isinstance(texts, dict) else {translated.MAIN: package.title},
    }
