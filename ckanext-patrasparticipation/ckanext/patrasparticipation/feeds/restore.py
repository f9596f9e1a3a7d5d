"""Bring an earlier generation back: its CSV file through the same staging and the same swap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from ckan import model

from .. import config
from ..harvesters.errors import HarvestError
from ..harvesters.sink import REJECTED_SCHEMA, Batch, Origin, Published, Totals
from ..model import Version
from . import files, keepers, runs, settle, states, versions
from .catalogue import Entry
from .layout import Layout, layout
from .publish import Publisher
from .transaction import Load

BATCH = 50_000
"""Rows at a time."""

READ = {"int8": pl.Int64, "float8": pl.Float64, "date": pl.Date}
"""How polars reads a type of PostgreSQL from our CSV; truths and moments are read as text first."""


def restore(entry: Entry, number: int, actor: str) -> Published:
    """Publish generation ``number`` again, under a new number; rows and files are byte for byte the same.

    Raises:
        HarvestError: ``no_version``, ``other_columns`` or ``file_differs``; ``busy`` during a run.
    """
    name = entry.source.name
    with runs.claimed(name, actor) as run:
        state = states.of(entry.source)
        settle.settle(entry, state)
        version = _version(name, number)
        wanted = layout(entry.source.feed)
        _check(version, wanted)
        published = _publish(entry, version, wanted, state.generation)
        settle.settle(entry, state)
        run.finish(
            "restored",
            generation=published.generation,
            loaded=version.rows,
            inserted=published.inserted,
            updated=published.updated,
            deleted=published.deleted,
        )
    return published


def _version(source: str, number: int) -> Version:
    version = model.Session.get(Version, (source, number))
    if version is None or version.pruned:
        there = [v.generation for v in versions.listed(source)]
        raise HarvestError("no_version", generation=number, source=source, there=there)
    return version


def _check(version: Version, wanted: Layout) -> None:
    """The version has the columns of today's feed, and its file is what was written."""
    if [tuple(column) for column in version.columns] != list(wanted.columns):
        names = [name for name, _ in version.columns]
        raise HarvestError("other_columns", generation=version.generation, columns=names)
    path = csv_path(version)
    written = next(file for file in version.files if file["format"] == "CSV")
    found = files.sha256(path) if path.is_file() else "–"
    if found != written["sha256"]:
        raise HarvestError("file_differs", file=str(path), found=found, wanted=written["sha256"])


def csv_path(version: Version) -> Path:
    """Where the version's table lies."""
    return files.folder(version.source, version.generation) / f"{version.source}.csv"


def _publish(entry: Entry, version: Version, wanted: Layout, follows: int) -> Published:
    load = Load(
        source=version.source,
        layout=wanted,
        run_id=str(version.run_id),
        language=config.language(),
        follows=follows,
        fresh=False,
        schema_hash=version.schema_hash,
        restored_from=version.generation,
    )
    sink = Publisher(load, lambda: keepers.of(entry).ensure(entry, states.of(entry.source)))
    sink.refused = version.rejected  # refused then; their rows are with the run that first published it
    totals = Totals(version.rows_in, version.rows, version.rejected, version.deduplicated)
    try:
        for rows in frames_of(csv_path(version), wanted):
            sink.stage(Batch(rows, pl.DataFrame(schema=REJECTED_SCHEMA)))
        return sink.publish(totals, Origin(**version.origin))
    finally:
        sink.discard()


def frames_of(path: Path, wanted: Layout) -> Iterator[pl.DataFrame]:
    """The rows of one of our CSV files, typed as they were when they were first published."""
    schema = {name: READ.get(kind, pl.String) for name, kind in wanted.columns}
    typed = [_typed(name, kind) for name, kind in wanted.columns]
    scan = pl.scan_csv(path, schema=schema, empty_string_is_null=True)
    for rows in scan.collect_batches(chunk_size=BATCH, maintain_order=True):
        yield rows.select(typed)


def _typed(name: str, kind: str) -> pl.Expr:
    """A column as read, made what it was: text ``true`` a truth, ISO text a moment in UTC."""
    column = pl.col(name)
    if kind == "bool":
        return (column == "true").alias(name)
    if kind == "timestamp":
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us").alias(name)
    return column
