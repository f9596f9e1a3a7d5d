"""One run of one source: claim, finish what an earlier run owes, walk, publish, files, record, report."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .. import clock, config
from ..harvesters import faults, pipeline
from ..harvesters.errors import HarvestError
from ..harvesters.fetch import Opener
from ..harvesters.report import Report, reason, why
from ..harvesters.sink import Published
from ..model import SourceState
from ..records import sink as records
from ..records.sink import RecordSink
from . import keepers, runs, settle, states
from .catalogue import Entry
from .layout import ALGORITHM, layout
from .openers import opener
from .publish import Publisher
from .runs import Run
from .transaction import Load

Progress = Callable[[str, int], None]
OFTEN = 100_000
"""Rows after which the row of a run tells how many were read."""


@dataclass(frozen=True)
class Wish:
    """How a run is meant: who asked, and what a person has decided. ``file`` is a local copy to read."""

    actor: str = "command line"
    accept_held: bool | Collection[str] = False
    dry_run: bool = False
    file: Path | None = None
    progress: Progress = lambda step, rows: None


def harvest(entry: Entry, wish: Wish) -> Report:
    """Run a source once; what stopped it is in the report, not raised.

    Raises:
        SourceBusy: another run of it is under way.
        DefinitionError: the source's YAML asks for what is not there or not allowed.
    """
    if wish.dry_run:
        return _trial(entry, wish)
    with runs.claimed(entry.source.name, wish.actor) as run:
        state = states.of(entry.source)
        report = _walked(entry, wish, run, state)
        _finish(run, state, report)
    return report


def _trial(entry: Entry, wish: Wish) -> Report:
    """Ask, read, map and check; nothing is kept, not even that it was asked."""
    state = states.of(entry.source)
    with opener(wish.file) as source:
        return _pipeline(entry, wish, source, _publisher(entry, state, ""), pipeline.Last())


def _walked(entry: Entry, wish: Wish, run: Run, state: SourceState) -> Report:
    """The walk between two settlements; an error of ours becomes a report as one of the pipeline's does."""
    name = entry.source.name
    try:
        if not entry.source.records:
            settle.settle(entry, state)
        sink = _publisher(entry, state, run.id)
        noted = replace(wish, progress=_noting(run, wish.progress))
        with opener(wish.file) as source:
            report = _pipeline(entry, noted, source, sink, last(state))
        if report.published and not entry.source.records:
            noted.progress("files", report.published.inserted + report.published.updated)
            settle.settle(entry, state)
        return _kept(entry, state, report)
    except HarvestError as error:
        return Report(source=name, outcome=error.outcome, reason=why(error))


def _pipeline(
    entry: Entry, wish: Wish, source: Opener, sink: Publisher | RecordSink, before: pipeline.Last
) -> Report:
    return pipeline.run(
        entry.source,
        opener=source,
        sink=sink,
        last=before,
        areas=entry.city.areas,
        now=clock.now(),
        accept_held=wish.accept_held,
        dry_run=wish.dry_run,
        progress=wish.progress,
    )


def last(state: SourceState) -> pipeline.Last:
    """What the last success left, for a conditional request and for the checks."""
    return pipeline.Last(
        generation=state.generation or None,
        etag=state.last_etag,
        last_modified=state.last_modified,
        sha256=state.sha256,
        rows=state.rows,
        schema_hash=state.schema_hash,
        columns=tuple(state.columns) if state.columns else None,
    )


def _publisher(entry: Entry, state: SourceState, run_id: str) -> Publisher | RecordSink:
    if entry.source.records:
        return RecordSink(entry, run_id, state.generation or 0)
    wanted = layout(entry.source.feed)
    current = settle.published(entry.source.name)
    there = [tuple(column) for column in current.entry.columns] if current else None
    load = Load(
        source=entry.source.name,
        layout=wanted,
        run_id=run_id,
        language=config.language(),
        follows=current.generation if current else 0,
        fresh=there != list(wanted.columns),
        known=current.resource_id if current and current.algorithm == ALGORITHM else None,
        schema_hash=entry.source.schema_hash,
    )
    return Publisher(load, lambda: keepers.of(entry).ensure(entry, state))


def _noting(run: Run, progress: Progress) -> Progress:
    """Tell the run's row of each step and, once in a while, of the rows read; whoever looks on, of all."""
    at: list[Any] = [None, 0]

    def told(name: str, rows: int) -> None:
        if name != at[0] or (name == "read" and rows >= at[1] + OFTEN):
            at[:] = [name, rows]
            run.step(name, rows if name == "read" else 0)
        progress(name, rows)

    return told


def _kept(entry: Entry, state: SourceState, report: Report) -> Report:
    """Remember the raw columns; a publication that changed nothing is an unchanged source."""
    if report.published is None:
        if report.outcome == "unchanged" and state.wrote.get("fields") is not None:
            keepers.of(entry).follow(entry, state)
        return report
    if list(report.columns) != state.columns:
        state.columns = list(report.columns)
    if entry.source.records and report.totals and report.origin:
        records.remember(state, report.published, report.totals, report.origin, entry.source.schema_hash)
    if _nothing(report.published) and report.origin:
        state.sha256, state.last_etag = report.origin.sha256, report.origin.etag
        state.last_modified, state.schema_hash = report.origin.last_modified, entry.source.schema_hash
        return replace(report, outcome="unchanged", reason=reason("unchanged"))
    return report


def _nothing(published: Published) -> bool:
    return not (published.inserted or published.updated or published.deleted)


def _finish(run: Run, state: SourceState, report: Report) -> None:
    """The report's row, then the state: a run that published has told so before anything is forgotten."""
    told = {"code": report.reason.code, **report.reason.text}
    faults.point("report")
    states.tried(state, report.outcome, told)
    run.finish(report.outcome, reason=told, report=details(report), **_counts(report))


def _counts(report: Report) -> dict[str, Any]:
    counts: dict[str, Any] = asdict(report.totals) if report.totals else {}
    if report.published:
        counts |= {name: getattr(report.published, name) for name in ("inserted", "updated", "deleted")}
        counts["generation"] = report.published.generation
    return counts


def details(report: Report) -> dict[str, Any]:
    """What a page or a person may want to know of a run, as JSON: seconds by step, what was recognised."""
    return {
        "steps": [asdict(step) for step in report.steps],
        "choices": report.choices,
        "suggestions": [{"code": item.code, **item.text} for item in report.suggestions],
        "refused": [
            {"column": column, "code": code, "rows": rows} for (column, code), rows in report.refused.items()
        ],
        "personal": [item.told for item in report.personal],
        "origin": asdict(report.origin) if report.origin else None,
    }
