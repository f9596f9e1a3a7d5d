"""The door of a table: every text cell is looked at, and what looks like personal data is named.

Most cells of most tables hold neither an at sign nor four digits close together and are not long: one
expression tells, and only the rest is folded and looked at closely.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl
from polars import selectors as cs

from ..readers.raw import ROW
from . import forms, prose
from .evidence import CELL, Evidence
from .finding import Finding
from .folding import fold, folded
from .rules import CODES, FREE_TEXT, RULES

Label = str | Mapping[str, str]
SMALLEST = 10_000_000
"""A whole number below this has fewer digits than a tax number without the zero in front."""


class Gate:
    """Looks at the cells of columns, batch by batch.

    Args:
        columns: the columns to look at, each with what it is called: a name, or its label in languages. The
            words of the name count as evidence, and so do those of the label.
        reviewed: those of them that somebody reads before they are published: free text may stand there.
    """

    def __init__(self, columns: Mapping[str, Label], reviewed: Collection[str] = ()) -> None:
        self._evidence = {name: _evidence(name, label) for name, label in columns.items()}
        for name in reviewed:
            self._evidence[name] = [item for item in self._evidence[name] if item.rule is not FREE_TEXT]

    def look(self, rows: pl.DataFrame) -> None:
        """Look at a batch: ``ROW`` and columns of text or numbers; columns that are not there are skipped."""
        for name, evidence in self._evidence.items():
            if name in rows.columns:
                self._look(rows.select(ROW, pl.col(name).alias(CELL)), evidence)

    def findings(self) -> list[Finding]:
        """What was found so far, by column and rule, in their order; never a value."""
        found = []
        for name, evidence in self._evidence.items():
            for item in evidence:
                rows, first = item.result()
                if rows:
                    found.append(Finding(name, item.rule.code, rows, first))
        return found

    @staticmethod
    def _look(cells: pl.DataFrame, evidence: list[Evidence]) -> None:
        filled = cells.height - cells[CELL].null_count()
        named = any(item.worded for item in evidence)
        cells = suspects(cells, sieve=not named)
        numbers = cells if named else cells.filter(pl.col(CELL).str.contains(forms.LONG_NUMBER))
        for item in evidence:
            item.add(cells if item.rule.short else numbers, filled)


def suspects(cells: pl.DataFrame, sieve: bool = True) -> pl.DataFrame:
    """The few cells that must be looked at closely, folded; without the sieve, all of text."""
    kind = cells.schema[CELL]
    if kind.is_numeric():
        whole = pl.col(CELL).cast(pl.Int64, strict=False)
        cells = cells.filter((whole >= SMALLEST) & (whole == pl.col(CELL)))
        cells = cells.with_columns(whole.cast(pl.String))
    elif kind != pl.String:
        return cells.clear().with_columns(cs.by_name(CELL).cast(pl.String))
    elif sieve:
        text = pl.col(CELL)
        cells = cells.filter((text.str.len_bytes() >= prose.LONG) | text.str.contains(forms.PERHAPS))
    return cells.with_columns(fold(pl.col(CELL)))


def words(name: str, label: Label) -> str:
    """All that a column is called, folded."""
    texts = [label] if isinstance(label, str) else list(label.values())
    return folded(" | ".join([name.replace("_", " "), *(text.replace("_", " ") for text in texts)]))


def _evidence(name: str, label: Label) -> list[Evidence]:
    called = words(name, label)
    coded = bool(CODES.search(called))
    return [Evidence(rule, bool(rule.named.search(called)), coded) for rule in RULES]
