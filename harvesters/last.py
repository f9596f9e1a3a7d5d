"""What a source's last success left behind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Last:
    """All ``None`` before the first success. ``rows`` are those published; ``columns`` the raw ones seen."""

    generation: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    rows: int | None = None
    schema_hash: str | None = None
    columns: tuple[str, ...] | None = None
