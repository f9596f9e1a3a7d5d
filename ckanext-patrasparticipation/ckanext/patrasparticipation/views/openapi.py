"""The API for people who write programs: its document, the page that shows it, the calls of one table."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ..openapi import document, operations

participation_openapi = Blueprint("participation_openapi", __name__)


@participation_openapi.route("/api/openapi.json")
def openapi() -> Response:
    """The OpenAPI document; a reader asks every time whether it still is."""
    text, mark = document.text()
    answer = Response(text, mimetype="application/json")
    answer.set_etag(mark)
    answer.cache_control.public = True
    answer.cache_control.no_cache = True
    answer.make_conditional(request)
    return answer


@participation_openapi.route("/api/docs")
def docs() -> str:
    """The same as a page: a list of what there is, over which a script lays Swagger UI."""
    return tk.render("participation/apidocs.html", {"groups": _groups()})


def _groups() -> list[dict[str, Any]]:
    """The operations by tag, in the tags' order: ``{"name", "operations": [{method, path, …}]}``."""
    found = [
        {"method": method.upper(), "path": path, **told}
        for path, methods in json.loads(document.text()[0])["paths"].items()
        for method, told in methods.items()
    ]
    order = list(operations.TAGS)
    found.sort(key=lambda each: (order.index(each["tags"][0]), each["path"]))
    return [
        {"name": name, "operations": list(several)}
        for name, several in groupby(found, key=lambda each: each["tags"][0])
    ]
