"""The walk of one source: ask, read, map, check, and hand over to the sink whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from .areas import Areas
from .definitions import Source
from .last import Last
from .opening import Opener
from .report import Report
from .sink import Sink
from .steps import Steps
from .walk import Run, Walk

__all__ = ["Last", "Report", "run"]

Progress = Callable[[str, int], None]


def run(  # noqa: PLR0913 -- the two ends and what was there before are handed in by name
    source: Source,
    *,
    opener: Opener,
    sink: Sink,
    last: Last = Last(),
    areas: Areas | None = None,
    now: datetime,
    accept_held: bool | Collection[str] = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Harvest a source once. A harvest error becomes a report; any other error is raised, staged rows gone.

    Args:
        source: what to harvest.
        opener: fetches; see ``opening.Opener``.
        sink: where batches go; ``publish`` is called once, or ``discard`` is.
        last: what the last success left.
        areas: the city's polygons and box; without them an ``area`` is an error, and no position outside.
        now: aware; decides what ``today`` is in limits.
        accept_held: publish although the data look odd: whatever it is, or for these codes of ``checks.odd``.
            Never for several sources at once.
        dry_run: read, map and check; stage and publish nothing.
        progress: told the step and the rows so far, once a batch.

    Raises:
        DefinitionError: the mapping asks for what the city does not have.
    """
    walk = Walk(source, opener, sink, last, areas or Areas(), now.date(), accept_held, dry_run)
    with tempfile.TemporaryDirectory(prefix="harvest-") as folder:
        return Run(walk, Steps(progress), Path(folder)).report()
