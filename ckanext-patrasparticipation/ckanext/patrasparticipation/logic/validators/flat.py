"""What rules about several fields read and write: CKAN's flattened record, every value at a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ckan.types import FlattenDataDict, FlattenErrorDict

from ckanext.patrasparticipation.records import prepare

Part = dict[str, Any]
"""One part of a repeating field, by the names of its subfields; empty ones are left out."""


def text(data: FlattenDataDict, *path: Any) -> str:
    """The text at that path; empty where there is none."""
    value = data.get(path)
    return value if isinstance(value, str) else ""


def codes(data: FlattenDataDict, name: str) -> list[str]:
    """The codes or ids of a stored list; nothing of a field that was left out or refused."""
    try:
        read = json.loads(text(data, name) or "[]")
    except (ValueError, RecursionError):
        return []
    return [one for one in read if isinstance(one, str)] if isinstance(read, list) else []


def parts(data: FlattenDataDict, name: str) -> Iterator[tuple[int, Part]]:
    """The parts of a repeating field in their order, each with its number."""
    found: dict[int, Part] = {}
    for path, value in data.items():
        if len(path) == 3 and path[0] == name and not prepare.is_empty(value):
            found.setdefault(path[1], {})[path[2]] = value
    yield from sorted(found.items())


def put(data: FlattenDataDict, name: str, value: str | None) -> None:
    """Give a field of the record another value, or take it away.

    By the time rules about several fields run, CKAN has copied each field of ours into an extra: it is the
    extra that is stored.
    """
    copies = [path for path in data if len(path) == 3 and path[0] == "extras" and path[2] == "key"]
    own = next((path[:2] for path in copies if data[path] == name), None)
    if value is None:
        data.pop((name,), None)
        if own:
            for path in [path for path in data if path[:2] == own]:
                del data[path]
        return
    place = own or ("extras", max((path[1] for path in copies), default=-1) + 1)
    data[(name,)] = value
    data[(*place, "key")], data[(*place, "value")] = name, value


def refuse(errors: FlattenErrorDict, path: tuple[Any, ...], message: str) -> None:
    """Put an error where the form and the API look for it."""
    errors.setdefault(path, []).append(message)


def in_order(first: Any, second: Any) -> bool:
    """Whether two days or moments follow each other; what is missing is in order.

    ISO text sorts by itself; beside a day alone a moment counts as its day.
    """
    if not (isinstance(first, str) and isinstance(second, str) and first and second):
        return True
    length = min(len(first), len(second))
    return first[:length] <= second[:length]
