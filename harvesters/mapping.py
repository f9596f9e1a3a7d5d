"""Map a batch of raw columns to the feed's columns; what cannot be mapped is refused, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

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
        raw = self.geography.prepare(rules, raw)
        converted = {rule.field.name: self._converted(rule) for rule in rules}
        values = {name: value for item in converted.values() for name, value in item.values.items()}
        values |= {
            column.name: self._empty(column) for column in self._columns() if column.name not in values
        }
        why = self._reasons(rules, converted, values)
        typed = [values[column.name].alias(column.name) for column in self._columns()]
        reasons = [expr.alias(f"{_WHY}{name}") for name, expr in why.items()]
        wide = raw.select(ROW, *self._reader_refused(raw), *typed, *reasons)
        return self._parted(raw, wide, rules, list(why))

    def _rules(self, raw: pl.DataFrame) -> list[Rule]:
        absent = self.source.mapped - set(raw.columns)
        reader = self.source.reader
        rules = []
        for item in self.source.fields:
            columns = tuple(column for name in item.outputs if (column := self.source.feed.column(name)))
            rule = Rule(item, columns, reader.missing, reader.options.get("decimal"), absent=absent)
            rules.append(self.geography.place(rule, raw))
        return rules

    def _converted(self, rule: Rule) -> Converted:
        if rule.field.converter == "id":  # made when duplicates are gone
            return Converted({rule.field.outputs[0]: pl.lit(None, pl.String)})
        return CONVERTERS[rule.field.converter](rule)

    def _columns(self) -> tuple[Column, ...]:
        return self.source.feed.columns

    @staticmethod
    def _empty(column: Column) -> pl.Expr:
        return pl.lit(None, DTYPES[column.type])

    def _reasons(
        self, rules: list[Rule], converted: dict[str, Converted], values: dict[str, pl.Expr]
    ) -> dict[str, pl.Expr]:
        """Why a row is refused, by column: the converter's reason first, then the column's limits."""
        made = {rule.field.outputs[0] for rule in rules if rule.field.converter == "id"}
        made |= {self.source.count_into} if self.source.count_into else set()
        why: dict[str, pl.Expr] = {}
        for item in converted.values():
            if item.refused is not None:
                why[next(iter(item.values))] = item.refused
        for column in self._columns():
            if column.name in made:
                continue
            key = column.name == self.source.feed.key
            broken = limits(column, values[column.name], self.today, key)
            if broken is not None:
                why[column.name] = pl.coalesce(why[column.name], broken) if column.name in why else broken
        return why

    @staticmethod
    def _reader_refused(raw: pl.DataFrame) -> list[pl.Expr]:
        return [pl.col(REFUSED).alias(_WHY)] if REFUSED in raw.columns else []

    def _parted(
        self, raw: pl.DataFrame, wide: pl.DataFrame, rules: list[Rule], named: list[str]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        whys = [column for column in wide.columns if column.startswith(_WHY)]
        bad = wide.select(pl.any_horizontal(pl.col(whys).is_not_null())).to_series() if whys else None
        if bad is None or not bad.any():
            return wide.drop(whys), pl.DataFrame(schema=REJECTED_SCHEMA)
        refused = self._refused(raw.filter(bad), wide.filter(bad), rules, named)
        return wide.filter(~bad).drop(whys), refused

    def _refused(
        self, raw: pl.DataFrame, wide: pl.DataFrame, rules: list[Rule], named: list[str]
    ) -> pl.DataFrame:
        """One line for each refused row: its first reason, in the order of the columns."""
        cells = {name: rule.raw() for rule in rules for name in rule.field.outputs}
        shown = [cells.get(name, pl.lit(None, pl.String)).alias(f"{_RAW}{name}") for name in named]
        whole = pl.concat_str(
            pl.exclude(ROW, REFUSED, "^__.*__.*$"), separator=" | ", ignore_nulls=True
        ).alias(_RAW)
        both = pl.concat([wide, raw.select(*shown, whole)], how="horizontal")
        whys = [name for name in ["", *named] if f"{_WHY}{name}" in both.columns]
        first = [pl.when(pl.col(f"{_WHY}{name}").is_not_null()) for name in whys]
        column = pl.coalesce(when.then(pl.lit(name)) for when, name in zip(first, whys, strict=True))
        shown_raw = (pl.col(f"{_RAW}{name}").fill_null("") for name in whys)
        value = pl.coalesce(when.then(raw) for when, raw in zip(first, shown_raw, strict=True))
        return both.select(
            pl.col(ROW).alias("row_number"),
            pl.when(column != "").then(column).alias("column"),
            pl.coalesce(pl.col(f"{_WHY}{name}") for name in whys).alias("code"),
            value.str.slice(0, RAW_LENGTH).str.replace_all("\x00", "␀", literal=True).alias("raw"),
        )
