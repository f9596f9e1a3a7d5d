"""The home of participation, and the places of a list for the map beside it."""

from __future__ import annotations

import json

from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from ..search import address
from ..stories import places
from ..stories.told import STORIES

participation = Blueprint("participation", __name__)


@participation.route("/participation")
def home() -> str:
    """What is open, what was answered, what was not, what was built."""
    return tk.render("participation/home.html", {})


@participation.route("/participation/places/<record_type>.geojson")
def found(record_type: str) -> Response:
    """The records of a type that have a place and fit the search of this address, as GeoJSON."""
    if record_type not in STORIES:
        tk.abort(404, tk._("There is no such list."))
    try:
        told = places.found(record_type, address.state(request.args.items(multi=True)))
    except (tk.ValidationError, SearchError):
        tk.abort(400, tk._("The search engine did not understand this search."))
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/geo+json")
