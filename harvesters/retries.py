"""When to ask a source again: soon after a stumble, when it says so, or not in this run."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import tenacity

from .errors import SourceUnavailable
from .policy import Limits

STATUSES = frozenset({408, 429, *range(500, 600)})


class TryAgain(Exception):
    """A failure that may pass: ``error`` is what to say when it does not, ``after`` the seconds asked for."""

    def __init__(self, error: SourceUnavailable, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


class Wait:
    """Seconds before the next try: what the source asked for, or exponential with full jitter."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def __call__(self, state: tenacity.RetryCallState) -> float:
        """The wait after a failed try, in seconds."""
        limits = self.limits
        jitter = random.uniform(0, min(limits.backoff_max, limits.backoff * 2 ** (state.attempt_number - 1)))
        failed = state.outcome.exception() if state.outcome else None
        asked = failed.after if isinstance(failed, TryAgain) else None
        return asked + min(jitter, limits.backoff) if asked is not None else jitter


def refused(address: str, status: int, retry_after: str | None, limits: Limits, now: datetime) -> Exception:
    """What a status other than 200 and 304 means: an error for good, or for now, or until a moment."""
    plain = SourceUnavailable("http_status", address=address, status=status)
    if status not in STATUSES:
        return plain
    seconds = _seconds(retry_after, now)
    if seconds is None:
        return TryAgain(plain)
    told = {"address": address, "status": status, "retry_at": now + timedelta(seconds=seconds)}
    if seconds > limits.retry_after:
        return SourceUnavailable("retry_later", **told)
    return TryAgain(SourceUnavailable("http_status", **told), seconds)


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """``Retry-After`` in seconds from now; ``None`` when absent or in no form that HTTP knows."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(float(retry_after), timedelta(days=366).total_seconds())
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return max(0.0, (aware - now).total_seconds())
