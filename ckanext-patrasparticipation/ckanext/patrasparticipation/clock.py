"""The one clock: everything that depends on the time asks here, so that a test can move it."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(timezone.utc)
