"""The doors of feeds: their files by version, their refused rows, and CKAN's dump from one snapshot."""

from __future__ import annotations

from typing import Any

import psycopg
from ckan.lib.navl.dictization_functions import validate
from ckan.plugins import toolkit as tk
from ckanext.datastore.backend import DatastoreBackend
from ckanext.datastore.blueprint import dump_schema
from flask import Blueprint, Response, request

from ..reading import dump
from . import doors

participation_feeds = Blueprint("participation_feeds", __name__)

DUMPS = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}


@participation_feeds.route("/feed/<source>/current.<kind>")
def current(source: str, kind: str) -> Response:
    """The newest version's file; a cache asks every time whether it still is."""
    version, public = doors.newest(source)
    if kind not in doors.KINDS:
        tk.abort(404, tk._("No such file."))
    return doors.sent(version, f"{source}.{kind}", doors.lifetime(public))


@participation_feeds.route("/feed/<source>/<int:generation>/<name>")
def file(source: str, generation: int, name: str) -> Response:
    """A file of a version: it never changes."""
    version, public = doors.version(source, generation)
    return doors.sent(version, name, doors.lifetime(public, for_ever=True))


@participation_feeds.route("/datastore/dump/<resource_id>")
def datastore_dump(resource_id: str) -> Response:
    """CKAN's dump, its formats and parameters, as one COPY from one snapshot."""
    params = _params()
    table = _table(resource_id)
    form, bom = params.pop("format"), params.pop("bom")
    try:
        found = dump.dump(table, form, params, bom)
    except tk.ValidationError as error:
        tk.abort(400, "\n".join(f"{key}: {value}" for key, value in error.error_summary.items()))
    except (psycopg.Error, ValueError):
        tk.abort(400, tk._("The table cannot be read with these parameters."))
    response = Response(found.blocks, mimetype=DUMPS[form].split(";")[0])
    response.headers["Content-Type"] = DUMPS[form]
    response.headers["Content-Disposition"] = f'attachment; filename="{table}.{form}"'
    if found.generation is not None:
        response.headers["X-Participation-Generation"] = str(found.generation)
    return doors.closed(response, None)


def _params() -> dict[str, Any]:
    """The query's parameters as CKAN's dump takes them; a wrong one ends with 400 and its name."""
    given = request.args.to_dict()
    if given.get("format", "csv") not in DUMPS:  # CKAN's own sentence for this one cannot be formatted
        tk.abort(400, tk._("format: must be one of {formats}").format(formats=", ".join(DUMPS)))
    data, errors = validate(given, dump_schema())
    for name in ("offset", "limit"):
        if not errors.get(name) and (data.get(name) or 0) < 0:
            errors[name] = [tk._("Must be a natural number")]
    if errors:
        tk.abort(400, "\n".join(f"{key}: {' '.join(map(str, found))}" for key, found in errors.items()))
    known = {"filters", "q", "distinct", "plain", "language", "fields", "sort", "offset", "format", "bom"}
    return {name: value for name, value in data.items() if name in known} | {"limit": data.get("limit")}


def _table(resource_id: str) -> str:
    """The table behind an id or alias, for a caller who may read it; 404 otherwise, as CKAN does."""
    there, behind = DatastoreBackend.get_active_backend().resource_id_from_alias(resource_id)
    table = str(behind or resource_id)
    try:
        tk.check_access("datastore_search", {}, {"resource_id": table})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        there = False
    if not there:
        tk.abort(404, tk._("DataStore resource not found"))
    return table
