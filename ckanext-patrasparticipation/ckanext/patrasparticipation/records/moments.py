"""When records change by themselves: each keeps its next moment, and what is due is indexed again.

Whoever indexes sets the next moment by a time read before: a change that falls between the two is due again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from ckan import model

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.model import Moment
from ckanext.patrasparticipation.records import computed, definitions, stored
from ckanext.patrasparticipation.search import rebuild

AT_ONCE = 200
"""How many records are indexed between two commits; what was due longest comes first."""

log = logging.getLogger(__name__)


def keep(record: Mapping[str, Any], now: datetime | None = None) -> None:
    """Remember the next moment of a record as ``package_show`` gives it; within the caller's transaction."""
    due_at = computed.next_change(record, now)
    row = model.Session.get(Moment, record["id"])
    if due_at is None:
        if row is not None:
            model.Session.delete(row)
    elif row is None:
        model.Session.add(Moment(package_id=record["id"], due_at=due_at))
    else:
        row.due_at = due_at


def forget(package_id: str) -> None:
    """A record that is deleted changes no more."""
    model.Session.query(Moment).filter_by(package_id=package_id).delete()


def due(now: datetime | None = None, besides: Collection[str] = (), at_once: int = AT_ONCE) -> list[str]:
    """The ids of records whose moment has come, without those ``besides``, the longest overdue first."""
    rows = model.Session.query(Moment.package_id).filter(Moment.due_at <= (now or clock.now()))
    if besides:
        rows = rows.filter(Moment.package_id.notin_(besides))
    return [row.package_id for row in rows.order_by(Moment.due_at, Moment.package_id).limit(at_once)]


def attend() -> int:
    """Index again all that is due and set its next moment; how many records that were.

    The moment of a record moves on only when Solr has it: one that cannot be indexed stays due, stops no
    other, and is tried again in the next minute.

    Raises:
        IndexAway: Solr does not answer, or stopped answering; what was done until then stays done.
    """
    now, failed, done = clock.now(), set[str](), 0
    while ids := due(now, failed):
        reasons = rebuild.some(ids).failed
        for package_id in ids:
            if not _move_on(package_id, reasons, now):
                failed.add(package_id)
        model.Session.commit()
        done += len(set(ids) - failed)
    if done or failed:
        log.info("%d records changed by the clock, %d could not be indexed", done, len(failed))
    return done


def _move_on(package_id: str, failed: Mapping[str, str], now: datetime) -> bool:
    """Set the next moment of a record that was indexed; false when it was not."""
    package = model.Package.get(package_id)
    definition = definitions.of(package.type) if package is not None else None
    if package is None or definition is None or package.state == model.State.DELETED:
        forget(package_id)
        return True
    if package.name in failed or package_id in failed:
        return False
    keep(stored.as_shown(package, definition), now)
    return True


def mend() -> int:
    """Remember the moments that are missing, and index all that is due; how many records were indexed.

    Raises:
        IndexAway: Solr does not answer, or stopped answering.
    """
    for record in missing():
        # Nobody knows since when its document is old: it is due at once.
        model.Session.add(Moment(package_id=record["id"], due_at=clock.now()))
    model.Session.commit()
    return attend()


def missing() -> Iterator[dict[str, Any]]:
    """The records that change by themselves and have no moment, because they were written past CKAN."""
    rows = model.Session.query(model.Package.id).filter(
        model.Package.type.in_(list(computed.MODULES)),
        model.Package.state != model.State.DELETED,
        ~model.Session.query(Moment).filter(Moment.package_id == model.Package.id).exists(),
    )
    for row in rows.order_by(model.Package.id).all():
        package = model.Package.get(row.id)
        definition = definitions.of(package.type) if package is not None else None
        if package is not None and definition is not None:
            record = stored.as_shown(package, definition)
            if computed.next_change(record) is not None:
                yield record
