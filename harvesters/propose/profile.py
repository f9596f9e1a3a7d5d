"""What stands in one raw column: its different values, how often each, and what they look like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from ..convert import CONVERTERS, Rule
from ..definitions import MISSING, Field

if TYPE_CHECKING:
    from ...schemas.definitions import Column

VALUE, COUNT = "value", "count"
SAMPLES = 3
SHOWN = 80
"""Characters of a sample."""
HEAD = 2_000


@dataclass(frozen=True)
class Profile:
    """The different values of a raw column, without those that mean “nothing”."""

    raw: str
    rows: int
    values: pl.DataFrame  # VALUE and COUNT
    samples: tuple[str, ...] = ()
    missing: tuple[str, ...] = MISSING
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def filled(self) -> int:
        """How many rows hold something."""
        return int(self.values[COUNT].sum())

    @property
    def distinct(self) -> int:
        """How many different values there are."""
        return self.values.height

    def count(self, pattern: str) -> int:
        """How many rows look like the pattern."""
        if pattern not in self._cache:
            mask = self.values[VALUE].str.contains(pattern)
            self._cache[pattern] = int(self.values.filter(mask)[COUNT].sum())
        return int(self._cache[pattern])

    def all(self, pattern: str) -> bool:
        """Whether every filled row looks like the pattern."""
        return self.filled > 0 and self.count(pattern) == self.filled

    def first(self, pattern: str) -> str:
        """A value that looks like the pattern, for a note."""
        found = self.values.filter(self.values[VALUE].str.contains(pattern))
        return str(found[VALUE][0])[:SHOWN] if found.height else ""

    def without(self, more: Iterable[str]) -> Profile:
        """The profile where further words mean “nothing”."""
        words = tuple(more)
        kept = self.values.filter(~pl.col(VALUE).is_in(list(words)))
        return Profile(self.raw, self.rows, kept, self.samples, (*self.missing, *words))

    def misfits(self, converter: str, options: dict[str, Any]) -> pl.DataFrame:
        """The values that the engine's converter refuses, with their counts."""
        key = (converter, tuple(sorted(options.items())))
        if key not in self._cache:
            self._cache[key] = self._refused(converter, options)
        found: pl.DataFrame = self._cache[key]
        return found

    def _refused(self, converter: str, options: dict[str, Any]) -> pl.DataFrame:
        item = Field("v", converter, (VALUE,), ("v",), options)
        columns: tuple[Column, ...] = ()
        rule = Rule(item, columns, self.missing)
        prepared = self.values.with_columns(rule.cells())
        good = prepared.select(CONVERTERS[converter](rule).values["v"].is_not_null()).to_series()
        return self.values.filter(~good)


def profile(column: pl.Series, missing: tuple[str, ...] = MISSING) -> Profile:
    """What stands in a raw column."""
    cells = column.rename(VALUE).str.strip_chars().to_frame()
    nothing = pl.col(VALUE).is_null() | pl.col(VALUE).is_in(list(missing))
    values = cells.filter(~nothing).group_by(VALUE, maintain_order=True).len(COUNT)
    shown = values[VALUE].head(SAMPLES).to_list()
    return Profile(column.name, column.len(), values, tuple(text[:SHOWN] for text in shown), missing)
