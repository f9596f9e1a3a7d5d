"""Where typed batches go: the three verbs that the pipeline is handed, and the values they speak in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

REJECTED_SCHEMA = {"row_number": pl.Int64, "column": pl.String, "code": pl.String, "raw": pl.String}
"""A line per rejected row: 1-based row number at the source, column, code of the reason, raw value."""


@dataclass(frozen=True)
class Batch:
    """Part of a load. ``rows`` has the feed's columns in their order, typed; both frames may be empty."""

    rows: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(frozen=True)
class Totals:
    """What the whole load counted; ``rows_in = loaded + rejected + deduplicated`` or nothing is published."""

    rows_in: int
    loaded: int
    rejected: int
    deduplicated: int


@dataclass(frozen=True)
class Origin:
    """What the server said about the bytes that were read; kept with the generation made from them."""

    address: str
    fetched_at: str  # UTC, ISO 8601
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    choices: dict[str, str] = field(default_factory=dict)  # encoding, separator, header row… as recognised


@dataclass(frozen=True)
class Published:
    """What a publication did to the table; all counts are rows."""

    generation: int
    inserted: int
    updated: int
    deleted: int
    unchanged: int


class Sink(Protocol):
    """The publisher as the pipeline sees it: stage batches, then publish all of them or discard all."""

    def stage(self, batch: Batch) -> None:
        """Keep a batch beside the published table; no reader sees it."""

    def publish(self, totals: Totals, origin: Origin) -> Published:
        """Swap the staged rows in, in one transaction; refuses when the counts do not add up."""

    def discard(self) -> None:
        """Forget what was staged; the published table is as it was."""
