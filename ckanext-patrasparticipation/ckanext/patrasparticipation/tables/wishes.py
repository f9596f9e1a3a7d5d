"""What a person changed of a proposal, between the form, the database and the proposer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..harvesters.propose import ColumnWish, Wish

PLAIN = ("sheet", "layer", "encoding", "separator", "header_row", "decimal", "crs", "feed", "key")
"""What is chosen for the whole file."""
ANYWHERE = "anywhere"
"""The wish that positions may lie outside the city."""
HIDE = "hide_small"
"""The wish that small numbers of people are hidden, in a table whose columns are fixed."""
COLUMN = ("name", "type", "label_el", "label_en", "about_el", "about_en", "unit", "skip")
"""What is chosen for one column."""


def of(stored: Mapping[str, Any]) -> Wish:
    """The wish as the proposer takes it."""
    columns = {
        raw: ColumnWish(**{name: said.get(name) for name in COLUMN})
        for raw, said in (stored.get("columns") or {}).items()
    }
    return Wish(**{name: stored.get(name) for name in PLAIN}, columns=columns)


def merged(stored: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What was wished before with what is wished now; an empty text takes a choice back.

    Another sheet or header row means other columns: what was said of the old ones is not theirs.
    """
    answer = {name: stored.get(name) for name in PLAIN}
    answer |= {name: said[name] or None for name in PLAIN if name in said and name != "key"}
    answer |= {"key": said["key"]} if "key" in said else {}
    answer |= {name: said.get(name, stored.get(name)) or None for name in (ANYWHERE, HIDE)}
    moved = any(answer[name] != stored.get(name) for name in ("sheet", "layer", "header_row"))
    columns = {} if moved else {raw: dict(one) for raw, one in (stored.get("columns") or {}).items()}
    for one in said.get("columns") or ():
        kept = columns.setdefault(one["raw"], {})
        kept.update({name: one[name] for name in COLUMN if name in one})
    return {name: value for name, value in answer.items() if value is not None} | {"columns": columns}


def placed(content: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """A definition whose positions may lie anywhere, when that is wished."""
    if not stored.get(ANYWHERE):
        return content
    fields = {
        name: {**one, ANYWHERE: True} if one["as"] in ("point", "geometry") else one
        for name, one in content["fields"].items()
    }
    return {**content, "fields": fields}


def hidden(content: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """A definition that hides small numbers of people, when that is wished."""
    return {**content, "small_numbers": {"hide": True}} if stored.get(HIDE) else content
