"""Files that live as long as one answer: in a folder of their own, gone with the reader."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...feeds.room import storage

BLOCK = 256 * 1024
FORGOTTEN = 3600
"""Seconds after which a folder is of a process that was killed."""


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder on the disk of the storage, which has room; ``/tmp`` may be memory."""
    place = storage() / "exports"
    place.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    with tempfile.TemporaryDirectory(dir=place) as path:
        yield Path(path)


def _sweep(place: Path) -> None:
    """Take away what a killed process left."""
    for left in place.iterdir():
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - FORGOTTEN:
                shutil.rmtree(left, ignore_errors=True)


def sent(path: Path) -> Iterator[bytes]:
    """The file's bytes."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
