"""How much one request may ask for: of the search, of the DataStore, and of what an error tells.

CKAN 2.12.0 accepts ``facet.limit=-1``, ``start=10^9``, filters of 200,000 values (33 s on one worker), and
shows the SQL of a failed ``datastore_search`` to anybody. May go when CKAN has limits of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ckan.common import config, current_user
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp
from flask import Response, request

from ckanext.patrasparticipation.guards import requests
from ckanext.patrasparticipation.guards.requests import Refused

START = 10_000  # rows of a search: beyond, narrow the question
FACET = 200  # values of a facet
QUERY = 512  # letters
FILTER = 4_096  # letters of fq
OFFSET = 1_000_000  # rows of a table: beyond, take the file or `next_page`
VALUES = 1_000  # in one filter
DUMPS = ("csv", "tsv", "json", "xml")  # CKAN's own check of these fails with 500
FIELD = re.compile(r"(?!text$|notes$|\*)[A-Za-z][\w.:-]{0,63}", re.ASCII)
"""A field that may be counted by value; not those that are split into words."""
SHOWN = re.compile(r"(?!data_dict$|validated_data_dict$|config$)[A-Za-z][\w.-]{0,63}", re.ASCII)
"""A field that may be asked for; not the whole record as the index keeps it, nor a source's configuration,
nor either by another name (``a:config``)."""


def at_the_door() -> Response | None:
    """Refuse a request that asks for too much; ``None`` lets it in."""
    try:
        if requests.is_api():
            check = ACTIONS.get(str((request.view_args or {}).get("logic_function")))
            sent = requests._parameters()
            if check and isinstance(sent, dict):
                check(sent)
        else:
            _page()
    except Refused as refused:
        return requests.answer(400, str(refused))
    return None


def _page() -> None:
    """A page of results: no deeper than the API goes, no longer question."""
    pages = START // max(1, int(config["ckan.datasets_per_page"]))
    _at_most("page", request.args.get("page", type=int), pages)
    _short("q", request.args.get("q"), QUERY)
    if request.path.startswith("/datastore/dump/") and request.args.get("format", "csv") not in DUMPS:
        raise Refused(tk._("{name} may be one of {allowed}.").format(name="format", allowed=", ".join(DUMPS)))


def _search(sent: dict[str, Any]) -> None:
    """``package_search``."""
    _at_most("start", sent.get("start"), START)
    _at_most("facet.limit", sent.get("facet.limit"), FACET)
    _short("q", sent.get("q"), QUERY)
    for name in ("fq", "fq_list", "sort", "fl", "bf", "qf", "facet.field"):
        _short(name, str(sent.get(name) or ""), FILTER)
    for field in re.findall(r"[^\s,\"'\[\]]+", str(sent.get("fl") or "")):
        if not SHOWN.fullmatch(field):
            raise Refused(tk._("{name} cannot be asked for.").format(name=field))
    fields = sent.get("facet.field") or []
    for field in re.findall(r"[^\s,\"'\[\]]+", fields) if isinstance(fields, str) else fields:
        if not FIELD.fullmatch(str(field)):
            raise Refused(tk._("{name} cannot be counted by value.").format(name=field))


def _datastore(sent: dict[str, Any]) -> None:
    """``datastore_search``: a filter may come as JSON text, then its length is what counts."""
    _at_most("offset", sent.get("offset"), OFFSET)
    _short("q", sent.get("q"), QUERY)
    _short("filters", sent.get("filters"), 64 * FILTER)
    _values(sent.get("filters"))


def _values(filters: Any) -> None:
    """No filter names more values than the database reads in a moment, at any level."""
    if isinstance(filters, str):
        if filters.count(",") > VALUES:
            raise Refused(tk._("A filter has more than {limit} values.").format(limit=VALUES))
    elif isinstance(filters, (list, dict)):
        if len(filters) > VALUES:
            raise Refused(tk._("A filter has more than {limit} values.").format(limit=VALUES))
        for part in filters.values() if isinstance(filters, dict) else filters:
            _values(part)


ACTIONS: dict[str, Callable[[dict[str, Any]], None]] = {
    "package_search": _search,
    "datastore_search": _datastore,
    "participation_table_aggregate": _datastore,
}


def _at_most(name: str, value: Any, limit: int) -> None:
    """Numbers come as numbers or as text; what is neither is CKAN's to refuse."""
    if requests.NUMBER.fullmatch(str(value)) is None:
        if str(value).isdecimal():
            raise Refused(tk._("{name} may be at most {limit}.").format(name=name, limit=limit))
        return
    if not 0 <= int(value) <= limit:
        raise Refused(tk._("{name} may be from 0 to {limit}.").format(name=name, limit=limit))


def _short(name: str, value: Any, limit: int) -> None:
    if isinstance(value, str) and len(value) > limit:
        raise Refused(tk._("{name} may have at most {limit} letters.").format(name=name, limit=limit))


def without_sql(response: Response) -> Response:
    """Take the statement, its parameters and the database's words out of an error that the public reads."""
    if requests.is_api() and response.status_code == 409 and not getattr(current_user, "sysadmin", False):
        told = response.get_json(silent=True) or {}
        if isinstance(told.get("error"), dict) and told["error"].pop("info", None):
            response.set_data(tk.h.dump_json(told))
    return response


def install(app: CKANApp) -> None:
    """After the door itself, which has made sure that the request can be read."""
    app.before_request_funcs.setdefault(None, []).insert(2, at_the_door)
    app.after_request(without_sql)
