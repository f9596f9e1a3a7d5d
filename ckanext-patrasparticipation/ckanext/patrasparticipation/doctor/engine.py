"""The engine: is a worker alive, is anything owed, how are the sources, how much disk do the versions use?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from .. import clock
from ..model import Outbox, SourceState, Upload
from .finding import Finding, judged

SILENCE = timedelta(minutes=1)  # a worker writes its heartbeat every 10 s
OWED = timedelta(minutes=10)  # what the outbox holds longer than this, nobody carries out
QUEUED = timedelta(hours=1)  # a publication takes minutes
LEAST_FREE = 0.05  # share of the disk
WORKERS = "select max(last_heartbeat) from jobs.procrastinate_workers"


def worker() -> Iterator[Finding]:
    """A worker has given a sign of life within the last minute."""
    expected = "`ckan participation worker` to be running"
    try:
        beat = model.Session.execute(text(WORKERS)).scalar()
    except ProgrammingError:
        model.Session.rollback()
        yield Finding("worker", "wrong", f"has never run; expected {expected}")
        return
    if beat is None:
        yield Finding("worker", "wrong", f"none is running; expected {expected}")
        return
    age = clock.now() - beat
    yield judged("worker", age < SILENCE, f"last sign of life {age.total_seconds():.0f} s ago", expected)


def outbox() -> Iterator[Finding]:
    """What a publication still owes (files, records, index) is carried out soon."""
    waiting = select(func.count(), func.min(Outbox.created)).where(Outbox.done_at.is_(None))
    count, oldest = model.Session.execute(waiting).one()
    late = count and clock.now() - oldest > OWED
    says = f"{count} waiting, the oldest since {oldest:%Y-%m-%d %H:%M} UTC" if count else "nothing is owed"
    yield judged("outbox", not late, says, "none older than 10 minutes")


def sources() -> Iterator[Finding]:
    """How the last try of each source ended."""
    states = model.Session.scalars(select(SourceState).order_by(SourceState.source)).all()
    if not states:
        yield Finding("sources", "note", "none was ever asked: `ckan participation harvest --all`")
    for state in states:
        well = state.last_outcome in ("published", "unchanged")
        when = f"{state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "never"
        says = f"{state.source}: {state.last_outcome}, generation {state.generation}, last success {when}"
        yield Finding("sources", "ok" if well else "note", says)


def uploads() -> Iterator[Finding]:
    """Files that staff handed over wait for their publishers, not for a worker."""
    rows = model.Session.execute(select(Upload.created, Upload.queued)).all()
    queued = [created for created, accepted in rows if accepted is not None]
    stuck = [created for created in queued if clock.now() - created > QUEUED]
    says = f"{len(rows)} files wait, {len(queued)} of them to be published by the worker"
    yield judged("uploads", not stuck, says, "none queued for longer than an hour")


def disk() -> Iterator[Finding]:
    """How much the versions use, and how much is left."""
    storage = Path(tk.config["ckan.storage_path"])
    versions = storage / "participation" / "versions"
    used = sum(path.stat().st_size for path in versions.rglob("*") if path.is_file())
    yield Finding("disk", "ok", f"versions use {used / 1e6:,.1f} MB in {versions}")
    total, _, free = shutil.disk_usage(storage)
    says = f"{free / 1e9:,.1f} GB of {total / 1e9:,.1f} GB free"
    yield judged("disk", free / total > LEAST_FREE, says, f"more than {LEAST_FREE:.0%}")
