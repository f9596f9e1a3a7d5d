"""Which records a calendar is made from: public ones, found by a few questions to the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import relations
from ckanext.patrasparticipation.syndication import entries
from ckanext.patrasparticipation.syndication.entries import Entry

DATED = {
    "consultation": "close_date:[{first} TO *]",
    "initiative": "(extras_events:[* TO *] OR extras_application:[* TO *])",
}
"""The types that have dates, and what the index asks of each."""
AT_ONCE = 200
MOST = 2_000
"""Records that are looked at, those that changed last first."""
EVER = "1900-01-01"


def calendar(wish: Mapping[str, Any]) -> list[Entry]:
    """The entries of public records, the earliest first.

    Args:
        wish: ``types`` (of records), ``municipal_unit``, ``organization`` (names), ``group`` (id of a citizen
            group: what it runs), ``id`` (of one record), ``first`` and ``last`` (days); all optional.
    """
    found = [
        entry
        for kind in wish.get("types") or DATED
        for record in _records(kind, wish)
        for entry in entries.of(record)
        if entries.within(entry, wish.get("first"), wish.get("last"))
    ]
    return sorted(found, key=lambda entry: (entry["start"], entry["kind"], entry["record"]["id"]))


def _records(kind: str, wish: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    asked = [
        f"+dataset_type:{kind}",
        "+" + DATED[kind].format(first=f"{wish.get('first') or EVER}T00:00:00Z"),
    ]
    if wish.get("municipal_unit"):
        asked.append(f'+vocab_municipal_unit:"{wish["municipal_unit"]}"')
    if wish.get("organization"):
        asked.append(f'+organization:"{wish["organization"]}"')
    if wish.get("id"):
        asked.append(f'+id:"{wish["id"]}"')
    if wish.get("group"):
        run = [row.subject for row in relations.subjects([wish["group"]]) if row.predicate == "run_by"]
        asked.append("+id:(" + " OR ".join(f'"{one}"' for one in run) + ")" if run else "-*:*")
    yield from public(" ".join(asked), MOST)


def public(wanted: str, most: int, **more: Any) -> Iterator[dict[str, Any]]:
    """Public records of that filter query, page by page, those that changed last first."""
    start = 0
    while start < most:
        rows = min(AT_ONCE, most - start)
        asked = {"fq": wanted, "rows": rows, "start": start, "sort": "metadata_modified desc, id asc", **more}
        answer = tk.get_action("package_search")({"ignore_auth": False, "user": ""}, asked)
        yield from answer["results"]
        start += rows
        if start >= answer["count"]:
            return
