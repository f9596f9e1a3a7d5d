"""CONSUL Democracy: proposals and debates by GraphQL, 25 at a time; never who wrote or supported them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..errors import SourceChanged
from ..plain_text import words
from .gather import Part
from .graphql import Cursor, ask, objects
from .talk import Talk

Options = Mapping[str, Any]

SIZE = 25
"""Things of one page: the server gives no more. It allows two collections a query: these, and their tags."""
COLUMNS: dict[str, dict[str, str]] = {
    "proposals": {
        "id": "id",
        "title": "title",
        "public_created_at": "public_created_at",
        "cached_votes_up": "cached_votes_up",
        "comments_count": "comments_count",
        "geozone": "geozone { name }",
        "tags": "tags(first: 10) { edges { node { name } } }",
    },
    "debates": {
        "id": "id",
        "title": "title",
        "public_created_at": "public_created_at",
        "cached_votes_total": "cached_votes_total",
        "cached_votes_up": "cached_votes_up",
        "cached_votes_down": "cached_votes_down",
        "comments_count": "comments_count",
        "tags": "tags(first: 10) { edges { node { name } } }",
    },
}
"""What may be kept, and how it is asked for: not the author, and not the text."""
PAGE = """query($after: String) { %s(first: %d, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { %s } } } }"""


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that may not be kept."""
    yield from sorted(wanted - set(COLUMNS[options["entity"]]))


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """The things of the kind ``entity``, each once.

    Raises:
        SourceChanged: ``source_error``, ``answer_shape``, ``answer_not_json``.
        SourceUnavailable: ``incomplete_pages``.
    """
    entity, address = options["entity"], talk.address("/graphql")
    fields = {name: how for name, how in COLUMNS[entity].items() if name in wanted | {"id"}}
    query = PAGE % (entity, SIZE, " ".join(fields.values()))
    cursor, after = Cursor(address), None
    while True:
        connection = ask(talk, address, query, {"after": after}).get(entity)
        if not isinstance(connection, dict):
            raise SourceChanged("answer_shape", address=address, problem=f"no “{entity}”")
        for edge in objects(connection.get("edges")):
            if isinstance(node := edge.get("node"), dict):
                yield Part({name: _cell(node.get(name)) for name in fields}, key=str(node.get("id")))
        after = cursor.following(connection)
        if after is None:
            return


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, dict) and "edges" in value:
        tags = (tag.get("name") for edge in objects(value["edges"]) for tag in objects([edge.get("node")]))
        return ";".join(str(tag) for tag in tags if tag) or None
    return value.get("name") if isinstance(value, dict) else value
