"""The page of the participation report, and the same numbers as CSV and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.dates import format_skeleton
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ..charts.bars import Mark, bars
from ..helpers.numbers import participation_number
from ..records import reader
from ..report import rows
from ..report.spec import COUNTED, MONEY
from ..stories import words
from ..syndication.atom import moment
from . import doors

participation_report = Blueprint("participation_report_page", __name__)
LIFETIME = "public, max-age=300"
WISHES = ("first", "last", "type")
SHOWN = 12
"""Bars of one split on the page; its table and the files have all."""


@participation_report.route("/participation/report")
def read() -> Any:
    """The report for two days that the reader chooses."""
    wish = {name: request.args.get(name, "").strip() for name in WISHES}
    page: dict[str, Any] = {"wish": wish, "errors": {}, "types": _types(), "report": None, "parts": []}
    try:
        found = tk.get_action("participation_report")({}, {name: said for name, said in wish.items() if said})
    except tk.ValidationError as wrong:
        page["errors"] = wrong.error_dict
        return tk.render("participation/report.html", page), 400
    page["wish"] = wish | {"first": found["first"], "last": found["last"]}
    page["report"] = found
    page["parts"] = [_part(name, part) for name, part in found["types"].items()]
    return tk.render("participation/report.html", page)


@participation_report.route("/participation/report.<any(csv, json):form>")
def file(form: str) -> Response:
    """The same numbers as a file."""
    asked = {name: request.args[name] for name in WISHES if request.args.get(name)}
    try:
        found = tk.get_action("participation_report")({}, asked)
    except tk.ValidationError as wrong:
        told = tk.h.dump_json({"error": wrong.error_dict})
        return Response(told, status=400, content_type="application/json; charset=utf-8")
    if form == "json":
        answer = Response(tk.h.dump_json(found), content_type="application/json; charset=utf-8")
    else:
        answer = Response(rows.text(found["types"]), content_type="text/csv; charset=utf-8")
    name = f"participation-{found['first']}-{found['last']}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return doors.closed(answer, LIFETIME)


def _types() -> list[dict[str, str]]:
    return [{"name": name, "label": rows.label(name)} for name in COUNTED]


def _part(name: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """A type as the page shows it: total, sums in words, and a drawing for each split that has numbers."""
    drawings = [
        _drawing(name, rows.field_label(name, facet), facet, items[:SHOWN])
        for facet, items in part["by"].items()
        if items
    ]
    months = [{"label": _month(one["name"]), "count": one["count"]} for one in part["months"]]
    if len(months) > 1 and any(one["count"] for one in months):
        drawings.append(_drawing(name, tk._("By month"), "months", months))
    sums = [
        {"label": rows.field_label(name, field), **found, "told": _sum(field, found["value"])}
        for field, found in part["sums"].items()
        if found["value"] is not None
    ]
    return {
        "name": name,
        "label": rows.label(name),
        "total": part["total"],
        "sums": sums,
        "drawings": drawings,
    }


def _sum(field: str, value: Any) -> str:
    return words.told_money(value) if field in MONEY else participation_number(value)


def _drawing(name: str, title: str, key: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    marks = [Mark(one["label"], one["count"], participation_number(one["count"])) for one in items]
    at = f"{name}-{key}".replace("_", "-")
    return {"id": at, "title": title, "bars": bars(marks, at)}


def _month(name: str) -> str:
    return str(format_skeleton("yMMM", moment(f"{name}-01"), locale=reader.language()))
