"""Know what a file is by its first bytes, before anything tries to read it as what it should be."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..errors import SourceChanged, SourceUnavailable

HEAD = 4096
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.I)
_EXCEPTION = re.compile(rb"<(?:\w+:)?(ExceptionReport|ServiceExceptionReport)\b")
_ERROR = re.compile(rb'^\s*\{\s*"(error|errors|remark)"\s*:\s*(.{0,200})', re.S)
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"SQLite format 3\0", "geopackage"),
    (b"\x00\x00\x27\x0a", "shapefile"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

WANTED = {
    "delimited": {"text", "gzip", "zip"},
    "json_array": {"json", "gzip", "zip"},
    "ndjson": {"json", "gzip", "zip"},
    "geojson": {"json", "gzip", "zip"},
    "spreadsheet": {"zip", "xls"},
    "pabulib": {"text"},
    "vector": {"zip", "geopackage", "shapefile", "xml"},
}


def is_page(head: bytes) -> bool:
    """Whether this is the beginning of a web page."""
    return bool(_PAGE.search(head))


def sniff(path: Path) -> str:
    """What the file is: ``text``, ``json``, ``xml``, ``html``, or a binary format by its first bytes.

    Raises:
        SourceUnavailable: ``empty_body``, or ``source_error`` when the answer is an error object.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise SourceUnavailable("empty_body")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    return _text(head)


def _text(head: bytes) -> str:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    start = head.lstrip()
    if found := _ERROR.match(start):
        problem = " ".join(found[2].decode("utf-8", "replace").split())
        raise SourceUnavailable("source_error", problem=problem)
    if start.startswith(b"<"):
        if _EXCEPTION.search(start):
            raise SourceUnavailable("source_error", problem="ExceptionReport")
        return "html" if is_page(start) else "xml"
    return "json" if start.startswith((b"{", b"[")) else "text"


def expect(path: Path, reader: str) -> str:
    """What the file is, when this reader may read it.

    Raises:
        SourceChanged: ``html_page`` or ``wrong_format``.
        SourceUnavailable: as ``sniff``.
    """
    found = sniff(path)
    if found in WANTED[reader] or (reader == "delimited" and found == "json"):
        return found
    if found == "html":
        raise SourceChanged("html_page")
    raise SourceChanged("wrong_format", found=found, wanted=", ".join(sorted(WANTED[reader])))
