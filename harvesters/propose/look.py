"""Read the first rows of an uploaded file with the engine's own readers, and pin what they recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import SourceChanged
from ..readers import Asked, Raw, open_raw, spreadsheet, vector
from ..readers.raw import REFUSED, ROW
from .kept import Previous
from .kinds import Kind
from .values import Wish

ROWS = 100_000
"""Rows that are looked at; those after them are read when the table is loaded."""
ENCODINGS = ("utf-8", "utf-16", "windows-1253", "iso-8859-7", "cp737", "windows-1252")
WESTERN = "windows-1252"


@dataclass(frozen=True)
class Look:
    """The first rows of raw columns, what was recognised, and the reader's options that repeat it."""

    frame: pl.DataFrame  # raw columns only, without rows that the reader itself refuses
    options: dict[str, Any]
    recognised: dict[str, str]
    choices: tuple[str, ...]
    rows: int
    whole: bool


def look(path: Path, kind: Kind, wish: Wish, before: Previous, folder: Path) -> Look:
    """The first ``ROWS`` rows of a file.

    Raises:
        SourceChanged, SourceUnavailable: as the readers say; ``only_header`` where there is no row.
    """
    kind = _wished(_chosen(path, kind, wish, before, folder), wish)
    try:
        raw, options = _opened(path, kind, folder)
    except SourceChanged as error:
        if error.code != "undecodable" or not _western(path):
            raise
        raw, options = _opened(path, replace(kind, options={**kind.options, "encoding": WESTERN}), folder)
    frame, rows, whole = _first(iter(raw.batches))
    if frame is None:
        raise SourceChanged("only_header")
    options |= _pinned(kind.reader, raw.choices, options)
    return Look(frame, options, dict(raw.choices), kind.choices, rows, whole)


def _chosen(path: Path, kind: Kind, wish: Wish, before: Previous, folder: Path) -> Kind:
    """The kind with the sheet or layer that is read: the wished one, the last one, or the fullest."""
    if kind.reader == "spreadsheet":
        found, asked, key = spreadsheet.sheets(path), wish.sheet, "sheet"
    elif kind.reader == "vector" and "member" not in kind.options:
        found = vector.layers(Asked(path, kind.options), folder)
        asked, key = wish.layer or wish.sheet, "layer"
    else:
        return kind
    last = before.option(key)
    if asked is None and len(found) > 1:
        asked = last if last in found else max(found, key=lambda name: found[name])
    hidden = asked is not None and key == "sheet" and spreadsheet.has(path, asked)
    if asked and asked not in found and not hidden:
        raise SourceChanged(f"choose_{key}", found=list(found))
    options = {**kind.options, key: asked} if asked else kind.options
    return replace(kind, options=options, choices=tuple(found) if len(found) > 1 else ())


def _wished(kind: Kind, wish: Wish) -> Kind:
    """The kind with what a person chose of how it is read."""
    options: dict[str, Any] = dict(kind.options)
    if kind.reader in ("delimited", "vector") and wish.encoding:
        options["encoding"] = wish.encoding
    if kind.reader == "delimited" and wish.separator:
        options["separator"] = wish.separator
    if kind.reader in ("delimited", "spreadsheet") and wish.header_row:
        options["header_row"] = wish.header_row
    return replace(kind, options=options)


def _opened(path: Path, kind: Kind, folder: Path) -> tuple[Raw, dict[str, Any]]:
    return open_raw(kind.reader, Asked(path, kind.options), folder), dict(kind.options)


def _western(path: Path) -> bool:
    """Whether the bytes are letters of windows-1252: text in a western language."""
    try:
        path.read_bytes().decode(WESTERN)
    except UnicodeDecodeError:
        return False
    return True


def _first(batches: Iterator[pl.DataFrame]) -> tuple[pl.DataFrame | None, int, bool]:
    taken: list[pl.DataFrame] = []
    rows, whole = 0, False
    while rows < ROWS and not whole:
        batch = next(batches, None)
        whole = batch is None
        if batch is not None:
            taken.append(batch)
            rows += batch.height
    whole = whole or next(batches, None) is None
    if not rows:
        return None, 0, whole
    frame = pl.concat(taken, how="diagonal")
    if REFUSED in frame.columns:
        frame = frame.filter(pl.col(REFUSED).is_null())
    return frame.drop(ROW, REFUSED, strict=False), rows, whole


def _pinned(reader: str, choices: dict[str, str], options: dict[str, Any]) -> dict[str, Any]:
    """The options that make the load read the file as it was read here."""
    pins: dict[str, Any] = {}
    if reader == "delimited":
        pins = {"separator": choices["separator"], "header_row": int(choices["header_row"])}
        if choices["encoding"] in ENCODINGS:
            pins["encoding"] = choices["encoding"]
    elif reader == "spreadsheet":
        pins = {"sheet": choices["sheet"]}
        pins |= {name: int(choices[name]) for name in ("header_row", "header_rows")}
    elif reader == "vector":
        pins = {"layer": choices["layer"]}
    return {name: value for name, value in pins.items() if name not in options}
