"""Calls to the API that run as they stand: this table, this site's address, five languages."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ..openapi import calls, languages
from ..schemas.derive.columns import searchable
from ..schemas.load import feeds
from .tables import participation_columns

LOOKED = 20  # rows in which values to ask for are looked for


def participation_calls(resource_id: str) -> list[dict[str, str]]:
    """``[{"name", "code"}]``: the first rows of a table, in each language; asks nothing of the database."""
    table = calls.Table(resource_id, [], [], "", _action("datastore_search"))
    return _written(calls.first(table))


def participation_table_calls(
    package: dict[str, Any], resource: dict[str, Any], feed: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Every call that a table answers: ``[{"name", "title", "calls": [{"name", "code"}]}]``."""
    titles = {
        "first": tk._("The first rows"),
        "filter": tk._("The rows with one value"),
        "words": tk._("The rows with a word"),
        "pages": tk._("All rows, page by page"),
        "aggregate": tk._("Count and mean by group"),
        "export": tk._("The rows that fit, as a file"),
        "whole": tk._("The whole table as a file"),
    }
    found = calls.every(_table(package, resource, feed))
    return [{"name": name, "title": titles[name], "calls": _written(call)} for name, call in found.items()]


def _written(call: languages.Call) -> list[dict[str, str]]:
    return [{"name": name, "code": languages.code(name, call)} for name in languages.LANGUAGES]


def _table(package: dict[str, Any], resource: dict[str, Any], feed: dict[str, Any] | None) -> calls.Table:
    """The table with a few of its rows."""
    asked = {"resource_id": resource["id"], "limit": LOOKED, "include_total": False}
    rows = tk.get_action("datastore_search")({}, asked)["records"]
    columns = participation_columns(tk.get_action("datastore_info")({}, {"id": resource["id"]})["fields"])
    kept = feed if feed and feed["resource_id"] == resource["id"] else None
    known = feeds().get(str(package.get("participation_feed") or "")) if kept else None
    word = calls.words(columns, rows, searchable(known) if known else None)
    where = {"id": package["name"], "resource_id": resource["id"]}
    return calls.Table(
        resource["id"],
        columns,
        rows,
        package["name"],
        _action("datastore_search"),
        aggregate=_action("participation_table_aggregate"),
        export=_address("participation_exports.export", **where, form="csv"),
        whole=_whole(resource["id"], kept),
        generation=kept["generation"] if kept else None,
        words=word if word and _finds(resource["id"], word) else "",
    )


def _finds(resource_id: str, word: str) -> bool:
    """Whether the word really leads to a row."""
    asked = {"resource_id": resource_id, "q": word, "limit": 1, "include_total": False}
    return bool(tk.get_action("datastore_search")({}, asked)["records"])


def _action(name: str) -> str:
    """Where an action is called; nothing where the site does not have it."""
    try:
        tk.get_action(name)
    except KeyError:
        return ""
    return _address("api.action", ver=3, logic_function=name)


def _whole(resource_id: str, feed: dict[str, Any] | None) -> str:
    if feed:
        return _address("participation_feeds.current", source=feed["source"], kind="csv")
    return _address("datastore.dump", resource_id=resource_id)


def _address(endpoint: str, **parts: Any) -> str:
    """An absolute address without a language; nothing where the site does not have it."""
    from flask import current_app

    if endpoint not in current_app.view_functions:
        return ""
    return str(tk.h.url_for(endpoint, qualified=True, locale="default", **parts))
