"""What the tests of the guards share: a browser that logs in like a person, and a dataset to attack."""

from __future__ import annotations

import re
from typing import Any

from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

PASSWORD = "correct horse battery staple 7"
TOKEN = re.compile(r'name="_csrf_token"[^>]*value="([^"]+)"|name="_csrf_token" content="([^"]+)"')


class Browser:
    """A visitor with cookies of their own, who takes the CSRF token from the page like a browser does."""

    def __init__(self, app: CKANTestApp) -> None:
        self.client = app.test_client()

    def get(self, address: str, **options: Any) -> Any:
        """Open an address, without following redirects."""
        return self.client.get(address, follow_redirects=False, **options)

    def post(
        self, address: str, fields: dict[str, Any] | None = None, token: str = "", **options: Any
    ) -> Any:
        """Send a form, with a token when one is given."""
        sent = dict(fields or {}) | ({"_csrf_token": token} if token else {})
        return self.client.post(address, data=sent, follow_redirects=False, **options)

    def token(self, address: str = "/user/login") -> str:
        """The CSRF token of a page."""
        found = TOKEN.search(self.get(address).get_data(as_text=True))
        assert found, f"{address} has no CSRF token"
        return found[1] or found[2]

    def log_in(self, user: dict[str, Any]) -> Browser:
        """Log in through the form."""
        answer = self.post("/user/login", {"login": user["name"], "password": PASSWORD}, self.token())
        assert answer.status_code == 302, answer.get_data(as_text=True)[:500]
        return self


def editor(**also: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A person and the organisation in which they are an editor."""
    user = factories.User(password=PASSWORD, **also)
    return user, factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])


def token_of(user: dict[str, Any]) -> dict[str, str]:
    """Headers that speak for a user."""
    return {"Authorization": factories.APIToken(user=user["name"])["token"]}
