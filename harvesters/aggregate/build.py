"""Turn ``aggregate`` of a source YAML into an ``Aggregate``, and refuse what cannot be summed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..definitions import Field
from ..errors import DefinitionError
from .definition import SUPPRESSED, Aggregate, Group, Measure

if TYPE_CHECKING:
    from ...schemas.definitions import Column, Feed

DAYS = ("date", "timestamp")
NUMBERS = ("integer", "number")
INPUTS = {"sum": NUMBERS, "median_days": DAYS}
"""Types of the columns that a measure takes; ``distinct`` takes any."""
OUTPUTS = {"count": ("integer",), "distinct": ("integer",), "sum": NUMBERS, "median_days": ("number",)}
MONTHS = ("text", "date")
"""A month is written ``2026-05``, or as its first day."""
TYPES = {
    "integer": "integer",
    "number": "number",
    "point": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "geometry": "geometry",
}
"""What a converter gives where the feed has no such column; the others give text."""
ANY = ("lookup", "constant", "choice")
"""Converters that give what the column is."""


def build(
    content: Mapping[str, Any] | None, fields: Sequence[Field], feed: Feed, file: str
) -> Aggregate | None:
    """The aggregate of a source; nothing where it has none.

    Raises:
        DefinitionError: a column that neither the feed nor a field has, or one of a type that does not fit.
    """
    if content is None:
        return None
    by = tuple(_group(name, said) for name, said in content["by"].items())
    measures = tuple(_measure(name, said) for name, said in content["measures"].items())
    made = Aggregate(by, measures, _rows(by, fields, feed), content.get("suppress_below"))
    _Check(made, feed, file).all()
    return made


def _group(name: str, said: str | Mapping[str, str]) -> Group:
    return Group(name, said) if isinstance(said, str) else Group(name, said["month_of"], month=True)


def _measure(name: str, said: str | Mapping[str, Any]) -> Measure:
    if isinstance(said, str):
        return Measure(name, said)
    ((kind, columns),) = said.items()
    return Measure(name, kind, (columns,) if isinstance(columns, str) else tuple(columns))


def _rows(by: Iterable[Group], fields: Sequence[Field], feed: Feed) -> Feed:
    """The columns before anything is summed: as the feed describes them where one groups by them.

    What groups and must be there in the feed must be there in every row.
    """
    groups = {group.column: group for group in by}
    columns = []
    for item in fields:
        for name in item.outputs:
            group = groups.get(name)
            of_feed = feed.column(group.name) if group else None
            if of_feed and group and not group.month and _fitting(item.converter, of_feed):
                columns.append(replace(of_feed, name=name, unique=False))
            else:
                required = bool(of_feed and of_feed.required)
                columns.append(_plain(name, item.converter, feed.columns[0], required))
    return replace(feed, columns=tuple(columns), key="")


def _fitting(converter: str, column: Column) -> bool:
    return converter in ANY or TYPES.get(converter, "text") == column.type


def _plain(name: str, converter: str, like: Column, required: bool) -> Column:
    label = {"el": name, "en": name}
    return type(like)(name, TYPES.get(converter, "text"), label, required=required)


class _Check:
    """Refuses an aggregate that does not fit its feed or its fields."""

    def __init__(self, made: Aggregate, feed: Feed, file: str) -> None:
        self.made, self.feed, self.file = made, feed, file

    def all(self) -> None:
        for group in self.made.by:
            self._typed(f"aggregate.by.{group.name}", group.name, self._of_group(group))
            self._row(f"aggregate.by.{group.name}", group.column, DAYS if group.month else ())
        for measure in self.made.measures:
            key = f"aggregate.measures.{measure.name}"
            self._typed(key, measure.name, OUTPUTS[measure.kind])
            for column in measure.columns:
                self._row(key, column, INPUTS.get(measure.kind, ()))
        if self.made.suppress_below:
            self._typed("aggregate.suppress_below", SUPPRESSED, ("boolean",))

    def _of_group(self, group: Group) -> tuple[str, ...]:
        column = self.made.rows.column(group.column)
        return MONTHS if group.month else (column.type,) if column else ()

    def _typed(self, key: str, name: str, types: Sequence[str]) -> None:
        column = self.feed.column(name)
        if column is None:
            there = sorted(column.name for column in self.feed.columns)
            raise DefinitionError(
                "unknown_column", file=self.file, key=key, value=name, feed=self.feed.name, allowed=there
            )
        self._fits(key, column, types)

    def _row(self, key: str, name: str, types: Sequence[str]) -> None:
        column = self.made.rows.column(name)
        if column is None:
            there = sorted(column.name for column in self.made.rows.columns)
            raise DefinitionError("unknown_row_column", file=self.file, key=key, value=name, allowed=there)
        self._fits(key, column, types)

    def _fits(self, key: str, column: Column, types: Sequence[str]) -> None:
        if types and column.type not in types:
            value = f"{column.name} ({column.type})"
            raise DefinitionError("wrong_value", file=self.file, key=key, value=value, allowed=list(types))
