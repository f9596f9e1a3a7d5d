"""The language of ``filters``, which is CKAN 2.12's, read into a tree; a wrong word is told.

``{"status": "ok"}``, ``{"status": ["ok", null]}``, ``{"power_w": {"gte": 70, "lt": 150}}``; columns of one
object together, objects of a list one or the other, ``$and`` and ``$or``. CKAN's own reader fails with 500 on
``{"status": {}}`` and ``{"status": {"in": 5}}``, and for null it finds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore.filters import FilterOp

from .values import shown, typed

OPERATORS = ("eq", "in", "gt", "gte", "lt", "lte")
JOINS = ("$and", "$or")
DEPTH, PARTS, VALUES, NAMED = 10, 100, 1000, 60


def parse(given: Any, types: Mapping[str, str] | None = None) -> FilterOp | None:
    """The tree of a filter, its values of their columns' types; nothing where nothing is filtered.

    Args:
        given: an object, a list of objects, or either as JSON text.
        types: PostgreSQL's type by column; without it only the shape is looked at, and no column is named
            that the caller may not know of.

    Raises:
        tk.ValidationError: ``filters``.
    """
    value = _json(given)
    if value in (None, "", {}, []):
        return None
    parser = _Parser(types)
    return parser.either(value, DEPTH) if isinstance(value, list) else parser.all_of(value, DEPTH)


def wrong(sentence: str) -> tk.ValidationError:
    """The error of a filter."""
    return tk.ValidationError({"filters": [sentence]})


def _json(given: Any) -> Any:
    if not isinstance(given, str) or not given.strip():
        return given.strip() if isinstance(given, str) else given
    try:
        return json.loads(given)
    except (ValueError, RecursionError) as error:
        raise wrong(tk._("This is not JSON: {value}").format(value=shown(given))) from error


class _Parser:
    """One filter; counts its parts, so that no filter is larger than the database reads in a moment."""

    def __init__(self, types: Mapping[str, str] | None) -> None:
        self.types = types
        self.parts = 0

    def either(self, value: Any, depth: int) -> FilterOp:
        """Objects in a list: one or the other."""
        return FilterOp("$or", None, self._members(value, depth))

    def all_of(self, value: Any, depth: int) -> FilterOp:
        """The entries of an object: all of them."""
        if depth < 1:
            raise wrong(tk._("The filter is nested too deeply."))
        if not isinstance(value, dict) or not value:
            sentence = tk._("A filter is an object like {example}, not {value}.")
            raise wrong(sentence.format(example='{"status": "ok"}', value=shown(value)))
        found = [self._entry(str(key), part, depth) for key, part in value.items()]
        return found[0] if len(found) == 1 else FilterOp("$and", None, found)

    def _members(self, value: Any, depth: int) -> list[FilterOp]:
        if not isinstance(value, list) or not value:
            raise wrong(tk._("{name} takes a list of filters.").format(name="$and, $or"))
        return [self.all_of(part, depth - 1) for part in value]

    def _entry(self, key: str, value: Any, depth: int) -> FilterOp:
        if not key.startswith("$") or key.startswith("$$"):
            return self._column(key[1:] if key.startswith("$$") else key, value)
        if key not in JOINS:
            raise wrong(
                tk._("{name} is not known; there are {known}.").format(name=shown(key), known="$and, $or")
            )
        return FilterOp(key, None, self._members(value, depth))

    def _column(self, name: str, value: Any) -> FilterOp:
        """A value, the bounds of a range, or a list of either."""
        kind = self._kind(name)
        if isinstance(value, dict):
            return self._range(name, kind, value)
        if not isinstance(value, list):
            return self._leaf(name, kind, "eq", value)
        ranges = [self._range(name, kind, part) for part in value if isinstance(part, dict)]
        plain = [part for part in value if not isinstance(part, dict)]
        if not ranges:
            return self._leaf(name, kind, "in", plain)
        return FilterOp("$or", None, [*ranges, *([self._leaf(name, kind, "in", plain)] if plain else [])])

    def _range(self, name: str, kind: str | None, value: dict[str, Any]) -> FilterOp:
        for operator in value or ("",):
            if operator not in OPERATORS:
                sentence = tk._("Column {column}: {name} is not an operator; there are {known}.")
                told = sentence.format(column=shown(name), name=shown(operator), known=", ".join(OPERATORS))
                raise wrong(told)
        found = [self._leaf(name, kind, operator, bound) for operator, bound in value.items()]
        return found[0] if len(found) == 1 else FilterOp("$and", None, found)

    def _leaf(self, name: str, kind: str | None, operator: str, value: Any) -> FilterOp:
        values = value if operator == "in" and isinstance(value, list) else [value]
        if (operator == "in") != isinstance(value, list) or any(
            isinstance(one, (list, dict)) for one in values
        ):
            sentence = tk._("Column {column}: «in» takes a list of values, every other operator one value.")
            raise wrong(sentence.format(column=shown(name)))
        if operator.startswith(("g", "l")) and value is None:
            raise wrong(tk._("Column {column}: null has no order.").format(column=shown(name)))
        self._count(len(values))
        read = [None if one is None else typed(name, kind, one) if kind else one for one in values]
        return FilterOp(operator, name, read if operator == "in" else read[0])

    def _count(self, values: int) -> None:
        self.parts += 1
        if self.parts > PARTS:
            raise wrong(tk._("A filter has more than {limit} conditions.").format(limit=PARTS))
        if values > VALUES:
            raise wrong(tk._("A filter has more than {limit} values.").format(limit=VALUES))

    def _kind(self, name: str) -> str | None:
        if self.types is None:
            return None
        if name not in self.types:
            raise wrong(no_column(name, self.types))
        return self.types[name]


def no_column(name: str, known: Iterable[str]) -> str:
    """That a column is not there, and which are, in the reader's language."""
    listed = ", ".join(list(known)[:NAMED])
    return tk._("There is no column {column}; there are {known}.").format(column=shown(name), known=listed)
