"""The page on which staff look after the search: what found nothing, synonyms, bringing them into force."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, request
from werkzeug.wrappers import Response

participation_synonyms = Blueprint("participation_synonyms", __name__)
ADDRESS = "/participation/synonyms"
PERIODS = (30, 90)


def _call(action: str, data: dict[str, Any] | None = None) -> Any:
    """The action's answer; who may not is told so, whatever the action."""
    try:
        return tk.get_action(action)({}, data or {})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only an administrator may look after the search."))
    except tk.ObjectNotFound as missing:
        tk.abort(404, str(missing.message))


def _page(typed: dict[str, str], errors: dict[str, Any], preview: list[Any] | None = None) -> str:
    """All of the page, with what was typed and what is wrong with it."""
    known = _call("participation_synonym_list")
    days = request.args.get("days", default=PERIODS[0], type=int)
    days = days if days in PERIODS else PERIODS[0]
    return tk.render(
        "participation/synonyms.html",
        {
            "known": known,
            "themes": _by_theme(known["shipped"]),
            "days": days,
            "periods": PERIODS,
            "misses": _call("participation_search_miss_list", {"days": days}),
            "typed": typed,
            "errors": errors,
            "preview": preview,
        },
    )


def _by_theme(groups: list[dict[str, Any]]) -> list[tuple[dict[str, str], list[dict[str, Any]]]]:
    """The groups that ship under their themes, in the file's order."""
    themes: dict[str, tuple[dict[str, str], list[dict[str, Any]]]] = {}
    for group in groups:
        themes.setdefault(group["theme"]["en"], (group["theme"], []))[1].append(group)
    return list(themes.values())


def _typed(given: Any) -> dict[str, str]:
    return {name: given.get(name, "")[:5000] for name in ("words", "why")}


@participation_synonyms.route(ADDRESS)
def read() -> str:
    """What found nothing, a form (filled in from the address), and every group."""
    return _page(_typed(request.args), {})


@participation_synonyms.route(ADDRESS, methods=["POST"])
def write() -> str | Response:
    """Show what a group would find, or add it; what is wrong stands beside its field."""
    typed = _typed(request.form)
    try:
        if request.form.get("do") == "preview":
            return _page(typed, {}, _call("participation_synonym_preview", {"words": typed["words"]}))
        _call("participation_synonym_create", dict(typed))
    except tk.ValidationError as wrong:
        return _page(typed, wrong.error_dict)
    tk.h.flash_success(tk._("The group has been added. It is in force when you apply it."))
    return tk.redirect_to("participation_synonyms.read", _anchor="state")


@participation_synonyms.route(ADDRESS + "/<int:id>/delete", methods=["POST"])
def delete(id: int) -> Response:  # noqa: A002
    """Remove a group; the form then holds it, to add it again."""
    was = _call("participation_synonym_delete", {"id": id})
    tk.h.flash_success(
        tk._("The group has been removed. To undo this, add it again: the form below holds it.")
    )
    asked = {"words": "\n".join(was["words"]), "why": was["why"]}
    return tk.redirect_to("participation_synonyms.read", **asked)


@participation_synonyms.route(ADDRESS + "/apply", methods=["POST"])
def apply() -> Response:
    """Ask for it; the page shows how it goes."""
    try:
        if _call("participation_synonym_apply")["queued"]:
            tk.h.flash_success(tk._("It has been asked for; this page shows how it goes."))
        else:
            tk.h.flash_notice(tk._("That is waiting already."))
    except tk.ValidationError as wrong:
        for sentence in wrong.error_summary.values():
            tk.h.flash_error(sentence)
    return tk.redirect_to("participation_synonyms.read", _anchor="state")
