"""The chain of any of its records: which consultation it began with, and what one may see of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ckan.types import Context

from ckanext.patrasparticipation.records import chain, relations, visible
from ckanext.patrasparticipation.records.computed.common import parts

TYPES = ("consultation", "initiative", "works_project", "indicator")
"""The records that stand in a chain."""

TO_WORKS, FROM_CONSULTATION, FROM_INITIATIVE = "leads_to_works", "from_consultation", "from_initiative"
ANSWERS, INDICATOR = "answers_consultation", "impact.indicator"

Record = dict[str, Any]


def links(context: Context, record: Record) -> chain.Links:
    """The chain in which a record stands; one that stands in several is shown in the first it names."""
    found = _consultation(context, record)
    works, initiatives = _caused(context, found) if found else ([], [])
    works = _with(works, record, "works_project")
    initiatives = _with(initiatives, record, "initiative")
    if record["type"] == "initiative" and not found:
        works = _of_initiative(context, record["id"])
    sources = [*([found] if found else []), *works, *initiatives]
    named = _named(sources)
    indicators = _of_type(visible.records(context, named).values(), "indicator")
    return chain.Links(found, works, initiatives, _with(indicators, record, "indicator"))


def _with(records: list[Record], record: Record, kind: str) -> list[Record]:
    """The records, and the one that was asked about where it is of their kind."""
    known = {each["id"] for each in records}
    return [*records, record] if record["type"] == kind and record["id"] not in known else records


def _named(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """The indicators that the parts of these records name, each once."""
    told = (one.get("indicator") for record in sources for one in parts(record, "impact"))
    return list(dict.fromkeys(each for each in told if isinstance(each, str) and each))


def _consultation(context: Context, record: Record) -> Record | None:
    """The consultation with which the chain of the record begins."""
    if record["type"] == "consultation":
        return record
    if record["type"] == "indicator":
        return _of_indicator(context, record["id"])
    near = _causes([record["id"]])
    found = _first(context, near, "consultation")
    if found or record["type"] != "works_project":
        return found
    initiatives = [
        row.object for row in relations.objects([record["id"]]) if row.predicate == FROM_INITIATIVE
    ]
    return _first(context, _causes(initiatives), "consultation")


def _of_indicator(context: Context, indicator: str) -> Record | None:
    """The consultation that names the indicator, else that of the works or initiatives which name it."""
    users = [row.subject for row in relations.subjects([indicator]) if row.predicate == INDICATOR]
    seen = visible.records(context, users)
    if direct := _of_type(seen.values(), "consultation"):
        return direct[0]
    return _first(context, _causes(list(seen)), "consultation")


def _causes(ids: Collection[str]) -> list[str]:
    """The consultations of works and initiatives: those they name, in that order, then those naming them."""
    out = [row.object for row in relations.objects(ids) if row.predicate in (FROM_CONSULTATION, ANSWERS)]
    back = [row.subject for row in relations.subjects(ids) if row.predicate == TO_WORKS]
    return list(dict.fromkeys([*out, *back]))


def _caused(context: Context, consultation: Record) -> tuple[list[Record], list[Record]]:
    """The works that a consultation led to, and the initiatives that answer it; those it names come first."""
    one = [consultation["id"]]
    named = [row.object for row in relations.objects(one) if row.predicate == TO_WORKS]
    naming = [row.subject for row in relations.subjects(one) if row.predicate in (FROM_CONSULTATION, ANSWERS)]
    seen = visible.records(context, [*named, *naming]).values()
    return _of_type(seen, "works_project"), _of_type(seen, "initiative")


def _of_initiative(context: Context, initiative: str) -> list[Record]:
    rows = relations.subjects([initiative])
    ids = [row.subject for row in rows if row.predicate == FROM_INITIATIVE]
    return _of_type(visible.records(context, ids).values(), "works_project")


def _first(context: Context, ids: Collection[str], kind: str) -> Record | None:
    found = _of_type(visible.records(context, ids).values(), kind)
    return found[0] if found else None


def _of_type(records: Iterable[Record], kind: str) -> list[Record]:
    return [each for each in records if each["type"] == kind]
