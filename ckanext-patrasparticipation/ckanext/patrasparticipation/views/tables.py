"""Where staff make a table of a file: what was read, what is wrong, what it will be, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from ..tables import page
from . import table_words as words

participation_tables = Blueprint("participation_tables", __name__)
ADDRESS = "/dataset/<id>/resource/<resource_id>/table"
COLUMNS = "/dataset/<id>/resource/<resource_id>/columns"

CHOICES: dict[str, dict[str, bool]] = {"afresh": {"afresh": True}, "hide": {"hide_small": True}}
"""Buttons of the check that choose how the file is read, all at once."""

Shown = str | Response


def _act(action: str, resource_id: str, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = tk.get_action(action)({}, {"resource_id": resource_id, **more})
    return answer


def _ground(dataset: str, resource_id: str) -> dict[str, Any]:
    """Dataset, resource and table, for a person who may edit them; otherwise the page that says why not."""
    try:
        tk.check_access("package_update", {}, {"id": dataset})
        package = tk.get_action("package_show")({}, {"id": dataset})
        resource = next(one for one in package["resources"] if one["id"] == resource_id)
        table = _act("participation_table_show", resource_id)
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only the editors of its publisher may look at a table before it is published."))
    except (tk.ObjectNotFound, StopIteration):
        tk.abort(404, tk._("There is no such table."))
    return {"pkg_dict": package, "resource": resource, "table": table}


def _here(ground: dict[str, Any], **more: str) -> Response:
    where = {"id": ground["pkg_dict"]["name"], "resource_id": ground["resource"]["id"]}
    return tk.redirect_to("participation_tables.read", **where, **more)


def _resource(ground: dict[str, Any]) -> Response:
    package = ground["pkg_dict"]
    where = {"id": package["name"], "resource_id": ground["resource"]["id"]}
    return tk.redirect_to(f"{package['type']}_resource.read", **where)


def _tell(problem: tk.ValidationError) -> None:
    """Show each sentence of a refusal."""
    for sentence in problem.error_summary.values():
        tk.h.flash_error(sentence)


@participation_tables.route(ADDRESS)
def read(id: str, resource_id: str) -> str:  # noqa: A002
    """The file that waits, the publication under way, or what is published."""
    ground = _ground(id, resource_id)
    waits = ground["table"]["file"]
    if waits and not waits["queued"]:
        return _check(ground, _act("participation_table_preview", resource_id))
    state = "queued" if waits else "done"
    return tk.render(f"participation/table_{state}.html", ground)


def _check(ground: dict[str, Any], told: dict[str, Any], errors: Any = (), accept: Any = ()) -> str:
    shown = {**ground, "told": page.shaped(told), "errors": list(errors), "accepted": list(accept)}
    return tk.render("participation/table_check.html", {**shown, "types": page.TYPES})


@participation_tables.route(ADDRESS, methods=["POST"])
def decide(id: str, resource_id: str) -> Shown:  # noqa: A002
    """Check again with other choices, or publish; what is wrong is told at the head of the page."""
    ground = _ground(id, resource_id)
    if not ground["table"]["file"] or ground["table"]["file"]["queued"]:
        return _here(ground)  # another person was quicker
    accept = request.form.getlist("accept")
    told = _act("participation_table_preview", resource_id)
    try:
        if choice := CHOICES.get(request.form.get("do", "")):
            _act("participation_table_preview", resource_id, **choice)
        elif otherwise := page.said(request.form, told):
            told = _act("participation_table_preview", resource_id, **otherwise)
    except tk.ValidationError as problem:
        return _check(ground, told, [("", sentence) for sentence in problem.error_summary.values()], accept)
    if request.form.get("do") != "publish":
        return _here(ground, checked="1")
    if errors := words.not_yet(told["check"], accept):
        return _check(ground, told, errors, accept)
    return _publish(ground, accept)


def _publish(ground: dict[str, Any], accept: list[str]) -> Response:
    """Publish what was checked, and say how it ended where the reader is then."""
    try:
        done = _act("participation_table_publish", ground["resource"]["id"], accept=accept)
    except tk.ValidationError as problem:
        _tell(problem)
        return _here(ground)
    if done["outcome"] not in ("published", "unchanged"):
        if done["outcome"] != "queued":
            tk.h.flash_error(words.failed(done, ground["table"]["published"]))
        return _here(ground)
    tk.h.flash_success(words.published(done))
    return _resource(ground)


@participation_tables.route(ADDRESS + "/file", methods=["POST"])
def file(id: str, resource_id: str) -> Response:  # noqa: A002
    """Put another file in the place of the one that waits, or of what is published."""
    ground = _ground(id, resource_id)
    upload = request.files.get("upload")
    if not upload or not upload.filename:
        tk.h.flash_error(tk._("Choose a file first."))
        return _here(ground)
    try:
        _act("participation_table_upload", resource_id, upload=upload, check=False)
    except tk.ValidationError as problem:
        _tell(problem)
    return _here(ground, checked="1")


@participation_tables.route(ADDRESS + "/keep", methods=["POST"])
def keep(id: str, resource_id: str) -> Response:  # noqa: A002
    """Keep the file as it is: it is no table."""
    kept = tk._("The file is kept as it is; anybody who may see the dataset can download it now.")
    return _away(id, resource_id, "participation_table_keep", kept, _resource)


@participation_tables.route(ADDRESS + "/discard", methods=["POST"])
def discard(id: str, resource_id: str) -> Response:  # noqa: A002
    """Take the file back."""
    gone = tk._("The file was taken back. What is published stays as it is.")
    return _away(id, resource_id, "participation_table_discard", gone, _here)


def _away(
    dataset: str, resource_id: str, action: str, sentence: str, then: Callable[[dict[str, Any]], Response]
) -> Response:
    """Do what ends the waiting of a file, and say so."""
    ground = _ground(dataset, resource_id)
    try:
        _act(action, resource_id)
    except tk.ValidationError as problem:
        _tell(problem)
        return _here(ground)
    except tk.ObjectNotFound:
        return _here(ground)
    tk.h.flash_success(sentence)
    return then(ground)


@participation_tables.route(ADDRESS + "/finish", methods=["POST"])
def finish(id: str, resource_id: str) -> Response:  # noqa: A002
    """Publish the dataset of the table, where it is a draft still."""
    ground = _ground(id, resource_id)
    try:
        tk.get_action("package_patch")({}, {"id": ground["pkg_dict"]["id"], "state": "active"})
    except tk.ValidationError as problem:
        _tell(problem)
        return _here(ground)
    tk.h.flash_success(tk._("The dataset is published."))
    return tk.redirect_to(f"{ground['pkg_dict']['type']}.read", id=ground["pkg_dict"]["name"])


@participation_tables.route(COLUMNS, methods=["GET", "POST"])
def columns(id: str, resource_id: str) -> Shown:  # noqa: A002
    """The data dictionary of a published table: read it, change it."""
    ground = _ground(id, resource_id)
    if not ground["table"]["published"]:
        return _here(ground)
    there = page.dictionary(tk.get_action("datastore_info")({}, {"id": resource_id})["fields"])
    errors: list[str] = []
    if request.method == "POST":
        try:
            if changed := page.described(request.form, there):
                _act("participation_table_describe", resource_id, columns=changed)
            tk.h.flash_success(tk._("The dictionary is saved."))
            return _resource(ground)
        except tk.ValidationError as problem:
            errors = list(problem.error_summary.values())
            there = [page.typed(request.form, column) for column in there]
    return tk.render("participation/table_columns.html", {**ground, "columns": there, "errors": errors})


@participation_tables.after_app_request
def lead_on(response: Response) -> Response:
    """After a form by which a file came to wait, the reader is taken to where it is checked.

    Whoever asked for another form (“save and add another”) gets it, with a word that leads there too.
    """
    waits = g.get("participation_held")
    if not waits or response.status_code != 302 or not str(request.endpoint).endswith(words.FORMS):
        return response
    where = tk.h.url_for("participation_tables.read", id=(request.view_args or {})["id"], resource_id=waits)
    if request.form.get("save") in words.ELSEWHERE:
        tk.h.flash_notice(words.waits(where), allow_html=True)
    else:
        response.location = where
    return response
