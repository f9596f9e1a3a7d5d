"""Read JSON that has one record on each line, many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import polars as pl

from ..errors import SourceChanged, SourceUnavailable
from ..messages import message
from .flatten import table
from .letters import count, pairs
from .raw import BATCH, MAX_COLUMNS, ROW


@dataclass
class Shape:
    """What the records of a file look like: their keys, and whether their values are all plain."""

    inside: str | None  # the key whose object holds the columns: ``properties`` of a feature
    beside: Mapping[str, str] = field(default_factory=dict)  # keys next to it and their columns
    keys: dict[str, None] = field(default_factory=dict)
    colons: int = 0  # how often ``":`` stands in a usual line

    def schema(self) -> dict[str, Any]:
        """The polars schema under which every value is read as text."""
        if len(self.keys) > MAX_COLUMNS:
            raise SourceChanged("too_many_columns", found=len(self.keys), limit=MAX_COLUMNS)
        columns = dict.fromkeys(self.keys, pl.String)
        if self.inside is None:
            return dict(columns)
        return {self.inside: pl.Struct(columns), **dict.fromkeys(self.beside, pl.String)}

    def learn(self, record: Any) -> bool:
        """Take the keys of one record; whether its values are plain, so that polars may read its like."""
        values = record.get(self.inside) if self.inside and isinstance(record, dict) else record
        if not isinstance(values, dict):
            return False
        self.keys |= dict.fromkeys(values)
        return not any(isinstance(value, (dict, list)) for value in values.values())


def read_block(block: bytes, row: int, shape: Shape) -> Iterator[pl.DataFrame]:
    """Raw batches of a block whose lines hold one record each, without commas after them.

    Raises:
        SourceChanged: ``too_many_columns``.
    """
    if (whole := _whole(block, row, shape)) is not None:
        yield whole
        return
    lines = [line for line in block.split(b"\n") if line]
    for first in range(0, len(lines), BATCH):
        yield _batch(lines[first : first + BATCH], row + first, shape)


def _whole(block: bytes, row: int, shape: Shape) -> pl.DataFrame | None:
    """A block read at once, when all of its lines are usual ones; nothing when that is not sure."""
    data = block.strip(b"\n")
    height = count(data, b"\n") + 1
    if not shape.colons or height > BATCH or pairs(data, b'":') != shape.colons * height:
        return None
    try:
        read = pl.read_ndjson(data, schema=shape.schema())
    except pl.exceptions.PolarsError:
        return None
    return _framed(read, row, shape) if read.height == height and _all_said(read, shape, data) else None


def _batch(lines: Sequence[bytes], row: int, shape: Shape) -> pl.DataFrame:
    if all(_plain(line, shape) for line in lines if line.count(b'":') != shape.colons):
        try:
            return _fast(lines, row, shape)
        except pl.exceptions.PolarsError:  # a line that polars does not read: each is looked at by itself
            pass
    return _slow(lines, row, shape)


def _slow(lines: Sequence[bytes], row: int, shape: Shape) -> pl.DataFrame:
    rows = list(range(row, row + len(lines)))
    return table(rows, (_columns(_parsed(line), shape) for line in lines))


def _all_said(read: pl.DataFrame, shape: Shape, data: bytes) -> bool:
    """Whether the file says ``null`` for each cell that is null: a line that lacks a key has more of them."""
    nulls = _nulls(read, shape)
    said = data.count(b":null") if nulls else 0
    return nulls == said or nulls == said + data.count(b": null")


def _nulls(read: pl.DataFrame, shape: Shape) -> int:
    """How many cells of the columns are null."""
    cells = read.select(pl.col(shape.inside).struct.unnest()) if shape.inside else read
    return sum(cells.null_count().row(0)) if cells.width else 0


def _plain(line: bytes, shape: Shape) -> bool:
    """Look at a line that is not like the usual one: new keys are learnt. The first line is the usual one."""
    shape.colons = shape.colons or line.count(b'":')
    try:
        return shape.learn(orjson.loads(line))
    except orjson.JSONDecodeError:
        return False


def _fast(lines: Sequence[bytes], row: int, shape: Shape) -> pl.DataFrame:
    data = b"\n".join(lines)
    read = pl.read_ndjson(data, schema=shape.schema())
    if read.height != len(lines):
        raise pl.exceptions.ComputeError("a line holds more than one record, or none")
    known = len(shape.keys)
    if not _all_said(read, shape, data):
        plain = all(_plain(line, shape) for line in lines)
        if not plain or len(shape.keys) > known:  # a key in another's place, which polars passes over
            return _fast(lines, row, shape) if plain else _slow(lines, row, shape)
    return _framed(read, row, shape)


def _framed(read: pl.DataFrame, row: int, shape: Shape) -> pl.DataFrame:
    """Numbered rows of columns: what stood inside and what stood beside it."""
    if shape.inside:
        read = read.rename(dict(shape.beside)).unnest(shape.inside)
        empty = [name for name in shape.beside.values() if read[name].null_count() == read.height]
        read = read.drop(empty)
    return read.with_columns(pl.int_range(row, row + read.height, dtype=pl.Int64).alias(ROW))


def _parsed(line: bytes) -> Any:
    """A record, or text where the line is no JSON: a row to be refused."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return _tolerant(line)


def _tolerant(line: bytes) -> Any:
    try:
        return json.loads(line, parse_constant=str)
    except (ValueError, RecursionError):
        return line.decode("utf-8", "replace")


def _columns(record: Any, shape: Shape) -> Any:
    """The columns of one record, for the slow way."""
    if not shape.inside or not isinstance(record, dict):
        return record
    values = record.get(shape.inside)
    columns = dict(values) if isinstance(values, dict) else {}
    columns |= {name: record[key] for key, name in shape.beside.items() if record.get(key) is not None}
    return columns


def complete(line: bytes) -> None:
    """Raise ``SourceUnavailable`` (``truncated``) when the last line of a file is no whole record."""
    try:
        json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceUnavailable("truncated", where=message("at_last_line")) from error
