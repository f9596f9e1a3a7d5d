"""Find how a delimited file is laid out: separator, header row, lines of totals at its end."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..errors import SourceChanged
from .header import clean

SEPARATORS = (";", ",", "\t", "|")
LOOK = 60
"""Lines at the top among which the header is looked for."""
FOOTER = re.compile(
    r"^\W*(γενικ[οό] )?(σ[υύ]νολ[οα]|πηγ[ηή]|σημε[ιί]ωση|παρατηρ[ηή]σεις|total|source|note)\b", re.I
)
TOTAL = re.compile(r"(γενικ[οό] |grand )?(σ[υύ]νολ[οα]|totals?)\W*", re.I)
"""The whole of a cell: no record is named so."""
_NUMBER = re.compile(r"^[+-]?[\d.,\s]+$")

Row = Sequence[str]


@dataclass(frozen=True)
class Layout:
    """Where the header stands (1-based row), its cells, what separates cells, and what quotes them."""

    separator: str
    header_row: int
    header: tuple[str, ...]
    quote: str | None
    says: bool = False  # the file's first line is ``sep=;``


@dataclass(frozen=True)
class Fixed:
    """What the YAML fixes; ``None`` leaves it to be recognised."""

    separator: str | None = None
    header_row: int | None = None
    quote: str | None = '"'


def lay_out(path: Path, fixed: Fixed, expected: frozenset[str]) -> Layout:
    """The layout whose header has most of the expected names, or else looks most like a header.

    Raises:
        SourceChanged: ``no_header``: no row at the top has at least one name over a cell below it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(islice(file, LOOK))
    says = re.match(r"^sep=(.)\s*$", lines[0]) if lines else None
    separators = [fixed.separator] if fixed.separator else [says[1]] if says else list(SEPARATORS)
    found = [ranked for separator in separators for ranked in _headers(lines, separator, fixed, bool(says))]
    if not found:
        raise SourceChanged("no_header")
    return max(found, key=lambda ranked: _rank(ranked[0], ranked[1], expected))[1]


def _headers(lines: list[str], separator: str, fixed: Fixed, says: bool) -> Iterator[tuple[int, Layout]]:
    """Rows that may be the header, each with the number of rows that have as many cells as it."""
    rows = list(rows_of(lines, separator, fixed.quote))
    widths = Counter(len(row) for row in rows)
    for number, row in enumerate(rows, 1):
        if (says and number == 1) or fixed.header_row not in (None, number):
            continue
        cells = trimmed(row)
        unsplit = not fixed.separator and _unsplit(cells, separator)
        if cells and (fixed.header_row or not looks_like_data(cells)) and not unsplit:
            layout = Layout(separator, number, tuple(cells), fixed.quote, says)
            yield widths[len(cells)] + (len(row) != len(cells)) * widths[len(row)], layout


def _rank(alike: int, layout: Layout, expected: frozenset[str]) -> tuple[float, ...]:
    """Expected names first, then being a table at all, then how many rows fit, then how well it is filled."""
    named, filled, evenly = score(layout.header, expected)
    return named, min(filled, 2), alike, filled, evenly


def _unsplit(cells: Row, separator: str) -> bool:
    """Whether one cell, or most of several, hold what another separator would part.

    A comma stands in text, and in numbers, and so parts nothing where there are several cells.
    """
    others = [other for other in SEPARATORS if other != separator and (other != "," or len(cells) == 1)]
    holding = sum(any(other in cell for other in others) for cell in cells)
    return holding * 2 > len(cells)


def rows_of(lines: Iterable[str], separator: str, quote: str | None) -> Iterator[list[str]]:
    """Rows of cells by the rules of CSV; lines that break them end the walk."""
    options: dict[str, object] = {"delimiter": separator}
    options |= {"quotechar": quote} if quote else {"quoting": csv.QUOTE_NONE}
    try:
        yield from csv.reader(lines, **options)  # type: ignore[arg-type]
    except csv.Error:
        return


def trimmed(row: Row) -> list[str]:
    """Cells without the empty ones at the end."""
    cells = [clean(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def looks_like_data(cells: Row) -> bool:
    """Whether a row holds numbers, and so is no header."""
    return any(_NUMBER.match(cell) for cell in cells if cell)


def score(cells: Row, expected: frozenset[str]) -> tuple[int, int, float]:
    """How good a header is: expected names first, then how many cells are filled, then how evenly."""
    filled = [cell for cell in cells if cell]
    return len(expected & set(filled)), len(set(filled)), len(set(filled)) / len(cells)


def is_footer(row: Row) -> bool:
    """Whether a row at the end is blank, or of totals or a note.

    Its first word tells; where every cell is filled, too, only that it is nothing but the word for a total.
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return True
    return bool(FOOTER.match(filled[0])) and (len(filled) < len(row) or bool(TOTAL.fullmatch(filled[0])))
