"""What the cells of one column say about one rule, batch after batch; no value is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from ..readers.raw import ROW
from . import prose
from .finding import FIRST
from .rules import FREE_TEXT, Rule

CELL = "cell"
_NUMBER = "number"
_BETWEEN = r"[^0-9A-ZΑ-Ω]"
_LETTERS = r"^([A-ZΑ-Ω]+)"


@dataclass
class Tally:
    """How many rows, and the first of them."""

    rows: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, rows: pl.Series) -> None:
        """Count these row numbers."""
        self.rows += rows.len()
        if (room := FIRST - len(self.first)) > 0:
            self.first += rows.sort().head(room).to_list()


@dataclass
class Evidence:
    """``sure`` cells count one by one, ``likely`` ones when the column as a whole convinces."""

    rule: Rule
    worded: bool
    coded: bool
    sure: Tally = field(default_factory=Tally)
    likely: Tally = field(default_factory=Tally)
    formed: int = 0  # cells that have the form, right or not
    marks: set[int] = field(default_factory=set)  # hashes of different values, as many as are asked for

    def add(self, cells: pl.DataFrame, filled: int) -> None:
        """Look at folded cells (``ROW``, ``CELL``); ``filled`` cells were there before the sieve."""
        if self.rule is FREE_TEXT:
            self._prose(cells, filled)
            return
        whole = _numbers(cells, self.rule.cell_form(self.worded))
        right = _right(self.rule, whole)
        within = inside(self.rule, cells.join(whole, on=ROW, how="anti") if whole.height else cells)
        if self.worded:
            self.sure.add(pl.concat([right[ROW], within]))
            return
        self.sure.add(within)
        if not (self.coded and self.rule.coded):
            self.formed += whole.height
            self.likely.add(right[ROW])
            self._mark(right)

    def result(self) -> tuple[int, tuple[int, ...]]:
        """How many rows count, and the first of them."""
        counted = [self.sure, self.likely] if self._convinces() else [self.sure]
        first = sorted(row for tally in counted for row in tally.first)
        return sum(tally.rows for tally in counted), tuple(first[:FIRST])

    def _convinces(self) -> bool:
        enough = len(self.marks) >= self.rule.least
        return enough and self.likely.rows >= self.rule.share * self.formed

    def _mark(self, right: pl.DataFrame) -> None:
        if len(self.marks) < self.rule.least:
            told = pl.col(_NUMBER).str.extract(_LETTERS) if self.rule.by_letters else pl.col(_NUMBER)
            self.marks |= set(right.select(told.hash().unique()).to_series().head(self.rule.least).to_list())

    def _prose(self, cells: pl.DataFrame, filled: int) -> None:
        found = cells.filter(prose.long(pl.col(CELL)))
        if self.worded:
            self.sure.add(found[ROW])
            return
        said = found.filter(prose.spoken(pl.col(CELL)))
        self.formed += filled
        self.likely.add(said[ROW])
        self.marks |= {0} if said.height else set()


def inside(rule: Rule, cells: pl.DataFrame) -> pl.Series:
    """The rows of folded cells in which the rule's form stands somewhere and passes its check."""
    found = cells.filter(pl.col(CELL).str.contains(rule.inside))
    if not found.height or not re.compile(rule.inside).groups:
        return found[ROW]
    each = found.select(ROW, pl.col(CELL).str.extract_all(rule.inside)).explode(CELL)
    return _right(rule, _numbers(each, rule.inside))[ROW].unique()


def alone(rule: Rule, cells: pl.DataFrame) -> pl.Series:
    """The rows of folded cells that hold nothing but the rule's form, and pass its check."""
    return _right(rule, _numbers(cells, rule.cell_form(True)))[ROW]


def _right(rule: Rule, numbers: pl.DataFrame) -> pl.DataFrame:
    return numbers.filter(rule.check(pl.col(_NUMBER)))


def _numbers(cells: pl.DataFrame, form: str) -> pl.DataFrame:
    """Cells that have the form, with the form's first group without blanks; none for no form."""
    if not form:
        return pl.DataFrame(schema={ROW: pl.Int64, _NUMBER: pl.String})
    number = pl.col(CELL).str.extract(form).str.replace_all(_BETWEEN, "").alias(_NUMBER)
    return cells.select(pl.col(ROW).cast(pl.Int64), number).filter(pl.col(_NUMBER).is_not_null())
