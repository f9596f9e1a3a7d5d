"""Ask PostgreSQL for the groups of a table: one snapshot, one statement, one more to hide small numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore.backend.postgres import get_read_engine
from psycopg import sql
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from ..feeds import seen
from . import cells, grouping
from .conditions import executed, identifier
from .question import LIMIT, Question

BEGIN = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL statement_timeout = '10s'; SET LOCAL jit = off; SET LOCAL timezone = 'UTC'
"""
"""One state of the DataStore; compiling a statement would cost more than counting a million rows."""

CANCELED, DATA = "57014", "22"
"""SQLSTATE of a statement that took too long, and the class of values that cannot be computed."""

Answer = dict[str, Any]


def answer(question: Question, k: int) -> tuple[int | None, Answer]:
    """The generation of the rows, and ``records total_groups suppressed truncated``.

    Args:
        k: no count of 1 to k−1 rows is told, nor what gives it back; 0 tells all.

    Raises:
        tk.ValidationError: it takes too long, or small numbers forbid this question.
    """
    with _snapshot() as connection:
        number = seen.current(connection, question.table)
        found = _guarded(connection, question, k) if k > 1 else _open(connection, question)
        return number, found


def _open(connection: Connection, question: Question) -> Answer:
    rows = _rows(connection, question, _statement(question, question.limit))
    total = rows[0][-1] if rows else 0
    records = [_record(question, row) for row in rows]
    return {"records": records, "total_groups": total, "suppressed": 0, "truncated": total > len(records)}


def _guarded(connection: Connection, question: Question, k: int) -> Answer:
    """An answer is a sum of cells that the table of its columns shows, or it is not given."""
    if "suppressed" in question.ids:
        raise tk.ValidationError({"group_by": [tk._("{name} is asked for twice.").format(name="suppressed")]})
    if question.words:
        raise tk.ValidationError(
            {"q": [tk._("This table hides small numbers, so words cannot be looked for.")]}
        )
    by = len(question.groups)
    found = _rows(connection, question, _cells(question))
    if len(found) > LIMIT:
        sentence = tk._("This table hides small numbers, and these columns have too many values for that.")
        raise tk.ValidationError({"filters" if question.filtered else "group_by": [sentence]})
    away = cells.hidden({tuple(row[:-2]): row[-1] for row in found}, k)
    inside = [row for row in found if row[-2]]
    if by and 0 < sum(row[-1] for row in inside) < k:
        return {"records": [], "total_groups": None, "suppressed": None, "truncated": False}
    closed = {tuple(row[:by]) for row in inside if tuple(row[:-2]) in away}
    rows = _rows(connection, question, _statement(question, LIMIT))
    return _shown(question, rows, closed)


def _shown(question: Question, rows: list[tuple[Any, ...]], closed: set[tuple[Any, ...]]) -> Answer:
    """The groups that may be told in the order asked for, then the others without their numbers."""
    by = len(question.groups)
    told = [_record(question, row) | {"suppressed": False} for row in rows if tuple(row[:by]) not in closed]
    others = sorted((row for row in rows if tuple(row[:by]) in closed), key=lambda row: repr(row[:by]))
    empty = (None,) * len(question.measures)
    told += [_record(question, (*row[:by], *empty)) | {"suppressed": True} for row in others]
    records = told[: question.limit]
    truncated = len(told) > len(records)
    return {"records": records, "total_groups": len(told), "suppressed": len(others), "truncated": truncated}


def _statement(question: Question, limit: int) -> sql.Composed:
    """The groups with their measures, and at the end of each row how many groups there are."""
    zone, by = grouping.zone(), len(question.groups)
    parts = [*(each.sql(zone) for each in question.groups), *(each.sql() for each in question.measures)]
    named = [sql.SQL("{} AS c{}").format(part, sql.SQL(str(at))) for at, part in enumerate(parts)]
    ids = question.ids
    order = [
        sql.SQL("c{} {} NULLS LAST").format(sql.SQL(str(ids.index(name))), sql.SQL("DESC" if down else "ASC"))
        for name, down in [*question.sort, *((each.id, False) for each in question.groups)]
    ]
    return sql.SQL(
        "SELECT g.*, count(*) OVER () FROM (SELECT {parts} FROM {table} WHERE {condition} {group}) g"
        " {order} LIMIT {limit}"
    ).format(
        parts=sql.SQL(", ").join(named),
        table=identifier(question.table),
        condition=question.condition[0],
        group=_by(by),
        order=sql.SQL("ORDER BY {}").format(sql.SQL(", ").join(order)) if order else sql.SQL(""),
        limit=sql.Literal(limit),
    )


def _cells(question: Question) -> sql.Composed:
    """The whole table by the columns of groups and filters: whether a cell is asked for, and its rows."""
    zone = grouping.zone()
    grouped = [each.sql(zone) for each in question.groups]
    texts = [sql.SQL("CAST({} AS text)").format(identifier(name)) for name in question.filtered]
    listed = [*grouped, *texts, sql.SQL("coalesce(bool_or({}), false)").format(question.condition[0])]
    return sql.SQL("SELECT {listed}, count(*) FROM {table} {group} LIMIT {limit}").format(
        listed=sql.SQL(", ").join(listed),
        table=identifier(question.table),
        group=_by(len(grouped) + len(texts)),
        limit=sql.Literal(LIMIT + 1),
    )


def _by(number: int) -> sql.Composable:
    """Grouped by the first columns that are selected."""
    return sql.SQL("GROUP BY " + ", ".join(map(str, range(1, number + 1))) if number else "")


def _record(question: Question, row: tuple[Any, ...]) -> dict[str, Any]:
    by = len(question.groups)
    keys = [group.value(found) for group, found in zip(question.groups, row, strict=False)]
    values = [*keys, *row[by : by + len(question.measures)]]
    return {name: _json(value) for name, value in zip(question.ids, values, strict=True)}


def _json(value: Any) -> Any:
    """A value as JSON has it; moments as the DataStore writes them."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _rows(connection: Connection, question: Question, statement: sql.Composed) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in executed(connection, statement, question.condition[1])]


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """A connection of CKAN's pool that reads one state of the DataStore for as long as it lasts."""
    with get_read_engine().connect() as connection:
        try:
            connection.exec_driver_sql(BEGIN)
            yield connection
        except DBAPIError as error:
            code = str(getattr(error.orig, "pgcode", ""))
            if code == CANCELED:
                sentence = tk._("This takes too long; group by fewer values or filter first.")
                raise tk.ValidationError({"query": [sentence]}) from error
            if code.startswith(DATA):
                raise tk.ValidationError({"query": [tk._("These values cannot be computed.")]}) from error
            raise
