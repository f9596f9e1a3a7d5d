"""What a worker does: the runs that were asked for, and each minute what is due, who died, what is owed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import procrastinate
from ckan import model
from flask import Flask
from procrastinate import jobs as job_states
from procrastinate.job_context import JobContext

from .. import clock
from ..harvesters.errors import HarvestError, SourceBusy
from ..imports import files, life
from ..model import Outbox
from ..records import moments
from ..search import misses, rebuild, reindex
from ..tables import held, publication
from . import catalogue, database, health, jobs, runs, settle, states
from .catalogue import Entry
from .harvest import Wish
from .harvest import harvest as run

STALLED = 45.0
"""Seconds without a sign of life after which a worker's jobs are given to another."""

TRIES = 3
"""How often a job whose worker died is tried again, before it is left for a person to look at."""

LATER = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=5, retry_exceptions=[rebuild.IndexAway])
"""What cannot be indexed because Solr is away is tried again, ever later, for about an hour."""

log = logging.getLogger(__name__)


def tasks(site: Flask) -> procrastinate.Blueprint:
    """The tasks of a worker; ``site`` is the web application, which actions ask for addresses and words."""
    blueprint = procrastinate.Blueprint()

    @blueprint.task(name="harvest", queue=jobs.FEEDS)
    def harvest(source: str, actor: str, accept_held: bool = False) -> str:
        with _catalogue(site):
            return run_one(source, actor, accept_held)

    @blueprint.task(name="publish_table", queue=jobs.FEEDS)
    def publish_table(resource_id: str, actor: str) -> str:
        with _catalogue(site):
            return publication.publish_queued(resource_id, actor)

    @blueprint.task(name="import_records", queue=jobs.FEEDS)
    def import_records(import_id: str) -> None:
        with _catalogue(site):
            life.work_on(import_id)

    _index_tasks(blueprint, site)

    @blueprint.periodic(cron="* * * * *")
    @blueprint.task(name="minute", queue=jobs.DUTIES, queueing_lock="minute")
    def minute(timestamp: int) -> None:
        with _catalogue(site):
            attend()

    @blueprint.periodic(cron="* * * * *")
    @blueprint.task(name="change", queue=jobs.DUTIES, queueing_lock="change", lock="change")
    def change(timestamp: int) -> None:
        with _catalogue(site):
            follow_the_clock()

    @blueprint.periodic(cron="17 * * * *")
    @blueprint.task(name="forget", queue=jobs.DUTIES, queueing_lock="forget")
    def forget(timestamp: int) -> None:
        with _catalogue(site):
            misses.forget()
            held.tidy()
            files.tidy()

    blueprint.periodic(cron="* * * * *")(
        blueprint.task(name="rescue", queue=jobs.DUTIES, queueing_lock="rescue", pass_context=True)(rescue)
    )
    return blueprint


def _index_tasks(blueprint: procrastinate.Blueprint, site: Flask) -> None:
    """The tasks of the search index, which have a worker of their own."""

    @blueprint.task(name="apply_synonyms", queue=jobs.SEARCH)
    def apply_synonyms(run_id: int) -> None:
        with _catalogue(site):
            apply(run_id)

    @blueprint.task(name="index_publisher", queue=jobs.SEARCH, retry=LATER)
    def index_publisher(publisher: str) -> None:
        with _catalogue(site):
            rebuild.of_publisher(publisher)


@contextmanager
def _catalogue(site: Flask) -> Iterator[None]:
    """CKAN as an action finds it, in the thread of a job."""
    with site.test_request_context():
        try:
            yield
        finally:
            model.Session.remove()


def run_one(source: str, actor: str, accept_held: bool) -> str:
    """Run a source; gives the outcome. A source that somebody else is running is left to them."""
    try:
        report = run(catalogue.entry(source), Wish(actor=actor, accept_held=accept_held))
    except SourceBusy:
        log.info("%s: another run is under way", source)
        return "busy"
    log.info("%s: %s (%s)", source, report.outcome, report.reason.text["en"])
    return report.outcome


def apply(run_id: int) -> None:
    """Give the synonyms to Solr; why that failed stands in the row that the page shows."""
    try:
        reindex.apply(run_id)
    except reindex.CannotApply as error:
        log.warning("the synonyms are not applied: %s", error)


def attend() -> None:
    """Close the rows of runs that died, queue what is due, finish what published versions owe."""
    bury()
    publication.rescue()
    entries = catalogue.entries()
    for entry in entries.values():
        queue_if_due(entry)
    for source in owed():
        if entry_of := entries.get(source) or catalogue.known(source):
            _finish(entry_of)


def follow_the_clock() -> None:
    """Index what the clock has changed; while Solr is away it waits for the next minute."""
    try:
        moments.attend()
    except rebuild.IndexAway as error:
        log.warning("records that the clock has changed wait for Solr: %s", error)


async def rescue(context: JobContext, timestamp: int) -> None:
    """Give the jobs of dead workers to the living, three times; then they stay failed, to be replayed."""
    manager = context.app.job_manager
    await manager.prune_stalled_workers(STALLED)
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        if job.attempts < TRIES:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, status=job_states.Status.FAILED, delete_job=False)


def queue_if_due(entry: Entry) -> bool:
    """Queue a source whose moment has come, once for each moment, whatever the clock did."""
    state = states.of(entry.source)
    due = health.next_run(entry, state)
    if due is None or due > clock.now():
        return False
    state.last_slot = clock.now()
    model.Session.commit()
    return jobs.ask(entry.source.name, "schedule")


def bury() -> list[str]:
    """Close the rows of runs that are silent and whose claim nobody holds; gives their sources."""
    dead = []
    with database.connect(database.MAIN, autocommit=True) as connection:
        for source in runs.silent(connection):
            with runs.lock(connection, source) as mine:
                if mine and runs.bury(connection, source):
                    dead.append(source)
    return dead


def owed() -> list[str]:
    """The sources with a published version whose files or record are not done."""
    rows = model.Session.query(Outbox.source).filter(Outbox.done_at.is_(None)).distinct()
    return [row.source for row in rows]


def _finish(entry: Entry) -> None:
    """Finish what a source owes, unless a run of it is under way; what fails is tried again next minute."""
    name = entry.source.name
    with (
        database.connect(database.MAIN, autocommit=True) as connection,
        runs.lock(connection, name) as mine,
    ):
        if not mine:
            return
        try:
            settle.settle(entry, states.of(entry.source))
        except HarvestError as error:
            log.warning("%s: %s", name, error.text["en"])
