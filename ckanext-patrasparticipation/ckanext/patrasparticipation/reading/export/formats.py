"""The formats of an export. To add one: a function of ``Rows`` that gives bytes, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import as_csv, as_geojson, as_json, as_parquet, as_xlsx
from .rows import Rows


@dataclass(frozen=True)
class Format:
    """Its name for people, its media type, and what writes it."""

    label: str
    mime: str
    write: Callable[[Rows], Iterator[bytes]]


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", as_csv.write),
    "xlsx": Format("XLSX", SHEET, as_xlsx.write),
    "json": Format("JSON", "application/json; charset=utf-8", as_json.write),
    "ndjson": Format("NDJSON", "application/x-ndjson; charset=utf-8", as_json.lines),
    "geojson": Format("GeoJSON", "application/geo+json", as_geojson.write),
    "parquet": Format("Parquet", "application/vnd.apache.parquet", as_parquet.write),
}
"""By the ending of the file's name, in the order that pages show."""

EXCEL = Format("CSV", "text/csv; charset=utf-8", as_csv.excel)
"""The CSV of ``excel=1``."""
