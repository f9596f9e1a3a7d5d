"""The names of raw columns: cleaned, one of each, and few enough."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ..errors import SourceChanged
from .raw import MAX_COLUMNS


def clean(name: object) -> str:
    """A column's name in NFC, with single spaces and no byte order mark."""
    text = "" if name is None else str(name)
    return " ".join(unicodedata.normalize("NFC", text.replace("\ufeff", "")).split())


def unique(cells: Sequence[object], choices: dict[str, str]) -> list[str]:
    """Names for the cells of a header: blank ones become ``column 4``, the second of two ``Name (2)``.

    What was renamed is told in ``choices["renamed"]``.

    Raises:
        SourceChanged: more columns than ``MAX_COLUMNS``.
    """
    if len(cells) > MAX_COLUMNS:
        raise SourceChanged("too_many_columns", found=len(cells), limit=MAX_COLUMNS)
    names: list[str] = []
    renamed: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = clean(cell) or f"column {number}"
        given, times = name, 1
        while name in names:
            times += 1
            name = f"{given} ({times})"
        if name != clean(cell):
            renamed.append(name)
        names.append(name)
    if renamed:
        choices["renamed"] = ", ".join(renamed)
    return names
