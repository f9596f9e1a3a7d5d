"""How a feed is: fresh or late against its promise, or why it stands still; and when it runs next."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from ckan.plugins import toolkit as tk
from croniter import croniter

from .. import clock
from ..model import SourceState
from ..schemas.load import vocabulary
from .catalogue import Entry

STOPPED = ("held", "changed", "unavailable", "refused")


def of(entry: Entry, state: SourceState | None) -> dict[str, Any]:
    """Health, reason, moments (ISO 8601, UTC) and ages in seconds of a source."""
    promised = promise(entry.source.about.frequency)
    success = state.last_success if state else None
    age = int((clock.now() - success).total_seconds()) if success else None
    due = None if entry.handed else next_run(entry, state)
    return {
        "health": _age(age, promised) if entry.handed else _health(state, age, promised),
        "reason": None if entry.handed else _text(state),
        "last_success": _iso(success),
        "last_try": _iso(state.last_try if state else None),
        "next_run": _iso(due),
        "frequency": entry.source.about.frequency,
        "promised_age_seconds": promised,
        "age_seconds": age,
    }


def orphaned(state: SourceState) -> dict[str, Any]:
    """The same for a feed whose source is no longer defined: it will not run again."""
    success = state.last_success
    return {
        "health": "late" if success else "never",
        "reason": None,
        "last_success": _iso(success),
        "last_try": _iso(state.last_try),
        "next_run": None,
        "frequency": "UNKNOWN",
        "promised_age_seconds": None,
        "age_seconds": int((clock.now() - success).total_seconds()) if success else None,
    }


def _health(state: SourceState | None, age: int | None, promised: int | None) -> str:
    """One word. A source that a person must look at says so even while its rows are young."""
    if state and state.last_outcome in STOPPED:
        return str(state.last_outcome)
    if state and state.last_outcome in ("failed", "dead"):
        return "unavailable"
    return _age(age, promised)


def _age(age: int | None, promised: int | None) -> str:
    """How old the rows are; that a file was refused is for those to know who handed it over."""
    if age is None:
        return "never"
    return "late" if promised is not None and age > promised else "fresh"


def _text(state: SourceState | None) -> dict[str, str] | None:
    if state is None or not state.last_reason:
        return None
    return {language: state.last_reason[language] for language in ("el", "en")}


def promise(frequency: str) -> int | None:
    """The age in seconds that rows of that frequency may reach; nothing where nothing is promised."""
    return _attribute(frequency, "promised_age_seconds")


def _attribute(frequency: str, name: str) -> int | None:
    for term in vocabulary("frequency").terms:
        if term.code == frequency:
            value = term.attributes.get(name)
            return int(value) if value else None
    return None


def next_run(entry: Entry, state: SourceState | None) -> datetime | None:
    """When the source is due next: by its cron line (the site's time zone), else a period after its last try.

    Nothing for a paused source, and for one whose frequency promises nothing and that has no cron line.
    """
    if entry.paused:
        return None
    tries = [moment for moment in (state.last_slot, state.last_try) if moment] if state else []
    if entry.schedule:
        last = state.last_slot or state.last_try if state else None
        start = (last or clock.now() - timedelta(days=1)).astimezone(tk.h.get_display_timezone())
        due: datetime = croniter(entry.schedule, start).get_next(datetime)
        return due
    period = _attribute(entry.source.about.frequency, "period_seconds")
    if period is None:
        return None
    return max(tries) + timedelta(seconds=period) if tries else clock.now()


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds") if moment else None
