"""Hold a whole table against the rules of its feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from ..readers.raw import ROW
from . import record as of_record
from .broken import FIRST, Broken, written
from .kinds import EXPECTED, FOUND, KINDS

if TYPE_CHECKING:
    from ...schemas.definitions import Check, Feed


def look(feed: Feed, rows: pl.DataFrame, record: Mapping[str, float]) -> list[Broken]:
    """Every rule that the table breaks, in the order of the feed's file.

    Args:
        feed: whose ``checks`` hold.
        rows: the whole table, typed, with ``ROW``.
        record: the numbers that the record of the table states, by field.
    """
    return [broken for check in feed.checks for broken in _broken(feed, rows, check, record)]


def _broken(feed: Feed, rows: pl.DataFrame, check: Check, record: Mapping[str, float]) -> Iterator[Broken]:
    if check.kind == "total_of_record":
        yield from _totals(feed, rows, check.options, record)
        return
    column, bad = KINDS[check.kind](rows, check.options)
    if bad.height:
        first = bad.row(0, named=True)
        yield Broken(
            column=column,
            label=_label(feed, column),
            rule=check.kind,
            rows=bad.height,
            first=tuple(bad[ROW].head(FIRST).to_list()),
            found=written(first[FOUND]),
            expected=written(first[EXPECTED]),
            params=_named(feed, check.options),
        )


def _totals(
    feed: Feed, rows: pl.DataFrame, options: Mapping[str, Any], record: Mapping[str, float]
) -> Iterator[Broken]:
    column = options["column"]
    for group, total, expected, name in of_record.totals(rows, feed, options, record):
        numbers = group[ROW].sort()
        yield Broken(
            column=column,
            label=_label(feed, column),
            rule="total_of_record",
            rows=group.height,
            first=tuple(numbers.head(FIRST).to_list()),
            found=written(total),
            expected=written(float(expected)),
            params={"field": options["field"], "group": f" ({name})" if name else ""},
        )


def _named(feed: Feed, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a check, with columns by their labels."""
    return {key: _said(feed, value) for key, value in options.items() if key != "column"}


def _said(feed: Feed, value: Any) -> Any:
    if isinstance(value, str):
        return _label(feed, value)
    if isinstance(value, (list, tuple)):
        return {
            language: ", ".join(_label(feed, one)[language] for one in value) for language in ("el", "en")
        }
    return value


def _label(feed: Feed, name: str) -> dict[str, str]:
    column = feed.column(name)
    return dict(column.label) if column else {"el": name, "en": name}
