"""What is remembered of a source between runs, and what of it the engine may know."""

from __future__ import annotations

from typing import Any

from ckan import model

from .. import clock
from ..harvesters.source import Source
from ..model import SourceState

GOOD = ("published", "unchanged")
"""Outcomes after which what is published is what the source has."""


def of(source: Source) -> SourceState:
    """The row of a source; a new one the first time."""
    state = model.Session.get(SourceState, source.name)
    if state is None:
        state = SourceState(source=source.name, feed=source.feed.name, generation=0, wrote={}, failures=0)
        model.Session.add(state)
        model.Session.commit()
    return state


def tried(state: SourceState, outcome: str, reason: dict[str, Any] | None) -> None:
    """Note how a try ended. After an unchanged run nothing but ``last_*`` columns differs."""
    now = clock.now()
    state.last_try, state.last_outcome = now, outcome
    state.last_reason = reason
    if outcome in GOOD:
        state.last_success, state.last_reason = now, None
    failures = 0 if outcome in GOOD else state.failures + 1
    if failures != state.failures:
        state.failures = failures
    model.Session.commit()


def known(name: str) -> SourceState | None:
    """The row of a source that was tried before."""
    state: SourceState | None = model.Session.get(SourceState, name)
    return state
