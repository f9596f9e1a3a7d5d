"""The queue of feeds and of the search: procrastinate's tables in the schema ``jobs`` of the main database.

A job is "run this source", "apply the synonyms" or "index this publisher". At most one of a source waits
(``queueing_lock``) and one runs (``lock``); the run itself takes the source's claim besides, because a
command line may run it too.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import procrastinate
from flask import Flask
from procrastinate import exceptions
from procrastinate.schema import SchemaManager
from psycopg.conninfo import make_conninfo

from . import database

SCHEMA, FEEDS, DUTIES, SEARCH = "jobs", "feeds", "duties", "search"
HARVEST, APPLY = "participation:harvest", "participation:apply_synonyms"
IMPORT = "participation:import_records"
INDEX, PUBLISH = "participation:index_publisher", "participation:publish_table"
LIBRARY = "participation:jobs"


def options() -> dict[str, Any]:
    """How procrastinate reaches its tables."""
    path = f"-csearch_path={SCHEMA},public"
    return {"conninfo": make_conninfo(database.dsn(database.MAIN), options=path)}


def ensure_schema() -> None:
    """Make procrastinate's tables where they are missing; two who start together do it once."""
    with database.connect(database.MAIN) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LIBRARY])
        if connection.execute("SELECT to_regclass('jobs.procrastinate_jobs')").fetchone() != (None,):
            return
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(f"SET LOCAL search_path = {SCHEMA}, public")
        connection.execute(SchemaManager.get_schema().encode())


def ask(source: str, actor: str, accept_held: bool = False) -> bool:
    """Queue a run of the source; false when one like it was waiting already."""
    waiting = f"feed:{source}:accept" if accept_held else f"feed:{source}"
    how = {"queue": FEEDS, "lock": f"feed:{source}", "queueing_lock": waiting}
    return _defer(HARVEST, how, source=source, actor=actor, accept_held=accept_held)


def ask_to_apply(run_id: int) -> bool:
    """Queue giving the synonyms to Solr; false when that was waiting already."""
    how = {"queue": SEARCH, "lock": "synonyms", "queueing_lock": "synonyms"}
    return _defer(APPLY, how, run_id=run_id)


def ask_to_publish(resource_id: str, actor: str) -> bool:
    """Queue the publication of the file that waits at a table; false when that was waiting already."""
    one = f"table:{resource_id}"
    how = {"queue": FEEDS, "lock": one, "queueing_lock": one}
    return _defer(PUBLISH, how, resource_id=resource_id, actor=actor)


def ask_to_import(import_id: str) -> bool:
    """Queue the trial or the writing of an import; false when that was waiting already."""
    one = f"import:{import_id}"
    return _defer(IMPORT, {"queue": FEEDS, "lock": one, "queueing_lock": one}, import_id=import_id)


def ask_to_index(publisher: str) -> bool:
    """Queue indexing a publisher's records again; false when that was waiting already."""
    one = f"publisher:{publisher}"
    return _defer(INDEX, {"queue": SEARCH, "lock": one, "queueing_lock": one}, publisher=publisher)


def _defer(task: str, how: dict[str, str], **arguments: Any) -> bool:
    ensure_schema()
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(**options()))
    with app.open():
        try:
            app.configure_task(task, **how).defer(**arguments)  # type: ignore[arg-type]
        except exceptions.AlreadyEnqueued:
            return False
    return True


def work(site: Flask, concurrency: int = 1, wait: bool = True) -> None:
    """Run what is due and what was asked for, until told to stop (or, without ``wait``, until idle).

    The duties (what is due, who died, what is owed) have a worker of their own, so that no long run holds
    them up, and so has the search index.
    """
    from . import duties  # the tasks; they need a running CKAN

    ensure_schema()
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(**options()))
    app.add_tasks_from(duties.tasks(site), namespace="participation")
    asyncio.run(_all(app, concurrency, wait))


async def _all(app: procrastinate.App, concurrency: int, wait: bool) -> None:
    """The workers, side by side; SIGTERM and SIGINT let a run finish its step for half a minute."""
    async with app.open_async():
        workers = [
            asyncio.create_task(_worker(app, queue, places, wait))
            for queue, places in ((FEEDS, concurrency), (DUTIES, 1), (SEARCH, 1))
        ]
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, lambda: [worker.cancel() for worker in workers])
        await asyncio.gather(*workers, return_exceptions=False)


async def _worker(app: procrastinate.App, queue: str, places: int, wait: bool) -> None:
    try:
        await app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=places,
            wait=wait,
            listen_notify=wait,
            shutdown_graceful_timeout=30.0,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    except asyncio.CancelledError:
        return
