"""The API for people who write programs: its document, the page that shows it, the calls of one table."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ..guards import limits
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


@participation_openapi.route("/dataset/<id>/resource/<resource_id>/api")
def table(id: str, resource_id: str) -> str:  # noqa: A002
    """How a program reads one table; 404 where there is none that the reader may see."""
    try:
        package = tk.get_action("package_show")({}, {"id": id})
        fields = tk.get_action("datastore_info")({}, {"id": resource_id})["fields"]
    except (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError):
        tk.abort(404, tk._("There is no such table."))
    resource = next((each for each in package["resources"] if each["id"] == resource_id), None)
    if resource is None or not resource.get("datastore_active"):
        tk.abort(404, tk._("There is no such table."))
    feed = tk.h.participation_feed(package)
    kept = feed if feed and feed["resource_id"] == resource_id else None
    shown = {
        "pkg": package,
        "resource": resource,
        "feed": kept,
        "columns": tk.h.participation_columns(fields),
        "tasks": tk.h.participation_table_calls(package, resource, kept),
        "most": {
            "rows": int(tk.config["ckan.datastore.search.rows_max"]),
            "start": limits.OFFSET,
            "listed": limits.VALUES,
        },
    }
    return tk.render("participation/table_api.html", shown)
