"""Take a file in blocks of whole lines, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import SourceChanged

BLOCK = 6 * 1024 * 1024
LONGEST = 64 * 1024 * 1024
"""Bytes of one line, at most."""


def blocks(path: Path, start: int = 0) -> Iterator[bytes]:
    """The file from a byte on, in blocks of whole lines.

    Raises:
        SourceChanged: ``line_too_long`` when a line is longer than ``LONGEST``.
    """
    rest = b""
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(BLOCK):
            chunk = rest + chunk
            cut = chunk.rfind(b"\n") + 1
            rest = chunk[cut:]
            if len(rest) > LONGEST:
                raise SourceChanged("line_too_long", limit=LONGEST)
            if cut:
                yield chunk[:cut]
    if rest.strip():
        yield rest
