"""The kinds of file that the catalogue takes: by the name's ending, the media type, and the content."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
TEXT = ("application/csv", "application/json", "application/x-ndjson", "application/x-empty", UNKNOWN)
ZIP = ("application/zip", "application/x-zip-compressed", UNKNOWN)
OFFICE = ("application/CDFV2", "application/vnd.ms-excel", "application/msword", "application/vnd.ms-office")
XML = ("text/xml", "application/xml", "text/plain")

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "csv": ("text/csv", TEXT),
    "tsv": ("text/tab-separated-values", TEXT),
    "txt": ("text/plain", TEXT),
    "json": ("application/json", TEXT),
    "jsonl": ("application/x-ndjson", TEXT),
    "ndjson": ("application/x-ndjson", TEXT),
    "geojson": ("application/geo+json", TEXT),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    "xls": ("application/vnd.ms-excel", OFFICE),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", ZIP),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", ZIP),
    "doc": ("application/msword", OFFICE),
    "pdf": ("application/pdf", ("application/pdf",)),
    "zip": ("application/zip", ZIP),
    "gz": ("application/gzip", ("application/gzip", "application/x-gzip")),
    "gpkg": ("application/geopackage+sqlite3", ("application/x-sqlite3", "application/vnd.sqlite3", UNKNOWN)),
    "kml": ("application/vnd.google-earth.kml+xml", XML),
    "kmz": ("application/vnd.google-earth.kmz", ZIP),
    "gml": ("application/gml+xml", XML),
    "gpx": ("application/gpx+xml", XML),
    "xml": ("application/xml", XML),
    "rdf": ("application/rdf+xml", XML),
    "ttl": ("text/turtle", TEXT),
    "parquet": ("application/vnd.apache.parquet", (UNKNOWN,)),
    "pb": ("text/plain", TEXT),
    "png": ("image/png", ("image/png",)),
    "jpg": ("image/jpeg", ("image/jpeg",)),
    "jpeg": ("image/jpeg", ("image/jpeg",)),
    "gif": ("image/gif", ("image/gif",)),
    "webp": ("image/webp", ("image/webp",)),
    "tif": ("image/tiff", ("image/tiff",)),
    "tiff": ("image/tiff", ("image/tiff",)),
}
"""Ending -> the media type it is answered with, and what libmagic may say of its content."""

BOM = b"\xef\xbb\xbf"
NEVER = ("text/html", "text/xml", "image/svg+xml", "application/xhtml+xml")
"""Content that no table begins with: what a browser would show as a page."""


def extension(name: str) -> str:
    """The ending of a file's name, in small letters, without the dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def agrees(ending: str, content: str, head: bytes) -> bool:
    """Whether bytes that libmagic calls ``content`` may stand under this ending.

    libmagic knows many kinds of text; all are text but those a browser would run. It also says HTML of a
    table with a tag in a cell, which is a table as long as it does not begin with the tag.
    """
    _, expected = KINDS[ending]
    if expected is TEXT:
        markup = head.removeprefix(BOM).lstrip().startswith(b"<")
        return (content.startswith("text/") or content in TEXT) and not (content in NEVER and markup)
    return content in expected or content == KINDS[ending][0]


def media_type(name: str) -> str:
    """The media type that a file of this name is answered with; plain bytes when it has none here."""
    kind = KINDS.get(extension(name), (UNKNOWN, ()))[0]
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
