"""The records that a record is linked with, as its reader may see them: who points at it, and at whom it points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.types import Context

from ckanext.patrasparticipation.model import Relation
from ckanext.patrasparticipation.records import relations, visible

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
        one = {name: known[row.subject][name] for name in SHOWN}
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
    known = visible.briefs(context, wanted, deleted=True) if rows else {}
    gone = _withdrawn(wanted - known.keys())
    lists: Lists = {}
    for row in rows:
        if row.object in known:
            lists.setdefault(row.predicate, []).append(_link(known[row.object]))
        elif row.object in gone:
            empty = dict.fromkeys(SHOWN)
            lists.setdefault(row.predicate, []).append({**empty, "state": WITHDRAWN})
    return lists


def _link(brief: Mapping[str, Any]) -> dict[str, Any]:
    state = WITHDRAWN if brief["state"] == "deleted" else READABLE
    return {**{name: brief[name] for name in SHOWN}, "state": state}


def _withdrawn(ids: Iterable[str]) -> set[str]:
    """Those that were public and are deleted, or are gone for good; of a private one nothing is told."""
    wanted = set(ids)
    if not wanted:
        return set()
    package = sa.inspect(model.Package).local_table.c
    query = sa.select(package.id, package.state, package.private).where(package.id.in_(wanted))
    there = {row.id: row for row in model.Session.execute(query)}
    return {
        each
        for each in wanted
        if each not in there or (there[each].state == "deleted" and not there[each].private)
    }
