"""In which encoding a Shapefile's attributes are written, when nobody says."""

from __future__ import annotations

from pathlib import Path

from .greek import between_latin, recognise
from .scan import high_bytes

LANGUAGE_BYTE = 29
SILENT = (0x00, 0x57)
"""Language bytes that say nothing: none at all, and “ANSI”, which in Greece is windows-1253."""
GREEK, WESTERN = "windows-1253", "windows-1252"


def encoding(shapefile: Path) -> str | None:
    """The encoding of the ``.dbf`` beside a ``.shp``; nothing where ``.cpg`` or language byte says it."""
    table = _beside(shapefile, ".dbf")
    if table is None or _beside(shapefile, ".cpg"):
        return None
    with table.open("rb") as file:
        header = file.read(LANGUAGE_BYTE + 1)
    if len(header) <= LANGUAGE_BYTE or header[LANGUAGE_BYTE] not in SILENT:
        return None
    histogram, sample = high_bytes(table)
    if not histogram[128:].sum():
        return None
    try:
        table.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return recognise(histogram, sample) or (WESTERN if between_latin(sample) else GREEK)
    return "utf-8"


def _beside(path: Path, suffix: str) -> Path | None:
    return next((item for item in path.parent.glob(f"{path.stem}.*") if item.suffix.lower() == suffix), None)
