"""What a committed generation still owes: its files, then the record and its index. Safe to do twice.

The generation of the DataStore is the truth: it was written with the rows. When it is ahead of the main
database a run was cut after its commit, and this finishes it.
"""

from __future__ import annotations

import logging

from ckan import model
from ckan.lib.search import SearchError, SearchIndexError
from ckan.plugins import toolkit as tk
from psycopg import sql

from .. import clock
from ..harvesters import faults
from ..model import Outbox, SourceState, Version
from ..reading import warm
from ..schemas.derive import columns
from . import database, generation, indexes, keepers, versions
from .catalogue import Entry
from .layout import staging_name

log = logging.getLogger(__name__)

KINDS = ("files", "records")


def settle(entry: Entry, state: SourceState) -> bool:
    """Finish what is owed; gives whether nothing is owed any more.

    Files that cannot be written are an error. A record that cannot be written (the index is away) stays
    owed, with the error's text, and is tried again by the worker and by the next run.
    """
    current = tidied(entry.source.name)
    if current is None:
        return True
    _owe(current)
    if pending(current, "files"):
        faults.point("before_files")
        versions.make(entry, current, state)
        _done(current, "files")
    effect = pending(current, "records")
    if effect is None:
        return True
    faults.point("outbox")
    return _record(entry, state, current, effect)


def tidied(source: str) -> generation.Current | None:
    """The generation of the rows; what a killed run left staged goes (the caller has the claim)."""
    with database.connect(database.WRITE) as connection:
        beside = sql.Identifier(staging_name(source))
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(beside))
    return published(source)


def published(source: str) -> generation.Current | None:
    """The generation that the rows of a source are of, as the DataStore says it."""
    with database.connect(database.WRITE) as connection:
        generation.ensure(connection)
        return generation.read(connection, source=source)


def pending(current: generation.Current, kind: str) -> Outbox | None:
    """The effect of that kind which this generation owes, or nothing."""
    return (
        model.Session.query(Outbox)
        .filter_by(source=current.source, generation=current.generation, kind=kind, done_at=None)
        .one_or_none()
    )


def _owe(current: generation.Current) -> None:
    """Write down what the generation owes, once; what older ones owe is covered by it."""
    there = model.Session.query(Outbox.kind).filter_by(source=current.source, generation=current.generation)
    known = {row.kind for row in there}
    for kind in KINDS:
        if kind not in known:
            model.Session.add(Outbox(source=current.source, generation=current.generation, kind=kind))
    model.Session.query(Outbox).filter(
        Outbox.source == current.source, Outbox.generation < current.generation, Outbox.done_at.is_(None)
    ).update({"done_at": clock.now(), "error": "superseded"})
    model.Session.commit()


def _done(current: generation.Current, kind: str) -> None:
    effect = pending(current, kind)
    if effect is not None:
        effect.done_at, effect.error = clock.now(), None
    model.Session.commit()


def _record(entry: Entry, state: SourceState, current: generation.Current, effect: Outbox) -> bool:
    """Write the record; a refusal is kept with the effect."""
    version = model.Session.get_one(Version, (current.source, current.generation))
    try:
        keepers.of(entry).apply(entry, state, version)
        faults.point("index")
    except (SearchError, SearchIndexError, tk.ValidationError, tk.ObjectNotFound) as error:
        model.Session.rollback()
        owed = model.Session.merge(effect)
        owed.attempts, owed.error = (owed.attempts or 0) + 1, f"{type(error).__name__}: {error}"[:2000]
        model.Session.commit()
        log.warning(
            "%s: generation %d is published, its record waits: %s", current.source, current.generation, error
        )
        return False
    _done(current, "records")
    if version.rows >= warm.MANY:
        indexes.settle(current.resource_id)
        warm.groups(current.resource_id, columns.indexes(entry.source.feed))
    return True
