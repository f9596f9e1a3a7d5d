"""Map a batch of raw columns to the feed's columns; what cannot be mapped is refused, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars import selectors as cs

from .convert import CONVERTERS, DTYPES, Converted, Rule
from .convert.limits import limits
from .definitions import Source
from .geography import Geography
from .readers.raw import REFUSED, ROW
from .sink import REJECTED_SCHEMA

if TYPE_CHECKING:
    from ..schemas.definitions import Column

RAW_LENGTH = 1000
"""Characters of a raw value that are kept with a refused row."""
_WHY, _RAW = "__why__", "__raw__"


@dataclass
class Mapper:
    """The mapping of one load; ``today`` is what limits of days go by."""

    source: Source
    geography: Geography
    today: date

    def map(self, raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Rows (``ROW`` and the feed's columns, typed) and refused rows (as ``REJECTED_SCHEMA``).

        Every raw row is in one of the two, once.

        Raises:
            SourceChanged: ``choose_crs``.
            DefinitionError: ``no_layer``.
        """
        rules = self._rules(raw)
        prepared = raw.with_columns(cell for rule in rules for cell in rule.cells())
        rules = [self.geography.place(rule, prepared) for rule in rules]
        prepared = self.geography.prepare(rules, prepared)
        converted = {rule.field.name: self._converted(rule) for rule in rules}
        values = {name: value for item in converted.values() for name, value in item.values.items()}
        values |= {
            column.name: self._empty(column) for column in self._columns() if column.name not in values
        }
        typed = prepared.select(
            ROW,
            *(values[column.name].alias(column.name) for column in self._columns()),
            cs.starts_with("__") - cs.by_name(ROW, REFUSED, require_all=False),
        )
        why = self._reasons(rules, converted)
        reasons = typed.select(expr.alias(f"{_WHY}{name}") for name, expr in why.items())
        if REFUSED in raw.columns:
            reasons = reasons.with_columns(raw[REFUSED].alias(_WHY))
        return self._parted(raw, typed.select(ROW, *self._names()), reasons, rules)

    def _rules(self, raw: pl.DataFrame) -> list[Rule]:
        absent = self.source.mapped - set(raw.columns)
        reader, feed = self.source.reader, self.source.feed
        rules = []
        for item in self.source.fields:
            columns = tuple(column for name in item.outputs if (column := feed.column(name)))
            rules.append(Rule(item, columns, reader.missing, reader.options.get("decimal"), absent=absent))
        return rules

    def _converted(self, rule: Rule) -> Converted:
        if rule.field.converter == "id":  # made when duplicates are gone
            return Converted({rule.field.outputs[0]: pl.lit(None, pl.String)})
        return CONVERTERS[rule.field.converter](rule)

    def _names(self) -> list[str]:
        return [column.name for column in self._columns()]

    def _columns(self) -> tuple[Column, ...]:
        return self.source.feed.columns

    @staticmethod
    def _empty(column: Column) -> pl.Expr:
        return pl.lit(None, DTYPES[column.type])

    def _reasons(self, rules: list[Rule], converted: dict[str, Converted]) -> dict[str, pl.Expr]:
        """Why a row is refused, by column: the converter's reason first, then the column's limits."""
        made = {rule.field.outputs[0] for rule in rules if rule.field.converter == "id"}
        made |= {self.source.count_into} if self.source.count_into else set()
        why: dict[str, pl.Expr] = {}
        for item in converted.values():
            if item.refused is not None:
                why[next(iter(item.values))] = item.refused
        for column in self._columns():
            key = column.name == self.source.feed.key
            broken = None if column.name in made else limits(column, self.today, key)
            if broken is not None:
                why[column.name] = pl.coalesce(why[column.name], broken) if column.name in why else broken
        return why

    def _parted(
        self, raw: pl.DataFrame, typed: pl.DataFrame, reasons: pl.DataFrame, rules: list[Rule]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        bad = reasons.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if reasons.width else None
        if bad is None or not bad.any():
            return typed, pl.DataFrame(schema=REJECTED_SCHEMA)
        return typed.filter(~bad), self._refused(raw.filter(bad), reasons.filter(bad), rules)

    def _refused(self, raw: pl.DataFrame, reasons: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
        """One line for each refused row: its first reason, in the order of the columns."""
        names = sorted((name.removeprefix(_WHY) for name in reasons.columns), key=bool)
        cells = {name: rule.raw() for rule in rules for name in rule.field.outputs}
        shown = [cells.get(name, pl.lit(None, pl.String)).alias(f"{_RAW}{name}") for name in names if name]
        whole = pl.concat_str(pl.exclude(ROW, REFUSED), separator=" | ", ignore_nulls=True).alias(_RAW)
        both = pl.concat([reasons, raw.select(ROW, *shown, whole)], how="horizontal")
        first = [pl.when(pl.col(f"{_WHY}{name}").is_not_null()) for name in names]
        column = pl.coalesce(when.then(pl.lit(name)) for when, name in zip(first, names, strict=True))
        texts = (pl.col(f"{_RAW}{name}").fill_null("") for name in names)
        value = pl.coalesce(when.then(text) for when, text in zip(first, texts, strict=True))
        return both.select(
            pl.col(ROW).alias("row_number"),
            pl.when(column != "").then(column).alias("column"),
            pl.coalesce(pl.col(f"{_WHY}{name}") for name in names).alias("code"),
            value.str.slice(0, RAW_LENGTH).str.replace_all("\x00", "␀", literal=True).alias("raw"),
        )
