"""Each search as a file under the address of its page: ``/dataset/search.csv?q=…``, ``.json``, ``.atom``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ckan.common import current_user
from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import Blueprint, Response, request, stream_with_context

from .. import clock
from ..search import address, exports, filters
from . import doors

participation_search = Blueprint("participation_search", __name__)

CSV_PAGE, JSON_PAGE, ATOM_PAGE = 200, 100, 50  # records that one look into the index gives
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
START = "start"


@participation_search.route("/dataset/search.<any(csv, json, atom):kind>")
def export(kind: str) -> Response:
    """The search of this address as a file, for whoever asks: private records only for who may read them."""
    try:
        response = {"csv": _csv, "json": _json, "atom": _atom}[kind]()
    except tk.ValidationError as wrong:
        tk.abort(400, " ".join(wrong.error_summary.values()))
    except SearchError:
        tk.abort(400, tk._("The search engine did not understand this search."))
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["X-Robots-Tag"] = "noindex"
    sealed = doors.closed(response, "public, no-cache" if current_user.is_anonymous else "private, no-store")
    if kind != "csv":
        sealed.make_conditional(request)
    return sealed


def _asked() -> address.Pairs:
    return address.state(request.args.items(multi=True))


def _look(start: int, rows: int, sort: str | None = None) -> dict[str, Any]:
    """One page of the answer, as the reader may see it; equal records stand in one order on every page."""
    asked = filters.asked_by(_asked())
    order = sort or asked["sort"] or tk.config["ckan.search.default_package_sort"]
    asked |= {"start": start, "rows": rows, "sort": f"{order}, id asc", "facet": "false"}
    context: Context = {"user": current_user.name, "auth_user_obj": current_user}
    answer: dict[str, Any] = tk.get_action("package_search")(context, asked)
    return answer


def _start() -> int:
    """Where this page of an export begins; the door has seen that it is a number."""
    start = request.args.get(START, 0, type=int)
    if start >= exports.CAP:
        tk.abort(400, tk._("{name} may be at most {limit}.").format(name=START, limit=exports.CAP - 1))
    return start


def _address(endpoint: str, start: int = 0, **parts: Any) -> str:
    """An absolute address of the same search."""
    pairs = [*_asked(), *([(START, str(start))] if start else [])]
    return address.joined(tk.h.url_for(endpoint, qualified=True, **parts), pairs)


def _next(kind: str, start: int, rows: int, count: int) -> str | None:
    """The address of what follows; nothing at the end, or where the site answers no deeper."""
    there = start + rows < min(count, exports.CAP)
    return _address("participation_search.export", start + rows, kind=kind) if there else None


def _csv() -> Response:
    """Every record up to the cap; a header tells how many there are."""
    first = _look(0, CSV_PAGE)
    response = Response(stream_with_context(exports.table(_pages(first))))
    response.headers["X-Total-Count"] = str(first["count"])
    response.headers["Content-Disposition"] = 'attachment; filename="search.csv"'
    return response


def _pages(first: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    yield first["results"]
    for start in range(CSV_PAGE, min(first["count"], exports.CAP), CSV_PAGE):
        yield _look(start, CSV_PAGE)["results"]


def _json() -> Response:
    """A page of records as ``package_search`` gives them, how many there are, and where the next page is."""
    start = _start()
    found = _look(start, JSON_PAGE)
    told = {
        "count": found["count"],
        "next": _next("json", start, JSON_PAGE, found["count"]),
        "results": found["results"],
    }
    return _marked(Response(json.dumps(told, ensure_ascii=False)))


def _atom() -> Response:
    """The records that changed last, whatever the order of the page: what a feed is read for."""
    start = _start()
    found = _look(start, ATOM_PAGE, "metadata_modified desc")
    links = {
        "self": _address("participation_search.export", start, kind="atom"),
        "alternate": _address("dataset.search"),
    }
    if following := _next("atom", start, ATOM_PAGE, found["count"]):
        links["next"] = following
    words = request.args.get(address.WORDS, "")
    title = tk._("{site}: data for “{words}”") if words else tk._("{site}: data")
    head = {
        "title": title.format(site=tk.g.site_title, words=words),
        "author": tk.g.site_title,
        "empty": clock.now().date().isoformat() + "T00:00:00Z",
    }
    return _marked(Response(exports.feed(found["results"], head, links)))


def _marked(response: Response) -> Response:
    response.add_etag()
    return response
