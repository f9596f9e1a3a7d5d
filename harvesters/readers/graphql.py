"""Questions in GraphQL: a query and its variables by POST, and the data of the answer or its error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from ..errors import SourceChanged, SourceUnavailable
from .talk import Talk


def ask(talk: Talk, address: str, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What stands under ``data``.

    Raises:
        SourceChanged: ``source_error`` with the first message: errors come with status 200;
            ``answer_shape``; as ``Talk.json``.
    """
    answer = talk.json(address, orjson.dumps({"query": query, "variables": dict(variables or {})}))
    if not isinstance(answer, dict):
        raise SourceChanged("answer_shape", address=address, problem="no object")
    if errors := answer.get("errors"):
        raise SourceChanged("source_error", problem=_message(errors))
    data = answer.get("data")
    if not isinstance(data, dict):
        raise SourceChanged("answer_shape", address=address, problem="no “data”")
    return data


def _message(errors: Any) -> str:
    first = errors[0] if isinstance(errors, list) and errors else errors
    said = first.get("message") if isinstance(first, dict) else first
    return " ".join(str(said).split())[:300]


def fields_of(talk: Talk, address: str, kind: str) -> frozenset[str]:
    """The fields that a type has at this server; none where it does not know the type."""
    query = "query($kind: String!) { __type(name: $kind) { fields { name } } }"
    found = objects([ask(talk, address, query, {"kind": kind}).get("__type")])
    return frozenset(str(item.get("name")) for known in found for item in objects(known.get("fields")))


class Cursor:
    """The place in a list of pages; a place that comes twice means that the pages never end."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._seen: set[str] = set()

    def following(self, connection: Mapping[str, Any]) -> str | None:
        """Where the next page starts; nothing after the last one.

        Raises:
            SourceUnavailable: ``incomplete_pages``, when a page is announced that is the one just read.
            SourceChanged: ``answer_shape``.
        """
        info = connection.get("pageInfo")
        if not isinstance(info, dict):
            raise SourceChanged("answer_shape", address=self._address, problem="no “pageInfo”")
        if not info.get("hasNextPage"):
            return None
        place = str(info.get("endCursor") or "")
        if not place or place in self._seen:
            raise SourceUnavailable(
                "incomplete_pages", address=self._address, wanted="…", found=len(self._seen)
            )
        self._seen.add(place)
        return place


def objects(found: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; null and an empty list both mean that there are none."""
    if isinstance(found, list):
        yield from (item for item in found if isinstance(item, dict))
