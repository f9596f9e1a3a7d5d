"""Look into a zip: a workbook, a document, or files of which one is the table."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from ..errors import SourceChanged
from ..readers import archive
from .refused import not_a_table

READERS = {
    ".shp": "vector",
    ".gpkg": "vector",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
    ".geojson": "geojson",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "json_array",
}
"""What a file of an archive is read with, by its ending; the earlier ones are proposed first."""
WORKBOOKS = (".xlsx", ".xls", ".ods")
SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
NOTE = 64
"""Bytes: a text file that is smaller is a note beside the data."""


def kind(path: Path, wanted: str | None, last: str | None) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """The reader of what is in a zip, its options, and the files that a person may choose from.

    Raises:
        SourceChanged: ``not_a_table``, ``packed_workbook``, ``choose_member``, ``unsafe_archive``.
        SourceUnavailable: ``truncated``.
    """
    names = archive.members(path)
    if office := _office(path, names):
        return office, {}, ()
    found = _tables(path, names)
    if not found:
        raise _nothing(names)
    if wanted is not None and wanted not in found:
        raise SourceChanged("choose_member", found=found)
    member = wanted or (last if last in found else found[0])
    options = {"member": member} if len(found) > 1 or wanted else {}
    return READERS[_ending(member)], options, tuple(found) if len(found) > 1 else ()


def _office(path: Path, names: list[str]) -> str | None:
    """``spreadsheet`` for a workbook, nothing for an ordinary archive."""
    with zipfile.ZipFile(path) as packed:
        if "mimetype" in names and "content.xml" in names:
            if packed.getinfo("mimetype").file_size < 200 and packed.read("mimetype").strip() == SHEETS:
                return "spreadsheet"
            raise not_a_table("OpenDocument")
    if "[Content_Types].xml" not in names:
        return None
    if any(name.startswith("xl/") for name in names):
        return "spreadsheet"
    raise not_a_table("Word" if any(name.startswith("word/") for name in names) else "Microsoft Office")


def _tables(path: Path, names: list[str]) -> list[str]:
    """The files that may be tables: maps before text, larger ones before smaller ones."""
    with zipfile.ZipFile(path) as packed:
        sizes = {archive.name(info): info.file_size for info in packed.infolist()}
    order = list(READERS)
    fitting = [name for name in names if _ending(name) in READERS]
    fitting = [name for name in fitting if _ending(name) != ".txt" or sizes.get(name, 0) >= NOTE]
    return sorted(fitting, key=lambda name: (order.index(_ending(name)) > 1, -sizes.get(name, 0), name))


def _nothing(names: list[str]) -> SourceChanged:
    if any(_ending(name) in WORKBOOKS for name in names):
        return SourceChanged("packed_workbook")
    return not_a_table(", ".join(sorted({_ending(name).lstrip(".") or name for name in names})[:5]))


def _ending(name: str) -> str:
    last = name.lower().rpartition("/")[2]
    return f".{last.rpartition('.')[2]}" if "." in last else ""
