"""Publish the file that waits, by the feeds' own walk and swap: only what a person has accepted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from ckan import model

from .. import clock
from ..feeds import catalogue, database, keepers, runs, settle, states
from ..feeds.harvest import Wish, harvest
from ..harvesters.errors import HarvestError, SourceHeld
from ..harvesters.report import Report, why
from ..model import Table, Upload
from . import check, held, register

Progress = Callable[[str, int], None]


def publish(
    table: Table,
    upload: Upload,
    actor: str,
    accept: Collection[str] = (),
    progress: Progress = lambda step, rows: None,
) -> Report:
    """Publish the waiting file as the table. What stopped it is in the report; the last good table stays.

    Args:
        accept: codes of what the check found odd and a person accepts.

    Raises:
        SourceBusy: another publication of this table is under way.
    """
    try:
        proposal = check.proposed(held.path(upload), str(upload.file_name), upload.wish, table)
        if proposal.lost and check.LOST not in accept:
            raise SourceHeld(check.LOST, columns=list(proposal.lost))
    except HarvestError as error:
        return _stopped(str(table.source), actor, error)
    table.pending = proposal.content
    model.Session.commit()
    return _walked(table, upload, Wish(actor, [*accept], file=held.path(upload), progress=progress))


def _stopped(source: str, actor: str, error: HarvestError) -> Report:
    """What ended it before a row was read, told like a run: whoever waits for a queued one looks there."""
    told = why(error)
    with runs.claimed(source, actor) as run:
        run.finish(error.outcome, reason={"code": told.code, **told.text})
    return Report(source=source, outcome=error.outcome, reason=told)


def _walked(table: Table, upload: Upload, wish: Wish) -> Report:
    """The walk under the pending definition, which is in force when it ends well."""
    name = str(table.source)
    try:
        report = harvest(catalogue.of_table(table, table.pending), wish)
        if report.outcome in states.GOOD:
            _done(name, upload)
    finally:
        settle_definition(name)
    return report


def _done(name: str, upload: Upload) -> None:
    """Nothing waits any more; what the definition says of the columns is said, though no row differs."""
    table = model.Session.get_one(Table, name)
    entry = catalogue.of_table(table, table.pending)
    table.definition, table.pending, table.changed = table.pending, None, clock.now()
    table.author = upload.author
    model.Session.commit()
    keepers.of(entry).follow(entry, states.of(entry.source))
    held.forget(model.Session.merge(upload))


def settle_definition(name: str) -> None:
    """The pending definition is in force when the published rows are of it; else it is gone."""
    model.Session.rollback()
    table = model.Session.get_one(Table, name)
    if table.pending is None:
        return
    current = settle.published(name)
    wanted: Any = catalogue.table_source(table, table.pending).schema_hash
    if current and current.entry.schema_hash == wanted:
        table.definition = table.pending
    table.pending = None
    model.Session.commit()


def publish_queued(resource_id: str, actor: str) -> str:
    """Publish what was queued, with what was accepted then; gives the outcome. Runs in a worker."""
    table, upload = register.need(resource_id), register.waiting(resource_id)
    if upload is None or upload.queued is None:
        return "gone"
    try:
        return publish(table, upload, actor, upload.queued).outcome
    finally:
        model.Session.rollback()
        left = register.waiting(resource_id)
        if left is not None:
            left.queued = None
            model.Session.commit()


def rescue() -> None:
    """Settle the definitions of publications that were cut; one under way is left alone."""
    waiting = model.Session.query(Table.source).filter(Table.pending.is_not(None)).all()
    for (name,) in waiting:
        with (
            database.connect(database.MAIN, autocommit=True) as connection,
            runs.lock(connection, name) as mine,
        ):
            if mine:
                settle_definition(name)
