"""From ``filters`` and ``q`` to the condition of a WHERE, values bound: one place for every door.

``datastore_search`` and the dumps take it in CKAN's shape (``ckan_where``), aggregates and exports as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore.filters import FilterOp
from psycopg import sql
from sqlalchemy.engine import Connection, CursorResult

from .. import config
from .filters import no_column, parse
from .values import KNOWN, shown

SIGNS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
WORDS = 512
"""Letters of ``q``."""

Condition = tuple[sql.Composed, dict[str, Any]]


def conditions(types: Mapping[str, str], filters: Any = None, q: Any = None) -> Condition:
    """The condition that rows must meet, and the values of its named placeholders.

    Args:
        types: PostgreSQL's type by column, as ``{name: column.type}`` of ``reading.columns.of``.
        filters: as of ``datastore_search``; see ``filters.parse``.
        q: words that are looked for in the searchable columns, or ``{column: words}``.

    Returns:
        SQL and values, for ``executed``: ``%`` is doubled in names, values or not.

    Raises:
        tk.ValidationError: ``filters`` or ``q``.
    """
    made = _Made(types)
    parts = [*_found(made, parse(filters, types)), *_words(made, q)]
    return sql.SQL(" AND ").join(parts) if parts else sql.Composed([sql.SQL("true")]), made.values


def identifier(name: str) -> sql.Identifier:
    """A quoted name for a statement that is run with values."""
    return sql.Identifier(name.replace("%", "%%"))


def executed(connection: Connection, statement: sql.Composed, values: dict[str, Any]) -> CursorResult[Any]:
    """Run a statement with such a condition in it."""
    text = statement.as_string(None)
    if values:
        return connection.exec_driver_sql(text, values)
    plain = connection.execution_options(no_parameters=True)  # psycopg2 then leaves a doubled % as it is
    return plain.exec_driver_sql(text.replace("%%", "%"))


def ckan_where(types: Mapping[str, str], filters: Any) -> tuple[str, dict[str, Any]] | None:
    """The condition of ``filters`` as CKAN's DataStore writes it; nothing where nothing is filtered."""
    if parse(filters) is None:
        return None
    made, values = conditions(types, filters)
    text = made.as_string(None).replace(":", "\\:")
    return re.sub(r"%%|%\((\w+)\)s", lambda found: f":{found[1]}" if found[1] else "%", text), values


class _Made:
    """The values so far, by the names of their placeholders."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self.types = types
        self.values: dict[str, Any] = {}

    def bind(self, value: Any) -> sql.Placeholder:
        name = f"where_{len(self.values)}"
        self.values[name] = value
        return sql.Placeholder(name)

    def column(self, name: str) -> sql.Composable:
        if self.types[name] in KNOWN:
            return identifier(name)
        return sql.SQL("CAST({} AS text)").format(identifier(name))


def _found(made: _Made, tree: FilterOp | None) -> list[sql.Composable]:
    return [] if tree is None else [_clause(made, tree)]


def _clause(made: _Made, part: FilterOp) -> sql.Composable:
    if part.field is None:
        join = sql.SQL(" AND " if part.op == "$and" else " OR ")
        return sql.SQL("({})").format(join.join(_clause(made, each) for each in part.value))
    column = made.column(part.field)
    if part.op == "in":
        return _among(made, column, part.value)
    if part.value is None:
        return sql.SQL("{} IS NULL").format(column)
    sign = sql.SQL(SIGNS.get(part.op, "="))
    return sql.SQL("{} {} {}").format(column, sign, made.bind(part.value))


def _among(made: _Made, column: sql.Composable, values: list[Any]) -> sql.Composable:
    """One of the values; null among them is what is empty."""
    given = [value for value in values if value is not None]
    parts: list[sql.Composable] = []
    if given:
        parts.append(sql.SQL("{} IN ({})").format(column, sql.SQL(", ").join(map(made.bind, given))))
    if len(given) < len(values):
        parts.append(sql.SQL("{} IS NULL").format(column))
    return sql.SQL("({})").format(sql.SQL(" OR ").join(parts)) if parts else sql.SQL("false")


def _words(made: _Made, q: Any) -> list[sql.Composable]:
    """Full text as CKAN asks for it, in the DataStore's language."""
    if q in (None, "", {}):
        return []
    if isinstance(q, str):
        query = _query(made, q)
        return [sql.SQL("_full_text @@ {}").format(query)]
    if not isinstance(q, dict):
        raise _wrong(tk._("{name} must be a text.").format(name="q"))
    return [_in_column(made, str(name), words) for name, words in q.items()]


def _in_column(made: _Made, name: str, words: Any) -> sql.Composable:
    if name not in made.types:
        raise _wrong(no_column(name, made.types))
    query = _query(made, words)
    language = sql.Literal(config.language())
    statement = sql.SQL("to_tsvector({}, CAST({} AS text)) @@ {}")
    return statement.format(language, identifier(name), query)


def _query(made: _Made, words: Any) -> sql.Composable:
    if not isinstance(words, str) or "\0" in words:
        raise _wrong(tk._("{name} must be a text.").format(name=shown(words)))
    if len(words) > WORDS:
        raise _wrong(tk._("{name} may have at most {limit} letters.").format(name="q", limit=WORDS))
    return sql.SQL("plainto_tsquery({}, {})").format(sql.Literal(config.language()), made.bind(words))


def _wrong(sentence: str) -> tk.ValidationError:
    return tk.ValidationError({"q": [sentence]})
