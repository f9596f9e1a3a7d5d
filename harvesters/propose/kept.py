"""What the previous definition of a table said of its columns, found again in the headers of a new file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .words import fold


@dataclass(frozen=True)
class Kept:
    """What is known of one raw column: its field, its line in the dictionary, or that it is left out."""

    raw: str
    name: str
    converter: str
    column: Mapping[str, Any] = field(default_factory=dict)
    skip: bool = False


@dataclass(frozen=True)
class Previous:
    """A previous definition, by raw header."""

    content: Mapping[str, Any]
    columns: Mapping[str, Kept]

    def option(self, name: str) -> str | None:
        """An option of its reader."""
        value = self.content.get("reader", {}).get(name)
        return None if value is None else str(value)

    @property
    def feed(self) -> str | None:
        """The feed it had."""
        return self.content.get("feed")

    @property
    def made_key(self) -> bool:
        """Whether its key was made of the row."""
        return any(item.get("as") == "id" for item in self.content.get("fields", {}).values())

    def again(self, raws: Iterable[str]) -> tuple[dict[str, Kept], tuple[str, ...]]:
        """What is known of these headers, and the mapped ones that are lost.

        A header is the same when only capitals, accents, blanks or punctuation differ.
        """
        headers = list(raws)
        found = {raw: self.columns[raw] for raw in headers if raw in self.columns}
        taken = {kept.raw for kept in found.values()}
        folded = {fold(raw): kept for raw, kept in self.columns.items() if raw not in taken}
        for raw in headers:
            if raw not in found and (kept := folded.pop(fold(raw), None)):
                found[raw] = kept
        there = {kept.raw for kept in found.values()}
        lost = (raw for raw, kept in self.columns.items() if raw not in there and not kept.skip)
        return found, tuple(lost)


def previous(content: Mapping[str, Any] | None) -> Previous:
    """The previous definition in the words of a source YAML, or an empty one."""
    content = content or {}
    dictionary = {column["name"]: column for column in content.get("columns", ()) if "name" in column}
    columns: dict[str, Kept] = {}
    for name, options in content.get("fields", {}).items():
        raw = options.get("from", ())
        for item in (raw,) if isinstance(raw, str) else raw:
            columns[item] = Kept(item, name, options["as"], dictionary.get(name, {}))
    for raw in content.get("ignore", ()):
        columns[raw] = Kept(raw, "", "", skip=True)
    return Previous(content, columns)
