"""Pages for the people of a publisher: putting first steps away, inviting a colleague, the guide."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, request
from werkzeug.wrappers import Response

from ..staff import guide, roles

participation_welcome = Blueprint("participation_welcome", __name__)


@participation_welcome.route("/participation/first-steps", methods=["POST"])
def hide() -> Response:
    """Put the first steps away, or call them back; then the dashboard."""
    try:
        wanted = {"hidden": request.form.get("hidden", "true")}
        tk.get_action("participation_first_steps_hide")({}, wanted)
    except tk.NotAuthorized:
        tk.abort(403, tk._("Log in first."))
    return tk.redirect_to("dashboard.datasets")


@participation_welcome.route("/participation/invite/<id>", methods=["GET", "POST"])
def invite(id: str) -> str | Response:  # noqa: A002
    """The form for a colleague's address and role; what is wrong stands beside its field."""
    publisher = _publisher(id)
    typed = {"email": request.form.get("email", "")[:300], "role": request.form.get("role", roles.ROLES[0])}
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            tk.get_action("participation_colleague_invite")({}, {"id": publisher["id"], **typed})
        except tk.ValidationError as wrong:
            errors = wrong.error_dict
        else:
            sentence = tk._("A letter is on its way to {email}. The link in it works for three days.")
            tk.h.flash_success(sentence.format(email=typed["email"]))
            return tk.redirect_to("organization.manage_members", id=publisher["name"])
    page = {"publisher": publisher, "typed": typed, "errors": errors, "roles": roles.ROLES}
    return tk.render("participation/invite.html", page)


def _publisher(name: str) -> dict[str, Any]:
    """The publisher, for a reader who may invite to it; otherwise the page that says why not."""
    try:
        tk.check_access("participation_colleague_invite", {}, {"id": name})
        found: dict[str, Any] = tk.get_action("organization_show")({}, {"id": name, "include_users": False})
        return found
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only the administrators of a publisher may invite to it."))
    except tk.ObjectNotFound:
        tk.abort(404, tk._("There is no such publisher."))


@participation_welcome.route("/help/publish")
def publish() -> str:
    """The guide for staff, with its pictures, from this site alone."""
    return tk.render("participation/guide.html", {"guide": guide.page(tk.h.lang())})
