"""The addresses beside the actions that a program may read: files, exports, dumps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from werkzeug.routing import Map, Rule

PART = re.compile(r"<(?:([^:<>]+):)?(\w+)>")
CHOICE = re.compile(r"any\((.*)\)")

DOORS: dict[str, tuple[str, str]] = {
    "participation_feeds.current": (
        "The newest file of a feed",
        "The whole table as it is published now. `ETag` and `Range` are answered; the header "
        "`X-Participation-Generation` names the version.",
    ),
    "participation_feeds.file": (
        "A file of one version",
        "It never changes: what is cited stays what it was. `name` is `<source>.csv`, `<source>.geojson` "
        "or `rejected.csv`.",
    ),
    "participation_feeds.datastore_dump": (
        "A table as a file",
        "CSV, TSV, JSON or XML of any table, from one snapshot.",
    ),
    "participation_search.export": (
        "A search as a file",
        "Takes the parameters of the page `/dataset/`: `q`, facets, place and period.",
    ),
    "participation_exports.export": (
        "Rows of a table as a file",
        "The rows that fit, streamed. `filters` as in `datastore_search`; `fields` names the columns.",
    ),
}
"""Endpoint -> what it gives, in a line and in a sentence; one that a site does not have is left out."""

QUERIES: dict[str, dict[str, str]] = {
    "participation_feeds.datastore_dump": {
        "format": "`csv`, `tsv`, `json` or `xml`.",
        "filters": 'As JSON text: `{"column": "value"}`.',
        "q": "Words.",
        "fields": "The columns, with commas between.",
        "sort": "A column, or `column desc`.",
        "limit": "How many rows.",
        "offset": "From which row.",
        "bom": "`true` for Excel.",
    },
    "participation_search.export": {"q": "Words.", "start": "From which record."},
    "participation_exports.export": {
        "filters": 'As JSON text: `{"column": "value"}`.',
        "fields": "The columns, with commas between.",
    },
}

NUMBERS = ("limit", "offset", "start")


def paths(routes: Map) -> dict[str, Any]:
    """The entries under ``paths`` of every door that this site has."""
    rules = sorted(
        (rule for rule in routes.iter_rules() if rule.endpoint in DOORS), key=lambda rule: rule.rule
    )
    return {PART.sub(r"{\2}", rule.rule): {"get": _operation(rule)} for rule in rules}


def _operation(rule: Rule) -> dict[str, Any]:
    summary, description = DOORS[rule.endpoint]
    file = {"description": "The file.", "content": {"*/*": {"schema": {}}}}
    refused = {"400": _page("This cannot be answered."), "404": _page("No such file, or it is not public.")}
    return {
        "operationId": re.sub(r"\W", "_", rule.endpoint),
        "summary": summary,
        "description": description,
        "tags": ["files"],
        "parameters": [*_parts(rule), *_query(rule.endpoint)],
        "responses": {"200": file} | refused,
    }


def _page(words: str) -> dict[str, Any]:
    """A refusal as a page for people."""
    return {"description": words, "content": {"text/html": {"schema": {"type": "string"}}}}


def _parts(rule: Rule) -> Iterator[dict[str, Any]]:
    """The variables in the address."""
    for kind, name in PART.findall(rule.rule):
        schema: dict[str, Any] = {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string"}
        if choice := CHOICE.fullmatch(kind):
            schema["enum"] = [each.strip(" '\"") for each in choice[1].split(",")]
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query(endpoint: str) -> Iterator[dict[str, Any]]:
    for name, words in QUERIES.get(endpoint, {}).items():
        schema = {"type": "integer", "minimum": 0} if name in NUMBERS else {"type": "string"}
        yield {"name": name, "in": "query", "description": words, "schema": schema}
