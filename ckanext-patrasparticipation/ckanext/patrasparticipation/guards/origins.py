"""Pages of other sites may read what everybody may read, and nothing else (CORS).

CKAN 2.12.0 has one switch, which lets other origins POST and DELETE with a token as well. Here a plain GET of
public data carries ``Access-Control-Allow-Origin: *``: a browser then sends no cookie along, and an answer to
somebody who is known, by cookie or by token, carries nothing. What a site sets in ``ckan.cors`` still holds.
"""

from __future__ import annotations

from ckan.common import config, current_user
from ckan.logic import get_action
from ckan.types import CKANApp
from flask import Response, request

DOORS = (
    "participation_feeds.", "participation_search.export", "participation_exports.",
    "participation_openapi.openapi", "participation_pages.areas", "participation_pages.table_schema",
    "dcat.", "dcat_json_interface.", )  # fmt: skip
"""Beginnings of the endpoints that give files; actions are asked whether they only read."""

METHODS = ("GET", "HEAD")
ASKED = "Range, If-None-Match, If-Modified-Since"
SHOWN = "ETag, Content-Disposition, Content-Range, X-Participation-Generation, X-Total-Count, Link"


def readable(response: Response) -> Response:
    """Let any origin read the answer, if it is one of those."""
    if _is_known() or not _reads():
        return response
    if request.method in METHODS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN
    elif request.method == "OPTIONS" and request.headers.get("Access-Control-Request-Method") in METHODS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response.headers["Access-Control-Allow-Headers"] = ASKED
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _is_known() -> bool:
    """Whether somebody is logged in, or shows a token, be it a wrong one."""
    return not current_user.is_anonymous or str(config["apitoken_header_name"]) in request.headers


def _reads() -> bool:
    """Whether the address gives public data by GET."""
    endpoint = request.endpoint or ""
    if endpoint == "api.action":
        return _is_reading(str((request.view_args or {}).get("logic_function")))
    return endpoint.startswith(DOORS)


def _is_reading(name: str) -> bool:
    try:
        return bool(getattr(get_action(name), "side_effect_free", False))
    except KeyError:
        return False


def install(app: CKANApp) -> None:
    """Before CKAN's own, which writes over it where the site's settings say more."""
    app.after_request(readable)
