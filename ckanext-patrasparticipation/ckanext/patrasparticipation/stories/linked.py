"""What hangs together with a record, ready to show: named by it and naming it, by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..records import reader, translated
from ..search.filters import QUIET

Record = Mapping[str, Any]
Group = dict[str, Any]
MOST = 100  # records of one reverse list that are read whole


def groups(record: Record, links: Record, linked_from: Record) -> list[Group]:
    """Both directions: ``[{"field", "label", "items": [{"title", "url", "kind", "gone"}]}]``.

    Args:
        links: by field, the records this one names, as ``participation_links`` gives them.
        linked_from: by field, the records that name this one.
    """
    own, inverse = _words(record)
    found = [_group(field, own.get(field, field), items) for field, items in links.items() if items]
    found += [
        _group(field, inverse.get(field, field), items) for field, items in linked_from.items() if items
    ]
    return found


def _group(field: str, label: str, items: Iterable[Record]) -> Group:
    return {"field": field, "label": label, "items": [shown(item) for item in items]}


def shown(item: Record) -> dict[str, Any]:
    """A linked record: its title in the reader's language and its page; ``gone`` where it was withdrawn."""
    texts = item.get("title_translated")
    title = translated.in_language(texts, reader.language(), str(item.get("title") or item.get("name") or ""))
    gone = item.get("state") == "withdrawn"
    url = None if gone or not item.get("name") else tk.h.url_for(f"{item['type']}.read", id=item["name"])
    return {"id": item.get("id"), "title": title, "url": url, "type": item.get("type"), "gone": gone}


def _words(record: Record) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of the record's own relations, and those under which others' relations are shown at it."""
    own: dict[str, str] = {}
    inverse: dict[str, str] = {}
    for record_type, definition in (tk.h.scheming_dataset_schemas() or {}).items():
        for name, field in _relations(definition["dataset_fields"]):
            if record_type == record.get("type"):
                own[name] = str(tk.h.scheming_language_text(field["label"]))
            if told := field["relation"].get("inverse"):
                inverse[name] = str(tk.h.scheming_language_text(told))
    return own, inverse


def _relations(fields: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    for field in fields:
        if "relation" in field:
            yield field["field_name"], field
        for inside in field.get("repeating_subfields", ()):
            if "relation" in inside:
                yield f"{field['field_name']}.{inside['field_name']}", inside


def by_id(links: Record) -> dict[str, dict[str, Any]]:
    """The named records by id, as ``shown``."""
    return {str(item["id"]): shown(item) for items in links.values() for item in items if item.get("id")}


def whole(items: Iterable[Record]) -> list[dict[str, Any]]:
    """Those records whole, in one search, in the order of their titles."""
    ids = [str(item["id"]) for item in items if item.get("id")][:MOST]
    if not ids:
        return []
    told = " OR ".join(f'"{each}"' for each in ids)
    asked = {"fq": f"+id:({told})", "rows": MOST, "sort": "title_sort asc", "extras": {QUIET: "1"}}
    found: list[dict[str, Any]] = tk.get_action("package_search")({}, asked)["results"]
    return found
