"""Read back what a conversation brought: a JSON object a line, all of it text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import polars as pl

from .raw import BATCH, REFUSED, TOLD, Asked, Raw, frame


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of the columns that ``gather`` wrote, numbered from 1; an empty file has none."""
    return Raw(_batches(asked.path))


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    row = 1
    with path.open("rb") as file:
        while lines := list(islice(file, BATCH)):
            records = [orjson.loads(line) for line in lines]
            refused = [record.pop(REFUSED, None) for record in records]
            told = [record.pop(TOLD, None) for record in records]
            names = dict.fromkeys(name for record in records for name in record)
            columns = {name: [record.get(name) for record in records] for name in names}
            if any(refused):
                columns[TOLD] = told
            yield frame(range(row, row + len(records)), columns, refused)
            row += len(records)
