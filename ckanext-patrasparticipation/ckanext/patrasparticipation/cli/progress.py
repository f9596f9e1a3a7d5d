"""How far a run is: a moving line on a terminal, one line per step anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Told = Callable[[str, int], None]


@contextmanager
def shown(source: str) -> Iterator[Told]:
    """Something to tell ``(step, rows so far)``, shown while the block runs."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _moving(source, console) as told:
            yield told
    else:
        lines = Lines(source)
        yield lines.told
        lines.close()


@contextmanager
def records() -> Iterator[Callable[[int, int], None]]:
    """Something to tell ``(records done, of how many)``, shown as a bar while the block runs."""
    with click.progressbar(length=1, label="records", show_pos=True) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told


@contextmanager
def _moving(source: str, console: Console) -> Iterator[Told]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[step]}"),
        TextColumn("{task.completed:,.0f} rows"),
        TextColumn("{task.fields[rate]:,.0f} rows/s"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(source, total=None, step="", rate=0.0)
        started = time.monotonic()

        def told(step: str, rows: int) -> None:
            rate = rows / max(time.monotonic() - started, 0.001)
            progress.update(task, completed=rows, step=step, rate=rate)

        yield told


class Lines:
    """One line when a step ends: its name, rows, rows per second."""

    def __init__(self, source: str) -> None:
        self.source, self.step, self.rows, self.started = source, "", 0, time.monotonic()

    def told(self, step: str, rows: int) -> None:
        """Note where the run is; a new step closes the one before."""
        if step != self.step:
            self.close()
            self.step, self.started = step, time.monotonic()
        self.rows = rows

    def close(self) -> None:
        """Write the line of the step that ended."""
        if self.step:
            seconds = time.monotonic() - self.started
            rate = f", {self.rows / max(seconds, 0.001):,.0f} rows/s" if self.rows else ""
            rows = f" {self.rows:,} rows" if self.rows else ""
            click.echo(f"{self.source}: {self.step}{rows} in {seconds:.1f} s{rate}", err=True)
        self.step, self.rows = "", 0
