"""Say which reader an uploaded file needs, by content first and ending second, or why it is no table."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import SourceChanged, SourceUnavailable
from ..readers import pabulib, sniff
from . import archives, json_kinds
from .refused import not_a_table

TEXT = {"", ".csv", ".tsv", ".tab", ".txt", ".dat", ".asc", ".xls", ".xlsx", ".gz", ".zip"}
"""Endings under which plain text may be a table; old programs write text and call it ``.xls``."""
HEAD = 256 * 1024
PABULIB = ".pb"
_NAMES = {"xml": "XML", "html": "HTML"}


@dataclass(frozen=True)
class Kind:
    """A reader and the options that are fixed for it; ``choices`` is what a person may choose from."""

    reader: str
    options: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


def kind(path: Path, file_name: str, wanted: str | None, last: str | None = None) -> Kind:
    """The reader for a file.

    Args:
        path: the file.
        file_name: what it was called when it was uploaded.
        wanted: the member of an archive that a person chose.
        last: the member that was read the last time.

    Raises:
        SourceChanged: ``empty_file``, ``web_page``, ``not_a_table``, ``locked_workbook``, ``choose_member``,
            ``unsafe_archive``.
        SourceUnavailable: ``truncated``.
    """
    found, ending = _sniffed(path), PurePosixPath(file_name.lower()).suffix
    if found == "html":
        raise SourceChanged("web_page")
    ways: dict[str, Callable[[], Kind]] = {
        "text": lambda: _pabulib(wanted) if ending == PABULIB else _text(ending),
        "json": lambda: Kind(*json_kinds.kind(path)),
        "gzip": lambda: _gzip(path),
        "zip": lambda: Kind(*archives.kind(path, wanted, last)),
        "xls": lambda: _old_office(path),
        "geopackage": lambda: Kind("vector"),
    }
    if found == "shapefile":
        raise SourceChanged("lone_shapefile")
    if found not in ways:
        raise not_a_table(_NAMES.get(found, found))
    return ways[found]()


def _sniffed(path: Path) -> str:
    try:
        return sniff.sniff(path)
    except SourceUnavailable as error:
        if error.code == "empty_body":
            raise SourceChanged("empty_file") from error
        raise not_a_table(str(error.params.get("problem", ""))) from error


def _text(ending: str) -> Kind:
    if ending not in TEXT:
        raise not_a_table(ending)
    return Kind("delimited")


def _pabulib(wanted: str | None) -> Kind:
    """A participatory budget: its projects, unless the votes are asked for (which the reader refuses)."""
    if wanted is not None and wanted not in (pabulib.PROJECTS, pabulib.VOTES):
        raise SourceChanged("choose_sheet", found=[pabulib.PROJECTS, pabulib.VOTES])
    return Kind("pabulib", {"section": wanted or pabulib.PROJECTS}, (pabulib.PROJECTS, pabulib.VOTES))


def _gzip(path: Path) -> Kind:
    try:
        with gzip.open(path, "rb") as packed:
            head = packed.read(HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceUnavailable("truncated", where="gzip") from error
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return Kind(*json_kinds.of_head(head))
    return Kind("delimited")


def _old_office(path: Path) -> Kind:
    """A workbook in the format of before 2007; documents and locked files lie in the same container."""
    content = path.read_bytes()
    streams = {name: name.encode("utf-16-le") in content for name in ("Workbook", "Book", "EncryptedPackage")}
    if streams["Workbook"] or streams["Book"]:
        return Kind("spreadsheet")
    if streams["EncryptedPackage"]:
        raise SourceChanged("locked_workbook")
    raise not_a_table("Word" if "WordDocument".encode("utf-16-le") in content else "Microsoft Office")
