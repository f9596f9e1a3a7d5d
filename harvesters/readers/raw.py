"""What every reader gives: batches of raw text columns, with what it recognised on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

ROW = "__row__"
"""Column of a raw batch: the 1-based row number at the source, header and title rows included."""
REFUSED = "__refused__"
"""Column of a raw batch, where there is one: the code for a row that the reader itself must refuse."""
TOLD = "__told__"
"""Column of a raw batch beside ``REFUSED``: what is told of such a row, in the reader's own words."""
BATCH = 50_000
"""Rows of a batch, at most."""
MAX_COLUMNS = 500


@dataclass(frozen=True)
class Asked:
    """What a reader is asked: the local file, the YAML's options, the raw columns the source speaks of."""

    path: Path
    options: Mapping[str, Any]
    expected: frozenset[str] = frozenset()


@dataclass
class Raw:
    """Batches of raw columns (all ``String``, plus ``ROW`` and perhaps ``REFUSED``).

    ``choices`` (encoding, separator, header row, crs…) is complete when the first batch is there; notes
    about the end of the file are added as it is read.
    """

    batches: Iterator[pl.DataFrame]
    choices: dict[str, str] = field(default_factory=dict)


def frame(
    rows: Sequence[int], columns: Mapping[str, Iterable[Any]], refused: Sequence[str | None] | None = None
) -> pl.DataFrame:
    """A raw batch from Python values: text stays, ``None`` stays; everything else is the caller's mistake."""
    data: dict[str, pl.Series] = {ROW: pl.Series(ROW, rows, dtype=pl.Int64)}
    for name, values in columns.items():
        data[name] = pl.Series(name, values, dtype=pl.String)
    if refused is not None and any(refused):
        data[REFUSED] = pl.Series(REFUSED, refused, dtype=pl.String)
    return pl.DataFrame(data)
