"""Take a Pabulib file apart: its three sections, and every line that is not as the format says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import SourceChanged
from ..messages import message

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
"""Columns that each section must have."""
RENAMED = {"target": "beneficiaries"}
"""Columns of PROJECTS that have another name since April 2026."""
LONGEST = 1_000_000
"""Letters of one cell, at most."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, counted from 1."""

    line: int
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> dict[str, str]:
        """The fault in words, ``{"el": …, "en": …}``."""
        return message("pabulib_line", {"line": self.line, "what": message(self.code, self.params)})


@dataclass
class Section:
    """A section: its header, and its rows with their line numbers."""

    line: int
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def column(self, name: str) -> list[tuple[int, str]]:
        """The cells of a column with their lines; none where there is no such column."""
        if name not in self.header:
            return []
        at = self.header.index(name)
        return [(line, cells[at].strip()) for line, cells in self.rows]


@dataclass
class Pabulib:
    """A file taken apart; with ``faults`` it is not to be used."""

    sections: dict[str, Section] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def meta(self) -> dict[str, str]:
        """What META says, by key."""
        rows = self.sections["META"].rows if "META" in self.sections else []
        return {cells[0].strip(): cells[1].strip() for _line, cells in rows}


def parse(path: Path) -> Pabulib:
    """The sections of a file, and the lines that do not have its form.

    Raises:
        SourceChanged: ``undecodable``: it is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SourceChanged("undecodable", line=line) from error
    found, current = Pabulib(), None
    for line, cells in _rows(text.splitlines(keepends=True), found.faults):
        name = cells[0].strip()
        if len(cells) == 1 and name in SECTIONS:
            current = _opened(found, name, line)
        elif current is None:
            found.faults.append(Fault(line, "pabulib_no_section", {"found": name[:60]}))
            return found
        elif not current.header:
            current.header = _header(found, line, cells)
        elif len(cells) != len(current.header):
            params = {"found": len(cells), "expected": len(current.header)}
            found.faults.append(Fault(line, "pabulib_cells", params))
        else:
            current.rows.append((line, cells))
    return found


def _rows(lines: Iterable[str], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line at which each begins; a semicolon inside quotes separates nothing."""
    csv.field_size_limit(LONGEST)
    reader = csv.reader(lines, delimiter=";", quotechar='"', strict=True)
    before = 0
    try:
        for cells in reader:
            start, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield start, cells
    except csv.Error:
        faults.append(Fault(before + 1, "pabulib_quotes"))


def _opened(found: Pabulib, name: str, line: int) -> Section:
    if name in found.sections:
        found.faults.append(Fault(line, "pabulib_twice", {"section": name}))
    found.sections[name] = Section(line)
    return found.sections[name]


def _header(found: Pabulib, line: int, cells: list[str]) -> list[str]:
    """The names of a section's columns; those that are missing, double or renamed are faults."""
    name = next(reversed(found.sections))
    header = [cell.strip() for cell in cells]
    for needed in NEEDED[name]:
        if needed not in header:
            found.faults.append(Fault(line, "pabulib_lacks", {"section": name, "column": needed}))
    for column in sorted({column for column in header if header.count(column) > 1}):
        found.faults.append(Fault(line, "pabulib_column_twice", {"column": column}))
    for old, new in RENAMED.items():
        if name == "PROJECTS" and old in header:
            found.faults.append(Fault(line, "pabulib_renamed", {"column": old, "new": new}))
    return header
