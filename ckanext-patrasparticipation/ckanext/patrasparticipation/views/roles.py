"""Empty files for tables with fixed columns, to be filled in and uploaded."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ..helpers.numbers import language
from ..tables import roles, template

participation_roles = Blueprint("participation_roles", __name__)


@participation_roles.route("/participation/template/<role>.<kind>", endpoint="template")
def empty(role: str, kind: str) -> Response:
    """The template of a role, in the reader's language."""
    feed = roles.feed_of(role)
    if feed is None or kind not in template.WAYS:
        tk.abort(404, tk._("There is no such template."))
    media, write = template.WAYS[kind]
    answer = Response(write(feed, language()), content_type=media)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{feed.name}.{kind}")
    return answer
