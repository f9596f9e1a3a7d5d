"""The sink of a source that says ``record:``: each row becomes or updates a record; nothing is deleted.

Rows wait in memory until all were read and found normal, so that a source which answers badly changes
nothing. A record that the source does not have any more is marked, unless the source only shows the newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import polars as pl
from ckan import model

from .. import clock
from ..feeds import organisations, rejected, site
from ..feeds.catalogue import Entry
from ..harvesters import faults
from ..harvesters.errors import HarvestError
from ..harvesters.sink import REJECTED_SCHEMA, Batch, Origin, Published, Totals
from ..model import RecordOrigin, SourceState
from . import identity, incoming, rows
from .incoming import Incoming, Outcome, Wish
from .indexing import MANY, index
from .upsert import upsert


class RecordSink:
    """Three verbs: rows are kept, then written as records, or forgotten.

    Args:
        entry: the source; its ``records`` is the type.
        run_id: the run under which refused rows are kept.
        follows: the number of the version before.
    """

    def __init__(self, entry: Entry, run_id: str, follows: int) -> None:
        self.entry, self.run_id, self.follows = entry, run_id, follows
        self._frames: list[pl.DataFrame] = []
        self._refused = 0

    def stage(self, batch: Batch) -> None:
        """Keep a batch; its refused rows go to the run's list."""
        faults.point("staging")
        if batch.rows.height:
            self._frames.append(batch.rows)
        if batch.rejected.height:
            rejected.keep(self.run_id, batch.rejected)
            self._refused += batch.rejected.height

    def publish(self, totals: Totals, origin: Origin) -> Published:
        """Write the records, then mark those that are gone; what is there already is left alone.

        A run that is cut goes on with the next one: what was written is found unchanged.

        Raises:
            HarvestError: ``counts_differ``: rows were lost on the way.
        """
        staged = sum(frame.height for frame in self._frames)
        if (staged, self._refused) != (totals.loaded, totals.rejected):
            raise HarvestError("counts_differ", staged=staged, refused=self._refused, **vars(totals))
        wish = self._wish(origin)
        outcomes = list(upsert(self._rows(), wish, apart=staged >= MANY))
        self._keep_refused(outcomes)
        gone = 0 if self.entry.source.absent == "keep" or totals.rejected else _mark_gone(outcomes, wish)
        self.discard()
        return _published(self.follows, outcomes, gone)

    def discard(self) -> None:
        """Forget what was kept; a second call does nothing."""
        self._frames = []

    def _wish(self, origin: Origin) -> Wish:
        source = self.entry.source
        owner = organisations.ensure(source.about.publisher, self.entry.city.publishers)
        return Wish(
            type=str(source.records),
            owner_org=owner,
            user=str(site.context()["user"]),
            fetched_at=datetime.fromisoformat(origin.fetched_at),
            trusted=True,
            source=source.name,
            place=identity.place(source.reader.address) or source.name,
        )

    def _rows(self) -> Iterator[Incoming]:
        number = 0
        for frame in self._frames:
            for row in frame.iter_rows(named=True):
                yield Incoming(number, rows.values(row, self.entry.source))
                number += 1

    def _keep_refused(self, outcomes: list[Outcome]) -> None:
        """Rows that the catalogue's own rules refused stand in the run's list beside the others."""
        lines = [
            (each.number + 1, str(field), "record_refused", str(told)[:1000])
            for each in outcomes
            if each.what == incoming.REFUSED
            for field, told in list(each.errors.items())[:1]
        ]
        if lines:
            rejected.keep(self.run_id, pl.DataFrame(lines, schema=REJECTED_SCHEMA, orient="row"))


def _mark_gone(outcomes: list[Outcome], wish: Wish) -> int:
    """Mark the records of this source that it did not have this time; gives how many are new among them."""
    there = {each.package_id for each in outcomes if each.package_id}
    ours = model.Session.query(RecordOrigin).filter_by(source=wish.source, type=wish.type, gone_at=None)
    gone = [origin for origin in ours if origin.package_id not in there]
    for origin in gone:
        origin.gone_at, origin.indexed = clock.now(), False
    model.Session.commit()
    if gone:
        index(wish)
    return len(gone)


def _published(follows: int, outcomes: list[Outcome], gone: int) -> Published:
    counts = dict.fromkeys(incoming.OUTCOMES, 0)
    for each in outcomes:
        new = each.what == incoming.DRAFT and each.before is None
        counts[incoming.CREATED if new else each.what] += 1
    updated = counts[incoming.UPDATED] + counts[incoming.DRAFT]
    unchanged = counts[incoming.UNCHANGED] + counts[incoming.LEFT] + counts[incoming.REFUSED]
    changed = bool(counts[incoming.CREATED] or updated or gone)
    return Published(follows + changed, counts[incoming.CREATED], updated, gone, unchanged)


def remember(state: SourceState, published: Published, totals: Totals, origin: Origin, mapping: str) -> None:
    """What a source of records remembers of a success; the checks of the next run go by it."""
    state.generation, state.rows, state.rejected = published.generation, totals.loaded, totals.rejected
    state.deduplicated, state.schema_hash = totals.deduplicated, mapping
    state.sha256, state.last_etag, state.last_modified = origin.sha256, origin.etag, origin.last_modified
    state.choices = dict(origin.choices)
    model.Session.commit()
