"""Requests that no form and no honest program makes: answered with 4xx at the door, before they cost.

On CKAN 2.12.0 a NUL, a list where a name is due, NaN or deep JSON end in 500, and 30 MB of ``q`` are read
and parsed. May go when CKAN answers these itself; the tests say which it does not.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from ckan.common import config, current_user
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp
from flask import Response, jsonify, request
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

KIBIBYTE = 1024
ANONYMOUS_BODY = 256 * KIBIBYTE
MEMBER_BODY = 128 * KIBIBYTE * KIBIBYTE
DEPTH = {True: 10, False: 30}  # of nested values: anonymous, logged in
ITEMS = {True: 1_000, False: 1_000_000}  # in one list
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,63}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,9}")

NUMBERS = ("limit", "offset", "rows", "start", "page")
NAMES = (
    "id", "resource_id", "package_id", "dataset_id", "organization_id", "org_id", "group_id", "user_id",
    "view_id", "view_type", "source_id", "job_id", "object_type", "name_or_id", "capacity", "q", "query",
    "sort", "order_by", )  # fmt: skip
"""Parameters that are one text wherever CKAN takes them; ``q`` of the DataStore may be an object too."""


class Refused(ValueError):
    """A request that is refused; the text says what and why."""


def at_the_door() -> Response | None:
    """Look at a request before anything else does; ``None`` lets it in."""
    anonymous = current_user.is_anonymous
    request.max_content_length = ANONYMOUS_BODY if anonymous else max(MEMBER_BODY, _upload_limit())
    try:
        if request.max_content_length < (request.content_length or 0):
            raise RequestEntityTooLarge
        _check_texts([request.path, *request.args.keys(), *request.args.values()])
        _check_callback()
        _check_api(anonymous) if is_api() else _check_page()
    except Refused as refused:
        return answer(400, str(refused))
    except RequestEntityTooLarge:
        return answer(413, tk._("The request is too large."))
    return None


def is_api() -> bool:
    """Whether an action is called."""
    return (request.endpoint or "") == "api.action"


def answer(status: int, message: str) -> Response:
    """The refusal, as CKAN's API words its own, or as a page."""
    if not is_api():
        tk.abort(status, message)
    kind = "Bad request"
    response = jsonify({"success": False, "error": {"__type": kind, "message": message}})
    response.status_code = status
    return response


def _upload_limit() -> int:
    """Bytes of the largest upload, and room for the form around it."""
    return (int(config["ckan.max_resource_size"]) + 1) * KIBIBYTE * KIBIBYTE


def _check_texts(texts: list[str]) -> None:
    for text in texts:
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Refused(tk._("A text holds a character that cannot be stored."))


def _check_callback() -> None:
    """A JSONP callback is a name; anything else is a script."""
    for name in request.args.getlist("callback"):
        if (request.endpoint or "").startswith("api.") and not CALLBACK.fullmatch(name):
            raise Refused(tk._("The callback is not the name of a function."))


def _check_page() -> None:
    """Numbers in a page's address are numbers, and its form holds what can be stored."""
    for name in NUMBERS:
        for value in request.args.getlist(name):
            if not NUMBER.fullmatch(value):
                raise Refused(tk._("{name} must be a whole number.").format(name=name))
    if request.mimetype == "application/x-www-form-urlencoded":
        _check_texts([*request.form.keys(), *request.form.values()])


def _check_api(anonymous: bool) -> None:
    """The parameters of an action, wherever they stand."""
    sent = _parameters()
    _check_value(sent, DEPTH[anonymous], ITEMS[anonymous])
    if not isinstance(sent, dict):
        return  # CKAN says so itself, with 400
    for name in NUMBERS:
        if isinstance(sent.get(name), (list, dict, bool)):
            raise Refused(tk._("{name} must be a whole number.").format(name=name))
    for name in NAMES:
        if not isinstance(sent.get(name), (str, type(None))) and not _is_query(name, sent[name]):
            raise Refused(tk._("{name} must be a text.").format(name=name))


def _is_query(name: str, value: Any) -> bool:
    """The DataStore takes a query by column, ``{"street": "Μαιζώνος"}``, and a list to sort by."""
    called = str((request.view_args or {}).get("logic_function", ""))
    return called.startswith(("datastore_", "participation_table_")) and isinstance(
        value, dict if name == "q" else list
    )


def _parameters() -> Any:
    """What CKAN will hand to the action: the form, the JSON body or the address."""
    if request.form:
        return _form()
    if request.is_json and request.content_length != 0:
        try:
            return request.get_json()
        except RecursionError as error:
            raise Refused(tk._("The JSON is nested too deeply.")) from error
        except BadRequest:
            return {}  # CKAN says so itself, with 400
        except HTTPException as error:
            raise RequestEntityTooLarge from error
    lists = request.args.to_dict(flat=False)
    return {name: values[0] if len(values) == 1 else values for name, values in lists.items()}


def _form() -> Any:
    """A form's fields; CKAN also takes JSON as the name of a single field."""
    if len(request.form) == 1 and next(iter(request.form.values())) in ("", "1"):
        try:
            return json.loads(next(iter(request.form)))
        except RecursionError as error:
            raise Refused(tk._("The JSON is nested too deeply.")) from error
        except ValueError:
            return {}  # CKAN says so itself, with 400
    lists = request.form.to_dict(flat=False)
    return {name: values[0] if len(values) == 1 else values for name, values in lists.items()}


def _check_value(value: Any, depth: int, items: int) -> None:
    """Refuse what nests deeper, holds more or is stranger than the database can take."""
    if depth < 0:
        raise Refused(tk._("The JSON is nested too deeply."))
    if isinstance(value, str):
        _check_texts([value])
    elif isinstance(value, float) and not math.isfinite(value):
        raise Refused(tk._("A number is not finite."))
    elif isinstance(value, (list, dict)):
        if len(value) > items:
            raise Refused(tk._("A list has more than {limit} items.").format(limit=items))
        for item in value.items() if isinstance(value, dict) else value:
            _check_each(item, depth, items)


def _check_each(item: Any, depth: int, items: int) -> None:
    for part in item if isinstance(item, tuple) else (item,):
        _check_value(part, depth - 1, items)


def install(app: CKANApp) -> None:
    """Stand behind CKAN's own preparation, which says who asks, and before everything else."""
    app.before_request_funcs.setdefault(None, []).insert(1, at_the_door)
