"""What a fetch brings home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Fetched:
    """What a source gave; with ``not_modified`` there is no file and no ``sha256``.

    ``size`` and ``sha256`` are those of the local file, that is, after ``Content-Encoding``.
    ``address`` is where redirects led; ``content_type`` is the server's word, unchecked.
    """

    address: str
    fetched_at: datetime  # UTC
    path: Path | None = None
    size: int = 0
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    not_modified: bool = False

    def head(self, size: int = 512) -> bytes:
        """The first bytes, to recognise a format by; raises ``ValueError`` when nothing was modified."""
        if self.path is None:
            raise ValueError("an answer 'not modified' has no bytes")
        with self.path.open("rb") as file:
            return file.read(size)

    def looks_like_a_page(self) -> bool:
        """Whether this is an HTML page, which is never data."""
        start = self.head().removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
