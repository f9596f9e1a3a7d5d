"""The records: does the search index know what the clock has changed in them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ckan import model
from sqlalchemy import func, select

from .. import clock
from ..model import Moment
from ..records import moments
from .finding import Finding, judged

PART = "moments"
PATIENCE = timedelta(minutes=5)  # a duty of each minute indexes what is due
MEND = "none; `ckan participation doctor --mend`"


def overdue() -> Iterator[Finding]:
    """What a record is by the clock stands in the index some minutes later."""
    late = Moment.due_at <= clock.now() - PATIENCE
    count, oldest = model.Session.execute(select(func.count(), func.min(Moment.due_at)).where(late)).one()
    if count:
        says = f"{count} records changed by the clock and are not indexed, since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding(PART, "wrong", f"{says}; expected {MEND}")
        return
    waiting = model.Session.execute(select(func.count()).select_from(Moment)).scalar_one()
    yield Finding(PART, "ok", f"{waiting} records will change by the clock, none is overdue")


def forgotten() -> Iterator[Finding]:
    """Every record that changes by itself has its next moment remembered."""
    count = sum(1 for _record in moments.missing())
    says = (
        f"{count} records change by the clock and have no moment" if count else "every moment is remembered"
    )
    yield judged(PART, not count, says, MEND)
