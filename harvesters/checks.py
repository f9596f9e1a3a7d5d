"""Is what came normal? Otherwise the run stops before anything is published, and says why."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from .definitions import Source
from .errors import SourceChanged, SourceHeld
from .last import Last
from .report import Reason, reason
from .sink import Totals

Refusal = tuple[str | None, str]
"""The column and the code of a refused row; no column where the whole row is meant."""

FEW = 20
"""Rows: smaller changes are not asked about."""
_COMMA = re.compile(r"^[+-]?[\d.]+,\d+(?:, |$)")
RETYPED = 0.9
"""Share of rows refused in one column for one reason, above which the column has another type."""
TYPE_CODES = {
    "not_an_integer",
    "not_a_number",
    "not_a_date",
    "not_a_timestamp",
    "not_a_boolean",
    "not_a_position",
}


def missing_columns(source: Source, found: Iterable[str]) -> None:
    """Raise ``SourceChanged`` when a raw column that the mapping needs is not there; suggest its new name."""
    there = set(found)
    if missing := sorted(source.required - there):
        suggestions = renamed(missing, there - source.mapped - source.ignore)
        raise SourceChanged(
            "missing_columns", columns=missing, found=sorted(there), suggestions=[s.text for s in suggestions]
        )


def unmapped(source: Source, found: Iterable[str]) -> list[str]:
    """The columns that are neither mapped nor ignored."""
    return sorted(set(found) - source.mapped - source.ignore - set(source.expect.columns))


def new_columns(source: Source, found: Iterable[str], last: Last) -> list[Reason]:
    """Columns that are neither mapped nor ignored: announced, or an error when nothing was ever published.

    Raises:
        SourceChanged: ``unmapped_columns`` on a source's first load.
    """
    unknown = unmapped(source, found)
    if unknown and last.generation is None:
        raise SourceChanged("unmapped_columns", columns=unknown)
    return [reason("new_column", column=name) for name in unknown]


def renamed(missing: Iterable[str], unknown: Iterable[str]) -> list[Reason]:
    """For each missing column, the unknown one whose name is closest."""
    folded = {_folded(name): name for name in unknown}
    found = []
    for name in missing:
        if close := get_close_matches(_folded(name), folded, n=1, cutoff=0.6):
            found.append(reason("renamed_column", column=name, found=folded[close[0]]))
    return found


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def retyped(refused: Counter[Refusal], shown: Mapping[Refusal, str], rows: int) -> None:
    """Raise ``SourceChanged`` when nearly all values of one column cannot be read any more.

    Args:
        refused: how many rows were refused, by column and code.
        shown: a raw value for each.
        rows: how many came in.
    """
    for refusal, times in refused.items():
        column, code = refusal
        if code in TYPE_CODES and rows >= FEW and times >= RETYPED * rows:
            raise SourceChanged(
                "column_retyped", column=column, refused=times, rows=rows, raw=shown.get(refusal, "")
            )


def hints(shown: Mapping[Refusal, str]) -> list[Reason]:
    """What the refused values suggest: numbers with a decimal comma that the YAML does not speak of."""
    return [
        reason("decimal_comma", column=column)
        for (column, code), raw in shown.items()
        if code in ("not_a_number", "not_a_position") and _COMMA.search(raw)
    ]


def odd(source: Source, totals: Totals, last: Last) -> Iterator[SourceHeld]:
    """Everything that a person must look at, the gravest first.

    In this order: no rows, all refused (nothing else is told of those), too many refused, too few or too
    many rows, a drop or a growth against the last publication.
    """
    expect, rows = source.expect, totals.loaded
    if not totals.rows_in:
        yield SourceHeld("no_rows")
        return
    if not rows:
        yield SourceHeld("all_rejected", rows=totals.rows_in)
        return
    if totals.rejected > expect.rejected * totals.rows_in:
        limit = expect.rejected * 100
        yield SourceHeld("too_many_rejected", rejected=totals.rejected, rows=totals.rows_in, limit=limit)
    if rows < expect.min_rows:
        yield SourceHeld("too_few_rows", rows=rows, limit=expect.min_rows)
    if rows > expect.max_rows:
        yield SourceHeld("too_many_rows", rows=rows, limit=expect.max_rows)
    yield from _against(last.rows, rows, source)


def reviewed(source: Source, filled: Mapping[str, int]) -> Iterator[SourceHeld]:
    """What people wrote, in columns of which somebody must say that they read it."""
    there = [source.feed.column(name) for name in filled]
    if there:
        yield SourceHeld("reviewed_text", columns=[dict(column.label) for column in there if column])


def _against(before: int | None, rows: int, source: Source) -> Iterator[SourceHeld]:
    if not before:
        return
    drop, growth = source.expect.drop, source.expect.growth
    if before - rows >= FEW and before - rows > drop * before:
        yield SourceHeld("rows_dropped", before=before, rows=rows, limit=drop * 100)
    if rows - before >= FEW and rows > growth * before:
        yield SourceHeld("rows_grew", before=before, rows=rows, limit=growth)
