"""What is computed of the rows of a group: one name for each, and nothing that is not named here."""

from __future__ import annotations

from dataclasses import dataclass

from ckan.plugins import toolkit as tk
from psycopg import sql

from .columns import Column, Columns
from .filters import no_column
from .grouping import plain
from .values import DAYS, MOMENTS, NUMBERS, shown

COUNT = "count"
MOST = 10
ORDERED = NUMBERS | DAYS | MOMENTS
FUNCTIONS: dict[str, tuple[str, frozenset[str] | None]] = {
    "distinct": ("count(DISTINCT {})", None),
    "sum": ("sum({})", NUMBERS),
    "min": ("min({})", ORDERED),
    "max": ("max({})", ORDERED),
    "mean": ("CAST(avg({}) AS float8)", NUMBERS),
    "median": ("percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST({} AS float8))", NUMBERS),
}
"""SQL and the types it is for, by name."""

LABELS = {
    "count": {"el": "Πλήθος", "en": "Count"},
    "distinct": {"el": "Διαφορετικές τιμές", "en": "Distinct values"},
    "sum": {"el": "Άθροισμα", "en": "Sum"},
    "min": {"el": "Ελάχιστο", "en": "Minimum"},
    "max": {"el": "Μέγιστο", "en": "Maximum"},
    "mean": {"el": "Μέσος όρος", "en": "Mean"},
    "median": {"el": "Διάμεσος", "en": "Median"},
}


@dataclass(frozen=True)
class Measure:
    """``count``, or a function of a column; empty values are left out of a function."""

    function: str
    column: Column | None = None

    @property
    def id(self) -> str:
        """The name in the answer, as it was asked for."""
        return f"{self.function}:{self.column.name}" if self.column else self.function

    @property
    def type(self) -> str:
        """The type of the answer."""
        if self.function in (COUNT, "distinct"):
            return "int8"
        if self.function in ("mean", "median"):
            return "float8"
        return self.column.type if self.column else ""

    def sql(self) -> sql.Composable:
        """The expression."""
        if self.column is None:
            return sql.SQL("count(*)")
        return sql.SQL(FUNCTIONS[self.function][0]).format(plain(self.column))  # type: ignore[arg-type]


def measures(asked: list[str], known: Columns) -> list[Measure]:
    """What ``measures`` names; the count where it names nothing.

    Raises:
        tk.ValidationError: ``measures``.
    """
    if len(asked) > MOST:
        raise _wrong(tk._("At most {limit} measures may be asked for.").format(limit=MOST))
    found = [_measure(name, known) for name in dict.fromkeys(asked)]
    return found or [Measure(COUNT)]


def _measure(name: str, known: Columns) -> Measure:
    function, _, column = name.partition(":")
    if name == COUNT:
        return Measure(COUNT)
    if function not in FUNCTIONS:
        sentence = tk._("{name} is not a measure; there are {known}.")
        measures = ", ".join([COUNT, *(f"{each}:column" for each in FUNCTIONS)])
        raise _wrong(sentence.format(name=shown(name), known=measures))
    if column not in known:
        raise _wrong(no_column(column, known))
    kinds = FUNCTIONS[function][1]
    if kinds is not None and known[column].type not in kinds:
        sentence = tk._("{name} is not possible: column {column} has type {type}.")
        told = sentence.format(name=shown(function), column=shown(column), type=known[column].type)
        raise _wrong(told)
    return Measure(function, known[column])


def _wrong(sentence: str) -> tk.ValidationError:
    return tk.ValidationError({"measures": [sentence]})
