"""A form without its token is refused, whoever has looked at the page before.

Answers CVE-2026-41255 (GHSA-mcvf-jxcw-vj73): CKAN 2.12.0 exempts a *view*, for the life of the process,
once an anonymous visitor or an API token has used it. Here the exemption lasts for that request. Logging in
always needs the token, or another site could log a visitor in as somebody else. May go when
``csrf.exempt_this_request`` exists (CKAN 2.11.5 has it) and log-in asks for its token.
"""

from __future__ import annotations

from ckan.config.middleware.flask_app import csrf
from ckan.types import CKANApp
from flask import g, has_request_context, request

ALWAYS = frozenset({"ckan.views.user.login"})
"""Views that need the token from an anonymous visitor too."""


class PerRequest(set[str]):
    """The exempt views; one that is added during a request is forgotten with it."""

    def add(self, view: str) -> None:
        """Exempt a view: for good at start-up, for this request while one is served."""
        if not has_request_context():
            super().add(view)
        elif view not in ALWAYS or request.headers.get("Authorization"):
            g.participation_csrf_exempt = view

    def __contains__(self, view: object) -> bool:
        return super().__contains__(view) or (
            has_request_context() and g.get("participation_csrf_exempt") == view
        )


def install(app: CKANApp) -> None:
    """Put our set in place of Flask-WTF's; nothing to do where CKAN exempts by request itself."""
    if not hasattr(csrf, "exempt_this_request") and not isinstance(csrf._exempt_views, PerRequest):
        csrf._exempt_views = PerRequest(csrf._exempt_views)
