"""A record in the middle of being saved, as CKAN's rules get it: flattened, its values as they will be stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, MutableMapping
from decimal import Decimal
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records.computed.reading import number as read_number

Flat = MutableMapping[tuple[Any, ...], Any]
Errors = MutableMapping[tuple[Any, ...], Any]


def value(data: Mapping[tuple[Any, ...], Any], *key: Any) -> Any:
    """The value at a key; nothing where it was left out or is empty."""
    found = data.get(key)
    return None if found is tk.missing or found == "" else found


def number(data: Mapping[tuple[Any, ...], Any], *key: Any) -> Decimal | None:
    """The number at a key; nothing where there is none, or where it was refused."""
    return read_number(value(data, *key))


def codes(data: Mapping[tuple[Any, ...], Any], *key: Any) -> list[str]:
    """The codes of a stored list; nothing of a field that was left out or refused."""
    found = value(data, *key)
    try:
        read = json.loads(found) if isinstance(found, str) else found
    except (ValueError, RecursionError):
        return []
    return [code for code in read if isinstance(code, str)] if isinstance(read, list) else []


def rows(data: Mapping[tuple[Any, ...], Any], name: str) -> list[int]:
    """The positions of the parts of a repeating field."""
    return sorted({key[1] for key in data if key[0] == name and len(key) == 3 and isinstance(key[1], int)})


def part(data: Mapping[tuple[Any, ...], Any], name: str, row: int) -> dict[str, Any]:
    """One part of a repeating field, by the names of its subfields."""
    inside = [key for key in data if len(key) == 3 and key[:2] == (name, row)]
    return {key[2]: value(data, *key) for key in inside}


def record(
    data: Mapping[tuple[Any, ...], Any], names: Iterable[str], repeating: Iterable[str] = ()
) -> dict[str, Any]:
    """These fields of the record, as what is worked out of records reads them."""
    plain = {name: value(data, name) for name in names}
    return plain | {name: [part(data, name, row) for row in rows(data, name)] for name in repeating}


def refuse(errors: Errors, key: tuple[Any, ...], message: str) -> None:
    """Put a message at a field, unless the field is refused for itself already."""
    if not errors.get(key):
        errors[key] = [message]


def is_sound(errors: Mapping[tuple[Any, ...], Any], *names: str) -> bool:
    """None of these fields was refused for itself."""
    return not any(errors.get((name,)) for name in names)


def put(data: Flat, name: str, new: str) -> None:
    """Give a field of the definition a value after all fields were read; CKAN has put it among the extras."""
    data[name,] = new
    rows_of_extras = {key[1]: data[key] for key in data if key[0] == "extras" and key[-1] == "key"}
    row = next((row for row, key in rows_of_extras.items() if key == name), None)
    if row is None:
        row = max(rows_of_extras, default=-1) + 1
        data["extras", row, "key"] = name
    data["extras", row, "value"] = new
