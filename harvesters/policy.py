"""What fetching may do: which private hosts, which folder, how long, how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The patience of one fetch. Times are seconds, sizes bytes; a test makes them small."""

    connect: float = 10.0
    first_byte: float = 30.0
    no_progress: float = 30.0
    total: float = 600.0  # one attempt, headers and body, redirects included
    redirects: int = 5
    size: int = 1024 * MEBIBYTE  # as sent
    expanded: int = 2048 * MEBIBYTE  # after Content-Encoding
    ratio: int = 100  # expanded / sent, asked once the expanded body passes `ratio_from`
    ratio_from: int = 10 * MEBIBYTE
    tries: int = 4
    backoff: float = 1.0  # full jitter between 0 and backoff * 2**(n - 1), never above backoff_max
    backoff_max: float = 60.0
    retry_after: float = 3600.0  # a longer Retry-After defers the run instead of sleeping


@dataclass(frozen=True)
class Policy:
    """What a site's operator allows. The defaults allow the public internet and no file.

    Args:
        allow_private: host names, addresses or CIDR blocks that may be private.
        files_folder: the only folder from which ``reader.path`` reads; ``None`` refuses every path.
        site: the catalogue's own address, told to sources in ``User-Agent``.
        authorities: a PEM file with certificate authorities trusted besides the system's.
        spool: where downloads wait; ``None`` is the system's temporary folder.
    """

    allow_private: tuple[str, ...] = ()
    files_folder: Path | None = None
    limits: Limits = field(default_factory=Limits)
    site: str = ""
    authorities: Path | None = None
    spool: Path | None = None
