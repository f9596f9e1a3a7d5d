"""The steps of an affair in time: which are done, which is under way, which are awaited, how long between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Moment:
    """A step: what happens, on which day if one is known, and whether a later step may do without it."""

    name: str
    day: date | None
    optional: bool = False


@dataclass(frozen=True)
class Step:
    """A step as it stands today.

    ``state``: done, ahead (its day is to come), awaited (no day, the step before it is past), missing (no
    day, but a later step is past), unknown (no day, and nothing to wait for yet). ``after``: days since the
    last dated step, for done and ahead; ``waiting``: days since that step, for awaited.
    """

    name: str
    day: date | None
    state: str
    after: int | None = None
    waiting: int | None = None


def timeline(moments: Sequence[Moment], today: date) -> list[Step]:
    """Those steps in their order; an optional one without a day is left out."""
    kept = [moment for moment in moments if moment.day or not moment.optional]
    latest = max((place for place, moment in enumerate(kept) if moment.day), default=-1)
    steps: list[Step] = []
    before: date | None = None
    waits = False
    for place, moment in enumerate(kept):
        step = _step(moment, before, today, passed=place < latest, waits=waits)
        waits = waits or step.state == "awaited"
        before = moment.day or before
        steps.append(step)
    return steps


def _step(moment: Moment, before: date | None, today: date, *, passed: bool, waits: bool) -> Step:
    if moment.day:
        after = (moment.day - before).days if before else None
        return Step(moment.name, moment.day, "done" if moment.day <= today else "ahead", after)
    if passed:
        return Step(moment.name, None, "missing")
    if before and before <= today and not waits:
        return Step(moment.name, None, "awaited", waiting=(today - before).days)
    return Step(moment.name, None, "unknown")
