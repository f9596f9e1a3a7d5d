"""Read newline-delimited JSON: one record a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from .blocks import blocks
from .json_lines import Shape, complete, read_block
from .json_stream import unmarked
from .raw import Asked, Raw


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of flattened records, numbered by their place; a line that is no object is a refused row.

    Raises:
        SourceUnavailable: ``truncated``: the last line breaks off.
        SourceChanged: ``not_json``, ``too_many_columns``.
    """
    return Raw(_batches(unmarked(asked.path, folder)))


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    shape, row = Shape(None), 1
    for block in blocks(path, 0):
        if not block.endswith(b"\n"):
            complete(block)
        for batch in read_block(block, row, shape):
            row += batch.height
            yield batch
