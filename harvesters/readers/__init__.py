"""One module per protocol or file format; none knows a city."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import archive, delimited, gathered, geojson, json_array, ndjson, pabulib, sniff, spreadsheet, vector
from .raw import Asked, Raw
from .remote import PROTOCOLS

__all__ = ["PROTOCOLS", "READERS", "Asked", "Raw", "open_raw"]

READERS: dict[str, Callable[[Asked, Path], Raw]] = {
    "delimited": delimited.read,
    "json_array": json_array.read,
    "ndjson": ndjson.read,
    "geojson": geojson.read,
    "spreadsheet": spreadsheet.read,
    "vector": vector.read,
    "pabulib": pabulib.read,
}
"""A reader by the name that ``reader.type`` has in a source YAML; a new protocol is one more line."""

SUFFIXES = {
    "delimited": (".csv", ".txt", ".tsv"),
    "json_array": (".json",),
    "ndjson": (".ndjson", ".jsonl", ".json"),
    "geojson": (".geojson", ".json"),
}
"""What the data file of a packed source is called, where the reader does not open archives itself."""


def open_raw(kind: str, asked: Asked, folder: Path) -> Raw:
    """Batches of raw columns, once the file is known to be what the reader reads; packed files are opened.

    Args:
        kind: the reader's name.
        asked: the file, the options and the raw columns that the source speaks of; of a protocol, what was
            gathered.
        folder: where unpacked and rewritten copies may lie while the batches are taken.

    Raises:
        SourceUnavailable, SourceChanged: as ``sniff.expect``, ``archive`` and the reader say.
    """
    if kind in PROTOCOLS:
        return gathered.read(asked, folder)
    found = sniff.expect(asked.path, kind)
    if kind in SUFFIXES and found in ("gzip", "zip"):
        inner = (
            archive.gunzip(asked.path, folder)
            if found == "gzip"
            else archive.only_member(asked.path, asked.options.get("member"), folder, SUFFIXES[kind])
        )
        asked = Asked(inner, asked.options, asked.expected)
        sniff.expect(inner, kind)
    return READERS[kind](asked, folder)
