"""Say what is being done, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """Numbered lines: ``2/7 Python environment … 3 s``."""

    def __init__(self, total: int) -> None:
        """``total``: how many steps there will be."""
        self.total, self.number = total, 0

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Announce one step and, when it is done, its time."""
        self.number += 1
        print(f"{self.number}/{self.total} {what} …", end=" ", flush=True)
        start = time.monotonic()
        try:
            yield
        except BaseException:
            print("failed", flush=True)
            raise
        print(f"{time.monotonic() - start:.0f} s", flush=True)
