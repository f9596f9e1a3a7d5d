"""A zip that leaves while it is made: no file of it, and not the whole, is ever in memory or on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime

BLOCK = 64 * 1024
LARGE = 2**31 - 2**20
"""Bytes from which a file needs the larger headers of ZIP64, which must be known before it begins."""


@dataclass(frozen=True)
class Part:
    """A file of the zip; ``size`` in bytes, nothing where it is not known before."""

    name: str
    blocks: Iterable[bytes]
    size: int | None


class _Outlet:
    """What ``zipfile`` writes to: it cannot go back, and is emptied again and again."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        """Hold the bytes until they are taken."""
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        """The bytes so far, which are then forgotten."""
        block = bytes(self.held)
        self.held.clear()
        return block


def stream(parts: Iterable[Part], when: datetime) -> Generator[bytes, None, None]:
    """The zip's bytes, its parts in their order, each dated ``when``."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as out:  # type: ignore[call-overload]
        for part in parts:
            entry = zipfile.ZipInfo(part.name, when.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            is_large = part.size is None or part.size >= LARGE
            with out.open(entry, "w", force_zip64=is_large) as file:
                for block in part.blocks:
                    file.write(block)
                    if len(outlet.held) >= BLOCK:
                        yield outlet.taken()
    yield outlet.taken()
