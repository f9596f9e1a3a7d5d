"""The sink of a feed: batches are staged beside the published table, then swapped in whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import psycopg

from .. import clock
from ..harvesters import faults
from ..harvesters.errors import HarvestError
from ..harvesters.sink import Batch, Origin, Published, Totals
from . import database, frames, generation, rejected, room, transaction
from .beside import Beside
from .code import version as code_version
from .fresh import Fresh
from .known import Known
from .layout import staging_name
from .locked import with_retries
from .stream import Stream
from .transaction import Load, Swap


class Publisher:
    """Three verbs over two connections: one to the DataStore, one to the main database (rejected rows).

    Args:
        load: what is published.
        prepare: makes sure that dataset and resource are there and gives the table's name; called when
            everything is staged, so that a source that never answers well leaves nothing behind.
    """

    def __init__(self, load: Load, prepare: Callable[[], str]) -> None:
        self.load = load
        self.prepare = prepare
        self.way = _way(load)
        self.extent: frames.Box | None = None
        self.refused = 0
        self._connection: psycopg.Connection[Any] | None = None
        self._stream: Stream | None = None

    def stage(self, batch: Batch) -> None:
        """Keep a batch beside; its refused rows go to the run's list in the main database.

        Raises:
            HarvestError: ``not_stored`` or ``key_twice``.
        """
        faults.point("staging")
        if batch.rows.height:
            self._open().write(batch.rows)
            self.extent = frames.wider(self.extent, frames.extent(batch.rows, self.load.layout))
        if batch.rejected.height:
            rejected.keep(self.load.run_id, batch.rejected)
            self.refused += batch.rejected.height

    def publish(self, totals: Totals, origin: Origin) -> Published:
        """Swap the staged rows in, in one transaction of the DataStore.

        Raises:
            HarvestError: ``counts_differ``, ``key_twice``, ``moved_on``, ``no_space`` or ``table_locked``;
                the published table is as it was.
        """
        staged = self._open().close()
        self._stream = None
        connection = self._connected()
        self.way.filled(connection)
        self._check_counts(totals, staged)
        faults.point("staged")
        room.require(connection, self.way.staging, self.load.known)
        swap = Swap(self.load, self.way, self.prepare(), totals, self._entry(totals, origin))
        published = with_retries(lambda: transaction.publish(connection, swap))
        connection.commit()
        faults.point("after_commit")
        self.discard()
        return published

    def discard(self) -> None:
        """Forget what was staged and close; a second call does nothing."""
        if self._stream is not None:
            self._stream.abandon()
            self._stream = None
        if self._connection is not None:
            if not self._connection.broken:
                self._connection.rollback()
                self.way.drop(self._connection)
            self._connection.close()
            self._connection = None

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = database.connect(database.WRITE)
            generation.ensure(self._connection)
            self._connection.commit()
            self.way.create(self._connection)
        return self._connection

    def _open(self) -> Stream:
        if self._stream is None:
            lines = partial(frames.lines, layout=self.load.layout, chosen=self.way.news)
            self._stream = Stream(self._connected(), self.way.statement(), lines)
        return self._stream

    def _check_counts(self, totals: Totals, staged: int) -> None:
        """``rows_in = loaded + rejected + deduplicated``, and what was staged is what was counted."""
        counted = totals.loaded + totals.rejected + totals.deduplicated
        taken = staged + self.way.passed
        if (totals.rows_in, totals.loaded, totals.rejected) != (counted, taken, self.refused):
            raise HarvestError("counts_differ", staged=taken, refused=self.refused, **asdict(totals))

    def _entry(self, totals: Totals, origin: Origin) -> generation.Entry:
        return generation.Entry(
            run_id=self.load.run_id,
            created=clock.now().isoformat(),
            totals=asdict(totals),
            origin=asdict(origin),
            columns=[list(column) for column in self.load.layout.columns],
            schema_hash=self.load.schema_hash,
            code_version=code_version(),
            extent=self.extent,
            restored_from=self.load.restored_from,
        )


def _way(load: Load) -> Fresh | Beside:
    """A new table, or a difference to the published one."""
    staging = staging_name(load.source)
    if load.fresh:
        return Fresh(staging, load.layout, load.language)
    return Beside(staging, load.layout, load.language, Known(load.known) if load.known else None)
