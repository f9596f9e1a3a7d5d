"""Bring staff's synonyms into force: the file beside Solr's schema, a core that reads it, every record again.

One at a time, by an advisory lock that dies with its process; twice does no harm. What Solr refuses is taken
back, so that the core goes on loading with the words it had.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import requests
from ckan import model
from ckan.plugins import toolkit as tk

from .. import clock, config
from ..feeds import database, jobs
from ..model import Synonym, SynonymRun
from . import configset, rebuild, synonyms

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
PATIENCE = "5s"
"""How long one who wants to apply waits for another: longer than a look at whether somebody does."""

Told = Callable[[int, int], None]


class CannotApply(Exception):
    """The synonyms are not in force; what was in force is.

    Args:
        code: ``no_folder not_there refused away busy``.
        detail: the folder, or what Solr said.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail[:500]


def own() -> list[Synonym]:
    """Staff's groups, the oldest first."""
    return list(model.Session.query(Synonym).order_by(Synonym.id))


def text() -> str:
    """Staff's groups as Solr is to read them."""
    return synonyms.lines(group.words for group in own())


def applied() -> str:
    """The mark of the lines that are in force."""
    run = model.Session.query(SynonymRun).filter_by(status=DONE).order_by(SynonymRun.id.desc()).first()
    return str(run.digest) if run else synonyms.digest("")


def newest() -> SynonymRun | None:
    """The last time that somebody asked; one whose process is gone is closed first."""
    model.Session.expire_all()
    run = model.Session.query(SynonymRun).order_by(SynonymRun.id.desc()).first()
    if run and run.status == RUNNING and not _is_held():
        model.Session.refresh(run)  # it may have ended just now
        if run.status == RUNNING:
            run.status, run.reason, run.finished = FAILED, "died", clock.now()
            model.Session.commit()
    return run


def ask(actor: str) -> bool:
    """Queue it for the worker; false when one was waiting already.

    Raises:
        CannotApply: ``no_folder``: the site does not know where Solr's files are.
    """
    if not config.solr_conf():
        raise CannotApply("no_folder")
    run_id = start(actor)  # before the job: the worker may be quicker than we are
    queued = jobs.ask_to_apply(run_id)
    if not queued:
        model.Session.query(SynonymRun).filter_by(id=run_id).delete()
        model.Session.commit()
    return queued


def apply(run_id: int, told: Told = lambda done, total: None, folder: str = "") -> list[str]:
    """Do it now, and write down how it goes; gives the names of records that could not be indexed.

    Args:
        run_id: the row of :class:`SynonymRun`.
        told: is told how many records are done, of how many.
        folder: Solr's ``conf``, where the setting does not say it.

    Raises:
        CannotApply: what stopped it; the row says so too.
    """
    with _noted(run_id) as note, _held():
        note(status=RUNNING, started=clock.now(), done=0)
        lines = text()
        model.Session.rollback()  # nothing is held open while records are indexed
        _give(Path(folder or config.solr_conf() or _missing()), lines)

        def progress(done: int, total: int) -> None:
            note(done=done, total=total)
            told(done, total)

        try:
            rebuilt = rebuild.everything(progress)
        except rebuild.IndexAway as error:
            raise CannotApply("away", str(error)) from error
        left = {"reason": "records", "detail": ", ".join(rebuilt.failed)[:500]} if rebuilt.failed else {}
        note(status=DONE, finished=clock.now(), digest=synonyms.digest(lines), **left)
        return list(rebuilt.failed)


def start(actor: str) -> int:
    """A row for somebody who applies without the worker; gives its number."""
    run = SynonymRun(status=WAITING, actor=actor)
    model.Session.add(run)
    model.Session.commit()
    return int(run.id)


def _missing() -> str:
    raise CannotApply("no_folder")


def _give(folder: Path, lines: str) -> None:
    """Put the lines into Solr's folder and make the core read them, or put back what was there."""
    path = folder / configset.OF_SITE
    if not (folder / "schema.xml").is_file():
        raise CannotApply("not_there", str(folder))
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        _write(path, lines)
    except OSError as error:
        raise CannotApply("not_there", str(error)) from error
    try:
        _reload()
    except CannotApply:
        _write(path, before)
        raise


def _write(path: Path, lines: str) -> None:
    """All of it or nothing."""
    beside = path.with_suffix(".new")
    beside.write_text(lines, encoding="utf-8")
    os.replace(beside, path)


def _reload() -> None:
    """Make the core read its files again; one that cannot keeps what it had."""
    address, _, core = str(tk.config["solr_url"]).rstrip("/").rpartition("/")
    user, password = tk.config.get("solr_user"), tk.config.get("solr_password")
    try:
        answer = requests.get(
            f"{address}/admin/cores",
            params={"action": "RELOAD", "core": core, "wt": "json"},
            auth=(user, password) if user and password else None,
            timeout=60,
        )
    except requests.RequestException as error:
        raise CannotApply("away", type(error).__name__) from error
    if not answer.ok:
        raise CannotApply("refused", _said(answer))


def _said(answer: requests.Response) -> str:
    """Solr's sentence, or what it sent instead of one."""
    try:
        return str(answer.json()["error"]["msg"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"


@contextmanager
def _noted(run_id: int) -> Iterator[Callable[..., None]]:
    """Something that writes into the row by a connection of its own; what stops the block is written too."""
    with database.connect(database.MAIN, autocommit=True) as connection:

        def note(**values: Any) -> None:
            columns = psycopg.sql.SQL(", ").join(
                psycopg.sql.SQL("{} = {}").format(psycopg.sql.Identifier(name), psycopg.sql.Placeholder(name))
                for name in values
            )
            update = psycopg.sql.SQL("UPDATE participation_synonym_run SET {} WHERE id = %(id)s")
            connection.execute(update.format(columns), values | {"id": run_id})

        try:
            yield note
        except CannotApply as error:
            note(status=FAILED, finished=clock.now(), reason=error.code, detail=error.detail)
            raise


@contextmanager
def _held() -> Iterator[None]:
    """The one who applies; it ends with the connection, however that ends."""
    with database.connect(database.MAIN, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("SET lock_timeout = {}").format(PATIENCE))
        try:
            connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [_key()])
        except psycopg.errors.LockNotAvailable as error:
            raise CannotApply("busy") from error
        yield


def _is_held() -> bool:
    """Whether somebody is at it."""
    with database.connect(database.MAIN, autocommit=True) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [_key()]).fetchone()
    return row != (True,)


def _key() -> str:
    return database.lock_key("synonyms", "apply")
