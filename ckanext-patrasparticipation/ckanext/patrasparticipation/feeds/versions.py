"""The versions of a source: files made once and never changed, a row about each, old ones pruned."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
from ckan import model

from .. import clock, config
from ..harvesters.errors import HarvestError
from ..model import SourceState, Version
from . import database, exports, files, generation, rejected
from .catalogue import Entry
from .layout import Layout

REJECTED = "rejected.csv"


def make(entry: Entry, current: generation.Current, state: SourceState) -> Version:
    """Write the files of the generation that is published now, then tell the main database of it.

    Raises:
        HarvestError: ``moved_on`` when the table is of another generation by now.
    """
    made = list(_written(entry, current))
    version = _row(current, made)
    model.Session.merge(version)
    _remember(state, current)
    model.Session.commit()
    prune(current.source)
    return version


def _written(entry: Entry, current: generation.Current) -> Iterator[files.File]:
    """The data files, all from one snapshot, and the refused rows."""
    folder = files.folder(current.source, current.generation)
    layout = as_published(entry, current)
    with database.connect(database.WRITE) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        there = generation.read(connection, source=current.source)
        if there is None or there.generation != current.generation:
            found = there.generation if there else 0
            raise HarvestError("moved_on", found=found, wanted=current.generation)
        for kind, blocks in _contents(connection, entry, current, layout):
            name = f"{current.source}.{files.FORMATS[kind]}"
            size, digest = files.write(folder / name, blocks)
            yield files.File(format=kind, name=name, size=size, sha256=digest)
    size, digest = files.write(folder / REJECTED, _refused(current.entry.run_id))
    yield files.File(format="rejected", name=REJECTED, size=size, sha256=digest)


def as_published(entry: Entry, current: generation.Current) -> Layout:
    """The layout of the rows that are published, which may be older than the feed's definition."""
    columns = tuple((name, kind) for name, kind in current.entry.columns)
    areas = [column.name for column in entry.source.feed.columns if column.type == "geometry"]
    return Layout(
        columns=columns,
        key=entry.source.feed.key,
        geometry=entry.source.feed.geometry,
        geometry_column=areas[0] if areas else None,
    )


def _contents(
    connection: psycopg.Connection[Any], entry: Entry, current: generation.Current, layout: Layout
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "CSV", exports.csv_lines(connection, current.resource_id, layout)
    if layout.geometry:
        about = {"name": current.source}  # no number: a version brought back has the same bytes
        yield "GeoJSON", exports.geojson_lines(connection, current.resource_id, layout, about)


def _refused(run_id: str) -> Iterator[bytes]:
    """The refused rows of a run as CSV."""
    text = io.StringIO()
    rejected.write(run_id, text)
    yield text.getvalue().encode()


def _row(current: generation.Current, made: list[files.File]) -> Version:
    entry = current.entry
    return Version(
        source=current.source,
        generation=current.generation,
        run_id=entry.run_id,
        created=datetime.fromisoformat(entry.created),
        origin=entry.origin,
        rows_in=entry.totals["rows_in"],
        rows=entry.totals["loaded"],
        rejected=entry.totals["rejected"],
        deduplicated=entry.totals["deduplicated"],
        schema_hash=entry.schema_hash,
        code_version=entry.code_version,
        columns=entry.columns,
        extent=entry.extent,
        restored_from=entry.restored_from,
        files=made,
    )


def _remember(state: SourceState, current: generation.Current) -> None:
    """The state follows the DataStore's generation."""
    entry = current.entry
    state.generation, state.schema_hash = current.generation, entry.schema_hash
    state.rows, state.rejected = entry.totals["loaded"], entry.totals["rejected"]
    state.deduplicated = entry.totals["deduplicated"]
    if entry.restored_from is not None:  # what the source last said stays: it is unchanged until it changes
        return
    state.sha256, state.choices = entry.origin.get("sha256"), entry.origin.get("choices")
    state.last_etag, state.last_modified = entry.origin.get("etag"), entry.origin.get("last_modified")


def listed(source: str) -> list[Version]:
    """The versions whose files are there, the newest first."""
    query = model.Session.query(Version).filter_by(source=source, pruned=None)
    return list(query.order_by(Version.generation.desc()))


def prune(source: str) -> list[int]:
    """Take away what is neither among the newest (30) nor young (one year); gives the generations gone."""
    oldest = clock.now() - timedelta(days=config.versions_days())
    gone = [v for v in listed(source)[config.versions_kept() :] if v.created < oldest]
    for version in gone:
        files.remove(source, version.generation)
        version.pruned = clock.now()
    model.Session.commit()
    return [version.generation for version in gone]
