"""A feed's cockpit: its runs and versions, and for those who may, running it and restoring a version."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, request
from werkzeug.wrappers import Response

participation_cockpit = Blueprint("participation_cockpit", __name__)
ADDRESS = "/participation/feed/<id>"


def _feed(name: str) -> dict[str, Any]:
    """The feed by its dataset or source, for a reader who may edit it; otherwise the page that says why not.

    ``named`` is how its addresses name it: a dataset may hold several tables of staff.
    """
    try:
        feed = tk.get_action("participation_feed_show")({}, {"id": name})
        tk.check_access("package_update", {}, {"id": feed["dataset_id"]})
        package = tk.get_action("package_show")({}, {"id": feed["dataset_id"]})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Only the editors of its publisher may see how a feed runs."))
    except tk.ObjectNotFound:
        tk.abort(404, tk._("No feed keeps a dataset of that name."))
    resource: dict[str, Any] = next(
        (one for one in package["resources"] if one["id"] == feed["resource_id"]), {}
    )
    named = feed["source"] if feed["handed"] else package["name"]
    return {"pkg_dict": package, "feed": feed, "resource": resource, "named": named}


def _back(ground: dict[str, Any]) -> Response:
    return tk.redirect_to("participation_cockpit.read", id=ground["named"])


def _tell(problem: tk.ValidationError) -> None:
    """Show each sentence of a refusal."""
    for words in problem.error_summary.values():
        tk.h.flash_error(words)


@participation_cockpit.route(ADDRESS)
def read(id: str) -> str:  # noqa: A002
    """Runs, versions, and what may be done now."""
    ground = _feed(id)
    asked = {"id": ground["feed"]["source"]}
    return tk.render(
        "participation/cockpit.html",
        {
            **ground,
            "versions": tk.get_action("participation_feed_versions")({}, asked),
            "runs": tk.get_action("participation_feed_runs")({}, asked),
            "restorer": tk.h.check_access("participation_feed_restore", asked),
        },
    )


@participation_cockpit.route(ADDRESS + "/harvest", methods=["POST"])
def harvest(id: str) -> Response:  # noqa: A002
    """Run the feed again, or publish the load that waits; then back to the cockpit with a sentence."""
    ground = _feed(id)
    accept = tk.asbool(request.form.get("accept_held", "false"))
    try:
        tk.get_action("participation_feed_harvest")(
            {}, {"id": ground["feed"]["source"], "accept_held": accept}
        )
        tk.h.flash_success(tk._("The run has been asked for; this page shows how it goes."))
    except tk.ValidationError as problem:
        _tell(problem)
    except tk.NotAuthorized:
        tk.abort(403, tk._("You may not run this feed."))
    return _back(ground)


@participation_cockpit.route(ADDRESS + "/restore/<int:generation>", methods=["GET", "POST"])
def restore(id: str, generation: int) -> str | Response:  # noqa: A002
    """Ask first (GET), then bring a version back (POST)."""
    ground = _feed(id)
    if request.method == "GET":
        return tk.render("participation/restore.html", {**ground, "generation": generation})
    try:
        tk.get_action("participation_feed_restore")(
            {}, {"id": ground["feed"]["source"], "generation": generation}
        )
        tk.h.flash_success(tk._("Version {number} is the published one again.").format(number=generation))
    except tk.ValidationError as problem:
        _tell(problem)
    except tk.NotAuthorized:
        tk.abort(403, tk._("You may not bring a version of this feed back."))
    return _back(ground)
