"""The forms of every type of record but the dataset, and the page that leads to them.

A record of these types is saved in one step, as a draft or not; its files are added from its page.
They stand at CKAN's own addresses (``/<type>/new``, ``/<type>/edit/<id>``), before CKAN's own.
"""

from __future__ import annotations

from typing import Any, cast

from ckan.lib.navl.dictization_functions import DataError
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import Blueprint, request
from werkzeug.wrappers import Response

from ..records import drafts, reader
from ..staff import entry

participation_entry = Blueprint("participation_entry", __name__)
Data = dict[str, Any]
DRAFT = "draft"


@participation_entry.route("/participation/new")
def choose() -> str:
    """What there is to add, each with a sentence."""
    _may("package_create", {}, tk._("Log in as an editor of a publisher to add a record."))
    publisher = request.args.get("group", "")[:100]
    return tk.render("participation/new.html", {"publisher": publisher, "types": ["dataset", *entry.types()]})


def new(record_type: str) -> str | Response:
    """The empty form, or a record made of it."""
    _may("package_create", {}, tk._("Log in as an editor of a publisher to add a record."))
    if request.method == "POST":
        return _save(record_type, None)
    asked = {"owner_org": request.args.get("group", "")[:100]}
    asked |= {key: value[:200] for key, value in request.args.items() if key != "group"}
    return _form(record_type, {key: value for key, value in asked.items() if value}, {}, None)


def edit(record_type: str, id: str) -> str | Response:  # noqa: A002
    """The form as it was saved, or the record changed by it."""
    try:
        stored: Data = tk.get_action("package_show")({"for_edit": True}, {"id": id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        tk.abort(404, tk._("There is no such record."))
    _may(
        "package_update", {"id": stored["id"]}, tk._("Only editors of its publisher may change this record.")
    )
    if stored["type"] != record_type:
        return tk.redirect_to(f"{stored['type']}.edit", id=stored["name"])
    if request.method == "POST":
        return _save(record_type, stored)
    stored["tag_string"] = ", ".join(tag["display_name"] for tag in stored.get("tags", ()))
    return _form(record_type, stored, {}, stored)


def _save(record_type: str, stored: Data | None) -> str | Response:
    """Make or change the record; what is wrong stands at its field, and what was typed stays."""
    definition = tk.h.scheming_get_dataset_schema(record_type)
    data: Data = {}
    try:
        data = entry.read(request.form, definition)
        draft = drafts.Draft(entry.given(data)) if request.form.get("save") == DRAFT else None
        asked = entry.wish(data, DRAFT if draft else "active", stored)
        action = "package_update" if stored else "package_create"
        saved = tk.get_action(action)(_context(draft), asked)
    except DataError:
        tk.abort(400, tk._("The form was not sent as it was made."))
    except tk.ValidationError as wrong:
        return _form(record_type, data, wrong.error_dict, stored)
    except tk.NotAuthorized:
        tk.abort(403, _refusal())
    _tell(saved, definition, draft)
    return tk.redirect_to(f"{record_type}.read", id=saved["name"])


def _refusal() -> str:
    return str(tk._("Only editors of its publisher may change this record."))


def _context(draft: drafts.Draft | None) -> Context:
    """A draft may lack what is required; and whoever may change a record may make a draft of it."""
    context: Any = {"allow_state_change": True}
    return cast(Context, context | ({drafts.ALLOWED: draft} if draft else {}))


def _tell(saved: Data, definition: Data, draft: drafts.Draft | None) -> None:
    words = tk._("Saved as a draft: {title}. Only your publisher's people see it.") if draft else None
    told = str(words or tk._("Saved: {title}")).format(title=entry.title(saved, reader.language()))
    if draft and draft.missing:
        missing = ", ".join(drafts.labels(definition, draft.missing, reader.language()))
        told += " " + tk._("Still missing: {fields}").format(fields=missing)
    tk.h.flash_success(told)


def _form(record_type: str, data: Data, errors: Data, stored: Data | None) -> str:
    definition = tk.h.scheming_get_dataset_schema(record_type)
    return tk.render(
        "participation/record_form.html",
        {
            "definition": definition,
            "record_type": record_type,
            "data": data,
            "errors": errors,
            "stored": stored,
            "title": entry.title(stored, reader.language()) if stored else "",
            "sections": tk.h.participation_sections(definition, "dataset_fields", data, errors),
        },
    )


def _may(action: str, data: Data, refusal: str) -> None:
    try:
        tk.check_access(action, {}, data)
    except tk.NotAuthorized:
        tk.abort(403, refusal)


for _name in entry.types():
    _about: Data = {"defaults": {"record_type": _name}, "methods": ["GET", "POST"]}
    participation_entry.add_url_rule(f"/{_name}/new", f"new_{_name}", new, **_about)
    participation_entry.add_url_rule(f"/{_name}/edit/<id>", f"edit_{_name}", edit, **_about)
