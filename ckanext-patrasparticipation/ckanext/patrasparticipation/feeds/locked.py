"""Try again when the published table is held by a long reader: five times, with a random pause."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from ..harvesters.errors import SourceUnavailable

TRIES = 5
Answer = TypeVar("Answer")
PASSING = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)


def with_retries(act: Callable[[], Answer]) -> Answer:
    """The answer of ``act``, tried again after what passes by itself.

    Raises:
        SourceUnavailable: ``table_locked`` after the last try; the next run may have more luck.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return act()
        except PASSING as error:
            if attempt == TRIES:
                raise SourceUnavailable("table_locked", tries=TRIES) from error
            time.sleep(random.uniform(0, 0.2 * 2**attempt))
    raise AssertionError("unreachable")
