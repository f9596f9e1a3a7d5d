"""Addresses that are ours: the ground of the maps, a table's dictionary."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from .. import config, places

participation_pages = Blueprint("participation_pages", __name__)


@cache
def _areas(city: str) -> tuple[str, str]:
    """The polygons of a city as text, with the mark that tells a browser they are the same."""
    text = json.dumps(places.areas(), ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


@participation_pages.route("/participation/areas.geojson")
def areas() -> Response:
    """The municipal units, for the map of every page; a browser keeps them for a day."""
    text, mark = _areas(config.city())
    answer = Response(text, mimetype="application/geo+json")
    answer.set_etag(mark)
    answer.cache_control.public = True
    answer.cache_control.max_age = 86_400
    answer.make_conditional(request)
    return answer


KINDS = {"int8": "integer", "float8": "number", "bool": "boolean", "date": "date", "timestamp": "datetime"}


def schema_of(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """A Table Schema from columns as ``participation_columns`` gives them."""
    fields = []
    for column in columns:
        field = {
            "name": column["name"],
            "type": KINDS.get(column["type"], "string"),
            "title": column["label"],
        }
        extra = {
            "description": column["notes"],
            "unit": column["unit"],
            "constraints": {"enum": list(column["choices"])} if column["choices"] else None,
        }
        fields.append(field | {name: value for name, value in extra.items() if value})
    return {"fields": fields}


@participation_pages.route("/participation/feed/<id>/table-schema.json")
def table_schema(id: str) -> Response:  # noqa: A002
    """The columns of a feed as a Frictionless Table Schema, in the reader's language."""
    try:
        feed = tk.get_action("participation_feed_show")({}, {"id": id})
        fields = tk.get_action("datastore_info")({}, {"id": feed["resource_id"]})["fields"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        tk.abort(404, tk._("No feed keeps a dataset of that name."))
    body = json.dumps(schema_of(tk.h.participation_columns(fields)), ensure_ascii=False, indent=2)
    return Response(body, mimetype="application/json")
