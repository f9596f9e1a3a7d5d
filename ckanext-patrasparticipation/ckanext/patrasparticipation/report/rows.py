"""The report as rows, for a spreadsheet: one number a row, with what it is the number of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import definitions, reader, translated

HEAD = ("record_type", "split", "code", "label", "count")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, Any]]:
    """Every number of the report, in the order of its page."""
    for name, part in report.items():
        yield name, "total", "", label(name), part["total"]
        for facet, items in part["by"].items():
            yield from (
                (name, facet.removeprefix("vocab_"), one["name"], one["label"], one["count"]) for one in items
            )
        yield from ((name, "month", one["name"], one["name"], one["count"]) for one in part["months"])
        for field, found in part["sums"].items():
            if found["value"] is not None:
                yield name, "sum", field, field_label(name, field), found["value"]


def text(report: Mapping[str, Any]) -> str:
    """The rows as CSV; no cell begins as a formula does."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([[_plain(cell) for cell in row] for row in rows(report)])
    return out.getvalue()


def _plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def label(record_type: str) -> str:
    """What records of the type are called."""
    definition = definitions.of(record_type) or {}
    return translated.in_language(
        definition.get("label_plural") or definition.get("label"), reader.language(), record_type
    )


def field_label(record_type: str, field: str) -> str:
    """What a field or facet of the type is called."""
    if field == "organization":
        return str(tk._("Publisher"))
    name = field.removeprefix("vocab_")
    fields = (definitions.of(record_type) or {}).get("dataset_fields", ())
    found = next((one["label"] for one in fields if one["field_name"] == name), name)
    return translated.in_language(found, reader.language(), name)
