"""A whole table, page by page, narrowed by words and closed lists; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ckan.plugins import toolkit as tk
from flask import request

from ..schemas.derive.columns import searchable
from ..schemas.load import feeds
from .tables import participation_cell, participation_columns

PAGE = 50  # rows
LISTS = 4  # closed lists to choose from
LONGEST = 60  # values of a list that is still one to choose from
PREFIX = "only_"


def _lists(columns: list[dict[str, Any]], args: Mapping[str, str]) -> list[dict[str, Any]]:
    """The closed lists that narrow the table, each with what the address chose of it."""
    closed = [column for column in columns if 1 < len(column["choices"]) <= LONGEST]
    first = sorted(closed, key=lambda column: column["name"] != "status")[:LISTS]
    return [
        {**column, "field": PREFIX + column["name"], "chosen": args.get(PREFIX + column["name"], "")}
        for column in first
    ]


def _page(args: Mapping[str, str]) -> int:
    """The page that the address asks for; the first when it asks for none, or in letters."""
    asked = args.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 8 else 1


def _has_words(feed: str | None) -> bool:
    """Whether a table can be searched for words: any other than a feed's, and a feed with such columns."""
    known = feeds().get(feed or "")
    return known is None or bool(searchable(known))


def _address(args: Mapping[str, str], page: int) -> str:
    kept = {name: value for name, value in args.items() if value and name != "page"}
    return "?" + urlencode(kept | {"page": page})


def participation_rows(resource_id: str, feed: str | None) -> dict[str, Any]:
    """One page of a table, as the request's address asks for it.

    Returns:
        ``columns`` (all), ``shown`` (without geometry), ``rows`` (text in the order of ``shown``), ``total``
        (rows that fit), ``asked`` (``filters`` and ``q`` of them), ``lists`` (closed lists with ``field`` and
        ``chosen``), ``words`` (asked, or None where it cannot be searched), ``first``, ``last`` (row
        numbers), ``previous``, ``next`` (addresses).
    """
    args = request.args
    columns = participation_columns(tk.get_action("datastore_info")({}, {"id": resource_id})["fields"])
    lists = _lists(columns, args)
    page = _page(args)
    query: dict[str, Any] = {"resource_id": resource_id, "limit": PAGE, "offset": (page - 1) * PAGE}
    chosen = {item["name"]: item["chosen"] for item in lists if item["chosen"] in item["choices"]}
    words = args.get("q", "").strip() if _has_words(feed) else None
    query |= {"filters": chosen} if chosen else {}
    query |= {"q": words} if words else {}
    found = tk.get_action("datastore_search")({}, query)
    shown = [column for column in columns if column["name"] != "geometry"]
    records, total = found["records"], found["total"]
    return {
        "columns": columns,
        "shown": shown,
        "rows": [[participation_cell(row.get(one["name"]), one) for one in shown] for row in records],
        "total": total,
        "asked": {"filters": chosen, "q": words or ""},
        "lists": lists,
        "words": words,
        "first": query["offset"] + 1 if records else 0,
        "last": query["offset"] + len(records),
        "previous": _address(args, page - 1) if page > 1 else "",
        "next": _address(args, page + 1) if query["offset"] + len(records) < total else "",
    }
