"""Records to pick for a field that names others: which types it allows, and what the search is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.search import beginnings, filters, suggest

ANY = "any"


def relation(record_type: str, field: str) -> Mapping[str, Any] | None:
    """The ``relation`` of a field of a type's definition; nothing where there is none."""
    definition = (tk.h.scheming_dataset_schemas() or {}).get(record_type) or {}
    fields = definition.get("dataset_fields", [])
    *outer, last = field.split(".", 1)
    for name in outer:
        fields = next((each.get("repeating_subfields", []) for each in fields if _is(each, name)), [])
    found: Mapping[str, Any] = next((each for each in fields if _is(each, last)), {})
    return found.get("relation")


def _is(field: Mapping[str, Any], name: str) -> bool:
    return bool(field["field_name"] == name)


def types(relation: Mapping[str, Any]) -> list[str]:
    """The types of record to which a field may point."""
    if relation["to"] == ANY:
        return list(tk.h.scheming_dataset_schemas() or {})
    return list(relation["to"])


def question(relation: Mapping[str, Any], typed: str, limit: int, own: str | None) -> dict[str, Any]:
    """What ``package_search`` is asked: records of the allowed types, the record itself left out."""
    wanted = beginnings.asked(typed)
    told = {"q": beginnings.query(wanted)} if wanted else {"q": "*:*", "sort": "metadata_modified desc"}
    narrowed = [filters.clause("dataset_type", types(relation))]
    if own:
        narrowed += [filters.clause(name, [own]).replace("+", "-", 1) for name in ("id", "name")]
    return {
        **(suggest.question(wanted, limit, None) if wanted else {"extras": {filters.QUIET: "true"}}),
        **told,
        "fq": "",
        "fq_list": narrowed,
        "fl": ["id", *suggest.RECORD_FIELDS],
        "rows": limit,
        "facet": "false",
        "include_private": True,
        "include_drafts": True,
    }


def suggestions(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the index, as the picker shows them."""
    rows = list(found)
    shown = suggest.of_records(rows, suggest.publishers() if rows else {}, suggest.language())
    return [
        {"id": row["id"], "name": row["name"], "type": row["dataset_type"], **_told(one)}
        for row, one in zip(rows, shown, strict=True)
    ]


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("title", "detail", "url")}
