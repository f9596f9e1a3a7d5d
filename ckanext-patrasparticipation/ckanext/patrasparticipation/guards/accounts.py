"""Accounts: guessing passwords is slow, and the answer to a guess does not tell whether the account exists.

CKAN 2.12.0 takes any number of log-ins (30 in 1.2 s were tried), answers an unknown name twice as fast as
a known one, and fails with 500 on a form without its fields. May go when CKAN limits log-ins itself.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ckan import model
from ckan.common import config
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.types import CKANApp
from flask import Response, make_response, request
from passlib.hash import pbkdf2_sha512  # type: ignore[import-untyped]

from ckanext.patrasparticipation.config import trusted_proxies

TRIES = 5
RESETS = 3
WINDOW = 60  # seconds


def login() -> Response | None:
    """Before a log-in: refuse a form without its fields, and a sixth try within the minute."""
    if request.method != "POST":
        return None
    name, password, remember = (request.form.get(field) for field in ("login", "password", "remember"))
    if name is None or password is None or not (remember or "0").isdecimal():
        tk.abort(400, tk._("The form lacks a field."))
    return too_many(tk._("Too many attempts to log in.")) if _count("login", name or "") > TRIES else None


def authenticate(identity: dict[str, Any]) -> None:
    """For a name nobody has, spend the time that comparing a password takes; the decision is CKAN's."""
    name, password = identity.get("login"), identity.get("password")
    if not (isinstance(name, str) and isinstance(password, str)):
        return
    if model.User.by_name(name) is None and not model.User.by_email(name):
        pbkdf2_sha512.hash(password)


def logged_in(sender: Any, **context: Any) -> None:
    """A log-in that worked forgets the ones that did not."""
    connect_to_redis().delete(_key("login", request.form.get("login") or ""))


def reset() -> Response | None:
    """Before a request for a new password: refuse a fourth within the minute."""
    if request.method != "POST" or request.endpoint != "user.request_reset":
        return None
    return too_many(tk._("Too many requests for a new password.")) if _count("reset", "") > RESETS else None


def too_many(message: str) -> Response:
    """429, with the seconds to wait."""
    page = tk.render("error_document_template.html", {"code": 429, "name": "429", "content": message})
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(WINDOW)
    return response


def _count(what: str, account: str) -> int:
    """How often this was tried within the window, this time included."""
    redis, key = connect_to_redis(), _key(what, account)
    tries = redis.incr(key)
    if tries == 1:
        redis.expire(key, WINDOW)
    return int(tries)


def _key(what: str, account: str) -> str:
    """The counter of an account and an address; names are hashed, so that Redis keeps none."""
    named = hashlib.sha256(f"{account.casefold()}\0{client()}".encode()).hexdigest()
    return f"participation:{config['ckan.site_id']}:{what}:{named}"


def client() -> str:
    """The visitor's address: the socket's, or what the last trusted proxy saw; a forged header is nothing."""
    proxies = trusted_proxies()
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return request.remote_addr or ""


def install(app: CKANApp) -> None:
    """Watch the form for a new password, and log-ins that work."""
    from flask_login.signals import user_logged_in  # type: ignore[import-untyped]

    app.before_request(reset)
    user_logged_in.connect(logged_in)
