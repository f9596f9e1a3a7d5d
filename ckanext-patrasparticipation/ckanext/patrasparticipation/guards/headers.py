"""Every answer says what a browser may do with it: pages, errors, static files and downloads alike.

CKAN 2.12.0 sends none of these headers. May go when CKAN sends them, or when a proxy in front always does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ckan.common import config
from ckan.types import CKANApp
from flask import Response, request
from werkzeug.datastructures import Headers

from ckanext.patrasparticipation.guards import handlers
from ckanext.patrasparticipation.guards.baseline import is_https

FRAMES = "participation.frame_ancestors"
"""Where a request's environ keeps who may frame the answer."""

YEAR = 365 * 24 * 3600

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # not no-referrer: the CSRF check on https needs it
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SANDBOX = "sandbox; default-src 'none'"
"""The policy of a file somebody uploaded: shown to nobody, run by nobody."""


def policy(frame_ancestors: str = "'self'", scripts: Iterable[str] = ()) -> str:
    """The content security policy of a page: nothing from another host, no script inside the page.

    ``style-src`` allows style attributes, which CKAN's templates, its widgets and the map write.
    ``scripts`` are hashes of the event handlers in CKAN's own templates.
    """
    handlers = ["'unsafe-hashes'", *sorted(scripts)] if scripts else []
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *handlers]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "child-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


class Headed:
    """Adds what is missing to the headers of whatever the application answers."""

    def __init__(self, app: Callable[..., Any], scripts: Iterable[str]) -> None:
        self.app = app
        self.scripts = frozenset(scripts)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Answer as the application does, with every header of the policy."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, self.completed(environ, headers), *rest)

        return self.app(environ, start)

    def completed(self, environ: dict[str, Any], headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The headers, and those of the policy that the answer does not set itself."""
        known = Headers(headers)
        ancestors = environ.get(FRAMES, "'self'")
        for name, value in COMMON.items():
            known.setdefault(name, value)
        known.setdefault("Content-Security-Policy", policy(ancestors, self.scripts))
        if ancestors == "'self'":
            known.setdefault("X-Frame-Options", "SAMEORIGIN")
        if is_https(config["ckan.site_url"]):
            known.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        return known.to_wsgi_list()


def embeddable(response: Response) -> Response:
    """Let other sites frame a resource's view, which CKAN offers code for; its cookies stay at home (Lax)."""
    if (request.endpoint or "").endswith("resource.view"):
        request.environ[FRAMES] = "*"
    return response


def install(app: CKANApp) -> None:
    """Wrap the application, outermost, so that no answer goes out bare."""
    app.after_request(embeddable)
    app.wsgi_app = Headed(app.wsgi_app, handlers.hashes(app))  # type: ignore[method-assign]
