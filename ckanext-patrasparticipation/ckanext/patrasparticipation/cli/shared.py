"""What commands share: a table, an error that a person can act on, and the exit code of several runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.table import Table

from ..harvesters.errors import HarvestError
from ..harvesters.report import Report
from ..schemas.errors import InvalidDefinition

WRONG_CALL = 2


def console() -> Console:
    """Where commands write: coloured on a terminal, plain and never wrapped otherwise."""
    there = Console()
    return there if there.is_terminal else Console(width=200, no_color=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; numbers stand to the right, nothing is an empty cell."""
    answer = Table(box=None, pad_edge=False)
    lines = [list(row) for row in rows]
    for place, name in enumerate(columns):
        numeric = bool(lines) and all(isinstance(line[place], int | None) for line in lines)
        answer.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        answer.add_row(*(shown(cell) for cell in line))
    return answer


COUNTS = ("version", "in", "loaded", "rejected", "duplicates", "+", "~", "-")
"""What the numbers of a report are, in the head of a table."""


def counts(report: Report) -> tuple[int | None, ...]:
    """The numbers of a report: its version, rows by what became of them, and what changed."""
    totals, done = report.totals, report.published
    return (
        done.generation if done else None,
        *((totals.rows_in, totals.loaded, totals.rejected, totals.deduplicated) if totals else (None,) * 4),
        *((done.inserted, done.updated, done.deleted) if done else (None,) * 3),
    )


def shown(cell: object) -> str:
    """A cell as text: thousands apart, nothing for nothing."""
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)


@contextmanager
def told() -> Iterator[None]:
    """End the command with the error's sentence and its exit code instead of a trace."""
    try:
        yield
    except HarvestError as error:
        click.echo(f"error: {error.text['en']}", err=True)
        raise SystemExit(error.exit_code) from error
    except InvalidDefinition as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(WRONG_CALL) from error
