"""How long each step of a run took, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .report import Step

Advance = Callable[[int], None]


class Steps:
    """Times the steps of one run and tells ``progress`` (step, rows so far)."""

    def __init__(self, progress: Callable[[str, int], None] | None = None) -> None:
        self._progress = progress or (lambda name, rows: None)
        self._done: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Advance]:
        """Time one step; the value given tells how many rows went through so far."""
        started, rows = time.monotonic(), 0

        def advance(count: int) -> None:
            nonlocal rows
            rows = count
            self._progress(name, count)

        self._progress(name, 0)
        try:
            yield advance
        finally:
            self._done.append(Step(name, time.monotonic() - started, rows))

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps that ended, also those that ended badly."""
        return tuple(self._done)
