"""Write what a conversation brings into one file: only the columns that are mapped, each thing once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from .flatten import text
from .raw import REFUSED, TOLD

NAME = "gathered.ndjson"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One thing of the source: its ``cells`` by raw column, of which only the mapped ones are kept.

    Of parts with one ``key`` the one with the greatest ``stamp`` is kept, and of equals the first. A part
    that could not be read is ``refused`` with a code, and ``told`` says which and where, in our own words.
    """

    cells: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    stamp: str = ""
    refused: str | None = None
    told: str | None = None


@dataclass(frozen=True)
class Gathered:
    """What a conversation brought, as the one file that is read; the same things give the same ``sha256``."""

    address: str
    fetched_at: datetime  # UTC, of the first answer
    path: Path
    sha256: str
    notes: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


class Gathering:
    """The file while it grows. Memory grows by the keys alone."""

    def __init__(self, folder: Path, wanted: frozenset[str]) -> None:
        self._path, self._wanted = folder / NAME, sorted(wanted)
        self._seen: dict[str, tuple[str, int]] = {}
        self._older: set[int] = set()
        self.again = 0

    def write(self, parts: Iterator[Part]) -> tuple[Path, str]:
        """The file, a JSON object a line, and its SHA-256."""
        with self._path.open("wb") as file:
            line = 0
            for part in parts:
                if self._is_new(part, line):
                    file.write(self._line(part))
                    line += 1
        if self._older:
            self._drop_older()
        return self._path, _sha256(self._path)

    def _is_new(self, part: Part, line: int) -> bool:
        if part.key is None:
            return True
        before = self._seen.get(part.key)
        if before:
            self.again += 1
            if part.stamp <= before[0]:
                return False
            self._older.add(before[1])
        self._seen[part.key] = (part.stamp, line)
        return True

    def _line(self, part: Part) -> bytes:
        cells = {name: text(part.cells[name]) for name in self._wanted if name in part.cells}
        if part.refused:
            cells |= {REFUSED: part.refused, TOLD: part.told}
        return orjson.dumps(cells) + b"\n"

    def _drop_older(self) -> None:
        """Leave out the lines of which a newer version came."""
        newer = self._path.with_suffix(".newer")
        with self._path.open("rb") as file, newer.open("wb") as out:
            out.writelines(line for number, line in enumerate(file) if number not in self._older)
        newer.replace(self._path)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
