"""Read the records of a JSON file one by one, whatever its size; tell a cut file from a wrong one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import ijson
import polars as pl

from ..errors import SourceChanged, SourceUnavailable
from ..messages import message
from .clean import plain
from .flatten import table
from .raw import BATCH

SMALL = 64 * 1024 * 1024
"""Bytes up to which a file that the strict parser refuses (``NaN``) is read whole by a tolerant one."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def unmarked(path: Path, folder: Path) -> Path:
    """The file without a byte order mark, in UTF-8."""
    with path.open("rb") as file:
        head = file.read(3)
    return plain(path, None, folder).path if head.startswith(_MARKS) else path


def records(path: Path, prefix: str) -> Iterator[Any]:
    """The items of the array at ``prefix`` (``""`` for the whole file, ``features``, ``result.records``).

    Raises:
        SourceUnavailable: ``truncated``.
        SourceChanged: ``not_json``, also when there is no such array.
    """
    inner = f"{prefix}.item" if prefix else "item"
    count = 0
    try:
        with path.open("rb") as file:
            for record in ijson.items(file, inner, use_float=True):
                count += 1
                yield record
    except ijson.JSONError as error:
        if _ends_early(error):
            where = message("after_records", {"records": count})
            raise SourceUnavailable("truncated", where=where) from error
        yield from islice(_tolerant(path, prefix, error), count, None)
        return
    if not count and not _has_array(path, prefix):
        raise SourceChanged("not_json", problem=f"no array {prefix or '[…]'}")


def batches(found: Iterator[Any]) -> Iterator[pl.DataFrame]:
    """Records as raw batches, numbered from 1."""
    row = 1
    while chunk := list(islice(found, BATCH)):
        yield table(list(range(row, row + len(chunk))), chunk)
        row += len(chunk)


def _ends_early(error: Exception) -> bool:
    return isinstance(error, ijson.IncompleteJSONError) and "premature EOF" in str(error)


def _has_array(path: Path, prefix: str) -> bool:
    with path.open("rb") as file:
        return any(place == prefix and event == "start_array" for place, event, _ in ijson.parse(file))


def _tolerant(path: Path, prefix: str, error: Exception) -> Iterator[Any]:
    """The same records by Python's own parser; ``NaN`` becomes text that no converter takes."""
    if path.stat().st_size > SMALL:
        raise SourceChanged("not_json", problem=_first_line(error)) from error
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=str)
    except (ValueError, RecursionError) as wrong:
        raise SourceChanged("not_json", problem=_first_line(wrong)) from wrong
    for part in prefix.split(".") if prefix else []:
        found = found.get(part) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise SourceChanged("not_json", problem=f"no array {prefix or '[…]'}") from error
    return iter(found)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
