"""The doors of RDF: a record of any type, the thing it is about, and our code lists."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import CONTENT_TYPES, read_dataset_page
from flask import Blueprint, Response, redirect, request

from ..graph import lists, names
from ..schemas.load import record_types
from . import doors

participation_graph = Blueprint("participation_graph", __name__)
FORMS = "any(ttl, jsonld, rdf, xml, n3)"
THINGS = {names.kind(name): name for name, definition in record_types().items() if "thing" in definition}

KINDS = ", ".join(f'"{kind}"' for kind in THINGS)


def record(_id: str, form: str) -> Any:
    """A record in RDF, as a dataset's address gives it."""
    return read_dataset_page(_id, form)


for _kind, _name in THINGS.items():
    participation_graph.add_url_rule(f"/{_name}/<_id>.<{FORMS}:form>", f"record_{_name}", record)


@participation_graph.route(f"/id/<any({KINDS}):kind>/<name>")
def thing(kind: str, name: str) -> Any:
    """What the thing is cannot be sent; the page about it, or its RDF for whoever asks for that, can."""
    package, _public = doors.dataset(name)
    if package["type"] != THINGS[kind]:
        return tk.abort(404, tk._("Not found"))
    form = _wanted()
    if form is None:
        return redirect(tk.url_for(f"{package['type']}.read", id=package["name"]), code=303)
    end = f"participation_graph.record_{package['type']}"
    return redirect(tk.url_for(end, _id=package["name"], form=form, locale="default"), code=303)


@participation_graph.route("/def/<name>", defaults={"form": ""})
@participation_graph.route(f"/def/<name>.<{FORMS}:form>")
def code_list(name: str, form: str) -> Any:
    """One of our code lists, the roles of arrows, or our own terms."""
    if not lists.known(name):
        return tk.abort(404, tk._("Not found"))
    form = form or _wanted() or "ttl"
    said = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}.get(form, form)
    body = lists.graph_of(name).serialize(format=said)
    return doors.closed(Response(body, content_type=CONTENT_TYPES[form]), "public, max-age=3600")


def _wanted() -> str | None:
    """The form of RDF that the caller prefers to a page, if one."""
    best = request.accept_mimetypes.best_match(["text/html", *CONTENT_TYPES.values()])
    return next((form for form, mime in CONTENT_TYPES.items() if mime == best), None)
