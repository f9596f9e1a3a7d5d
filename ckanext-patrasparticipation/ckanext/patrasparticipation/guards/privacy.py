"""Whether something private exists is nobody's business: a stranger gets the answer of what is not there.

CKAN 2.12.0 answers 403 with the record's id for what is private and 404 for what is absent, and lists an
organisation's private datasets in ``member_list``. May go when CKAN answers both alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp
from flask import Response, request
from werkzeug.exceptions import HTTPException, NotFound

from ckanext.patrasparticipation.guards import requests
from ckanext.patrasparticipation.schemas.load import record_types

READS = frozenset(
    {
        "package_show", "resource_show", "resource_view_show", "resource_view_list", "package_activity_list",
        "package_relationships_list", "dataset_follower_count", "datastore_search", "datastore_info",
        "member_list", "harvest_source_show", "harvest_source_show_status", "harvest_object_show",
        "resource_status_show", "dcat_dataset_show", "activity_show", "package_collaborator_list",
        "participation_feed_show", "participation_feed_versions", "participation_feed_runs",
        "participation_feed_rejected", "participation_table_show",
        "participation_table_aggregate", "participation_table_citation",
        "participation_import_show", "participation_openness_show", "participation_chain",
        "participation_outcome_summary", "participation_influence", } )  # fmt: skip
"""Actions that read one thing by its name or id."""

RECORDS = tuple(f"/{name}/" for name, definition in record_types().items() if "dataset_type" in definition)
PAGES = (*RECORDS, "/id/", "/datastore/", "/datatables/", "/harvest/")
"""Where pages and files of one thing stand."""


def alike(response: Response) -> Response:
    """The same words for what is hidden and what is absent, and no id in a refusal."""
    called = str((request.view_args or {}).get("logic_function"))
    if not requests.is_api() or called not in READS or response.status_code not in (403, 404):
        return response
    told = response.get_json(silent=True) or {}
    if current_user.is_anonymous:
        response.status_code = 404
        told["error"] = {"__type": "Not Found Error", "message": tk._("Not found")}
    elif response.status_code == 403:
        told["error"] = {"__type": "Authorization Error", "message": tk._("Access denied")}
    response.set_data(tk.h.dump_json(told))
    return response


def page_alike(app: CKANApp, response: Response) -> Response:
    """For a stranger, the page of what is absent in place of the one that says "not yours"."""
    reads = request.path.startswith(PAGES) and bool(request.view_args)
    if not reads or response.status_code != 403 or not current_user.is_anonymous:
        return response
    return app.make_response(app.handle_http_exception(NotFound(tk._("Not found"))))


def hidden(error: Exception) -> Any:
    """A view that did not expect a refusal: 404 for a stranger, 403 for a member."""
    return tk.abort(404 if current_user.is_anonymous else 403, tk._("Not found"))


def absent(error: Exception) -> Any:
    """A view that did not expect an absence."""
    return tk.abort(404, tk._("Not found"))


def invalid(error: tk.ValidationError) -> Any:
    """A view that did not expect a wrong value."""
    return tk.abort(400, tk._("The request has a wrong value."))


def install(app: CKANApp) -> None:
    """Look at answers of the API, and catch what views forget to."""
    app.after_request(alike)
    app.after_request(lambda response: page_alike(app, response))
    app.register_error_handler(tk.NotAuthorized, lambda error: _handled(app, hidden, error))
    app.register_error_handler(tk.ObjectNotFound, lambda error: _handled(app, absent, error))
    app.register_error_handler(tk.ValidationError, lambda error: _handled(app, invalid, error))


def _handled(app: CKANApp, handler: Callable[[Any], Any], error: Exception) -> Any:
    """Answer with the site's page for the status the handler raises."""
    try:
        return handler(error)
    except HTTPException as raised:
        return app.handle_http_exception(raised)
