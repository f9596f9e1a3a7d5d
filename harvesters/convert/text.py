"""Converters whose value is a word: text, one of a closed list, a lookup, a constant, yes or no."""

from __future__ import annotations

from typing import Any

import polars as pl

from .. import plain_text
from .core import DTYPES, Converted, Rule, because, unreadable

TRUE = ("true", "1", "yes", "ναι", "αληθές", "αληθης", "αληθής", "t", "y", "ν")
FALSE = ("false", "0", "no", "όχι", "οχι", "ψευδές", "ψευδης", "ψευδής", "f", "n", "ο")


def text(rule: Rule) -> Converted:
    """Text in NFC, without blanks around it; with ``html: strip`` the words of HTML without its tags."""
    cell = rule.cell()
    if rule.field.options.get("html"):
        cell = cell.map_batches(plain_text.column, return_dtype=pl.String)
    return Converted({rule.field.outputs[0]: cell}, unreadable(rule.cell()))


def choice(rule: Rule) -> Converted:
    """One of the column's codes, as it is written there."""
    codes = [option.code for option in rule.columns[0].choices]
    cell = rule.cell()
    refused = because(cell.is_not_null() & rule.value().is_null(), "not_a_choice")
    return Converted({rule.field.outputs[0]: pl.when(cell.is_in(codes)).then(cell)}, refused)


def lookup(rule: Rule) -> Converted:
    """What the table says of the cell; a cell that is not in the table is refused.

    ``table: {raw: value}``; a value of null means “nothing”. ``empty`` says what an empty cell becomes.
    """
    table = {str(key): _written(value) for key, value in rule.field.options["table"].items()}
    cell = rule.cell()
    value = cell.replace_strict(list(table), list(table.values()), default=None, return_dtype=pl.String)
    known = cell.is_in(list(table))
    if "empty" in rule.field.options:
        value = pl.when(cell.is_null()).then(pl.lit(_written(rule.field.options["empty"]))).otherwise(value)
    return Converted({rule.field.outputs[0]: _typed(value, rule)}, because(~known, "not_in_table"))


def constant(rule: Rule) -> Converted:
    """The same value in every row."""
    value = pl.lit(_written(rule.field.options["value"]), pl.String)
    return Converted({rule.field.outputs[0]: _typed(value, rule)})


def boolean(rule: Rule) -> Converted:
    """Yes or no, in the usual words of both languages or in those that the YAML lists."""
    true, false = (
        [word.lower() for word in rule.field.options.get(key, words)]
        for key, words in (("true", TRUE), ("false", FALSE))
    )
    word = rule.cell().str.to_lowercase()
    value = pl.when(word.is_in(true)).then(True).when(word.is_in(false)).then(False)
    refused = word.is_not_null() & rule.value().is_null()
    return Converted({rule.field.outputs[0]: value}, because(refused, "not_a_boolean"))


def _written(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _typed(value: pl.Expr, rule: Rule) -> pl.Expr:
    """A word of the YAML in the column's type."""
    kind = rule.columns[0].type
    if kind == "boolean":
        return pl.when(value == "true").then(True).when(value == "false").then(False)
    return value.cast(DTYPES[kind], strict=False) if kind in ("integer", "number") else value
