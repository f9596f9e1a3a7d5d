"""A DataStore table as a page shows it: labelled columns, and cells in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from ckan.plugins import toolkit as tk

from .numbers import language, participation_when
from .records import participation_text

NUMERIC = ("int8", "int4", "int", "float8", "numeric")
POSITION = ("lon", "lat", "position_accuracy_m")
SHORT = 8  # values; a longer list has more colours than an eye tells apart


def _column(field: dict[str, Any]) -> dict[str, Any]:
    """One column in the reader's language, from the DataStore's field and its dictionary entry."""
    info = field.get("info") or {}
    lang = language()
    return {
        "name": field["id"],
        "type": field["type"],
        "label": info.get(f"label_{lang}") or info.get("label") or field["id"],
        "notes": info.get(f"notes_{lang}") or info.get("notes") or "",
        "unit": info.get("unit") or "",
        "choices": {code: participation_text(label) for code, label in (info.get("choices") or {}).items()},
        "numeric": field["type"] in NUMERIC,
    }


def participation_columns(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The public columns of a table: ``name type label notes unit choices numeric``, in their order."""
    return [_column(field) for field in fields if not field["id"].startswith("_")]


def _number(value: float, column: dict[str, Any]) -> str:
    if isinstance(value, int) and not column["unit"]:
        return str(value)  # a year, a house number, a code: no thousands mark
    return str(format_decimal(value, "#,##0.######", locale=language()))


def _moment(value: str, kind: str) -> str:
    if kind == "date":
        return str(format_date(date.fromisoformat(value[:10]), "d/M/yyyy", locale=language()))
    return participation_when(value)


def participation_cell(value: Any, column: dict[str, Any]) -> str:
    """One value as text for people: choices by their label, numbers and dates as the language writes them."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(tk._("yes") if value else tk._("no"))
    if value in column["choices"]:
        return str(column["choices"][value])
    if column["numeric"]:
        return _number(value, column)
    if column["type"] in ("date", "timestamp"):
        return _moment(value, column["type"])
    return str(value)


def _filled(name: str, records: list[dict[str, Any]]) -> bool:
    return name != "geometry" and any(record.get(name) is not None for record in records)


def participation_table(resource_id: str, limit: int = 8) -> dict[str, Any]:
    """The first rows of a table: ``{"columns", "rows", "shown", "total"}``.

    ``columns`` are all of them, ``shown`` those with a value in these rows (geometry is left to the map),
    ``rows`` lists of text in the order of ``shown``.
    """
    found = tk.get_action("datastore_search")({}, {"resource_id": resource_id, "limit": limit})
    info = tk.get_action("datastore_info")({}, {"id": resource_id})
    columns = participation_columns(info["fields"])
    records = found["records"]
    filled = [column for column in columns if _filled(column["name"], records)]
    shown = sorted(filled, key=lambda column: column["name"] in POSITION)  # the map says it already
    rows = [[participation_cell(row.get(column["name"]), column) for column in shown] for row in records]
    return {"columns": columns, "shown": shown, "rows": rows, "total": found.get("total")}


def participation_type(kind: str) -> str:
    """A DataStore type in words: ``float8`` -> number."""
    words = {
        "text": tk._("text"),
        "int8": tk._("whole number"),
        "float8": tk._("number"),
        "numeric": tk._("number"),
        "bool": tk._("yes or no"),
        "date": tk._("date"),
        "timestamp": tk._("date and time (UTC)"),
    }
    return str(words.get(kind, kind))


def participation_colour_column(columns: list[dict[str, Any]]) -> str:
    """The column that colours a map: ``status``, else the first short closed list, else none."""
    closed = [column for column in columns if column["choices"]]
    chosen = next((column for column in closed if column["name"] == "status"), None)
    short = next((column for column in closed if len(column["choices"]) <= SHORT), None)
    found = chosen or short
    return found["name"] if found else ""
