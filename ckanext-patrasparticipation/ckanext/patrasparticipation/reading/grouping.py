"""By what rows are grouped: a column, or the year, the month or the day of one that holds days or moments.

A moment is in UTC in the table; its month is that of the site's display zone, because that is what a reader
means by "in March": half past midnight of 1 March in Patras is still February in UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk
from psycopg import sql

from .columns import Column, Columns
from .conditions import identifier
from .filters import no_column
from .values import DAYS, KNOWN, MOMENTS, shown

PARTS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
MOST = 2
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Group:
    """A column that rows are grouped by, and which part of its dates."""

    column: Column
    part: str = ""

    @property
    def id(self) -> str:
        """The name in the answer, as it was asked for."""
        return f"{self.column.name}:{self.part}" if self.part else self.column.name

    def sql(self, zone: str) -> sql.Composable:
        """The value that rows share; of a date's part, the first day of it."""
        return _part(self, zone) if self.part else plain(self.column)

    def value(self, found: Any) -> Any:
        """The value as JSON has it: ``2024``, ``"2024-03"`` or ``"2024-03-05"`` for parts of a date."""
        if not self.part or not isinstance(found, date):
            return found
        text = found.isoformat()[: len("YYYY-MM-DD")]
        return found.year if self.part == "year" else text[: {"month": 7, "day": 10}[self.part]]


def groups(asked: list[str], known: Columns) -> list[Group]:
    """What ``group_by`` names.

    Raises:
        tk.ValidationError: ``group_by``.
    """
    if len(asked) > MOST:
        raise _wrong(tk._("Rows are grouped by at most {limit} columns.").format(limit=MOST))
    found = [_group(name, known) for name in asked]
    if len({each.id for each in found}) < len(found):
        raise _wrong(tk._("{name} is asked for twice.").format(name=shown(found[0].id)))
    return found


def plain(column: Column) -> sql.Composable:
    """A column's value; what PostgreSQL cannot group by, as its text."""
    name = identifier(column.name)
    return name if column.type in KNOWN else sql.SQL("CAST({} AS text)").format(name)


def zone() -> str:
    """The site's display zone; UTC where it follows the server or the reader."""
    name = str(tk.config.get("ckan.display_timezone") or "UTC")
    return "UTC" if name == "server" or not ZONE.fullmatch(name) else name


def _group(name: str, known: Columns) -> Group:
    if name in known:
        return Group(known[name])
    column, _, part = name.rpartition(":")
    if column not in known:
        raise _wrong(no_column(name, known))
    if part not in PARTS or known[column].type not in DAYS | MOMENTS:
        sentence = tk._("{name}: only a column of days or moments has parts: {known}.")
        raise _wrong(sentence.format(name=shown(name), known=", ".join(PARTS)))
    return Group(known[column], part)


def _part(group: Group, zone: str) -> sql.Composable:
    name = identifier(group.column.name)
    local = {
        "date": sql.SQL("CAST({name} AS timestamp)"),
        "timestamp": sql.SQL("({name} AT TIME ZONE 'UTC' AT TIME ZONE {zone})"),
        "timestamptz": sql.SQL("({name} AT TIME ZONE {zone})"),
    }[group.column.type].format(name=name, zone=sql.Literal(zone))
    return sql.SQL("CAST(date_trunc({}, {}) AS date)").format(sql.Literal(group.part), local)


def _wrong(sentence: str) -> tk.ValidationError:
    return tk.ValidationError({"group_by": [sentence]})
