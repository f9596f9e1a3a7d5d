"""The refusal of a file that is no table: one sentence that says what is accepted."""

from __future__ import annotations

from ..errors import SourceChanged

ACCEPTED = "CSV, TSV, TXT, XLSX, XLS, ODS, GeoJSON, JSON, GeoPackage, Shapefile (ZIP)"


def not_a_table(found: str) -> SourceChanged:
    """The refusal of what is no table, with what is accepted."""
    return SourceChanged("not_a_table", found=found, accepted=ACCEPTED)
