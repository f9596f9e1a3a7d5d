"""Where staff bring records in from a spreadsheet: template, trial, import, result, and taking it back."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from ..imports import columns, template
from ..records import definitions, translated

participation_imports = Blueprint("participation_imports", __name__)
ADDRESS = "/participation/imports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Shown = str | Answer


def _call(action: str, data: dict[str, Any] | None = None) -> Any:
    """The action's answer; who may not is told so."""
    try:
        return tk.get_action(action)({}, data or {})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only those who publish may import."))
    except tk.ObjectNotFound as missing:
        tk.abort(404, str(missing.message))


def _publishers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _call("organization_list_for_user", {"permission": "create_dataset"})
    return found


def _types() -> list[tuple[str, str]]:
    """The record types with their labels in the reader's language, the datasets last."""
    names = sorted(definitions.types(), key=lambda name: name == "dataset")
    labels = {name: (definitions.of(name) or {}).get("label") for name in names}
    return [(name, translated.in_language(labels[name], tk.h.lang(), name)) for name in names]


def _page(typed: dict[str, str], errors: dict[str, Any]) -> str:
    return tk.render(
        "participation/imports.html",
        {
            "imports": _call("participation_import_list"),
            "publishers": _publishers(),
            "types": _types(),
            "typed": typed,
            "errors": errors,
        },
    )


@participation_imports.route(ADDRESS)
def read() -> str:
    """A form for a file, the templates, and the latest imports."""
    return _page({"type": request.args.get("type", "")}, {})


@participation_imports.route(ADDRESS, methods=["POST"])
def take() -> Shown:
    """Take a file and try it; what is wrong with the call stands beside its field."""
    typed = {name: request.form.get(name, "")[:200] for name in ("type", "owner_org")}
    try:
        one = _call("participation_import_preview", {**typed, "upload": request.files.get("upload")})
    except tk.ValidationError as wrong:
        return _page(typed, wrong.error_dict)
    return tk.redirect_to("participation_imports.show", id=one["id"])


@participation_imports.route(ADDRESS + "/template/<record_type>.xlsx")
def blank(record_type: str) -> Response:
    """The empty spreadsheet of a type."""
    try:
        shape = columns.shape(record_type)
    except tk.ObjectNotFound as missing:
        tk.abort(404, str(missing.message))
    answer = Response(template.write(shape), mimetype=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{record_type}.xlsx")
    return answer


@participation_imports.route(ADDRESS + "/<id>")
def show(id: str) -> str:  # noqa: A002
    """What would become of the rows, how far the import is, or what came of it."""
    told = _call("participation_import_show", {"id": id, "limit": 200})
    label = dict(_types()).get(told["type"], told["type"])
    return tk.render("participation/import.html", {"told": told, "type_label": label})


@participation_imports.route(ADDRESS + "/<id>/start", methods=["POST"])
def start(id: str) -> Answer:  # noqa: A002
    """Ask for the import; the page shows how it goes."""
    ignore = tk.asbool(request.form.get("ignore_unknown", "false"))
    return _done(id, "participation_import_start", {"id": id, "ignore_unknown": ignore})


@participation_imports.route(ADDRESS + "/<id>/undo", methods=["POST"])
def take_back(id: str) -> Answer:  # noqa: A002
    """Take the import back."""
    return _done(id, "participation_import_undo", {"id": id})


def _done(import_id: str, action: str, data: dict[str, Any]) -> Answer:
    """Do what was asked, and go back to the import; a refusal is told there."""
    try:
        _call(action, data)
    except tk.ValidationError as wrong:
        for sentence in wrong.error_summary.values():
            tk.h.flash_error(sentence)
    return tk.redirect_to("participation_imports.show", id=import_id)
