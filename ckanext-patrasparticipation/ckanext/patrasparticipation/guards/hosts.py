"""The site answers under its own name only, so that no link it writes leads to another's.

CKAN 2.12 dropped its ``HostHeaderMiddleware``, and Flask checks nothing until ``TRUSTED_HOSTS`` is set.
May go when CKAN sets it from ``ckan.site_url``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ckan.common import config
from ckan.types import CKANApp
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from ckanext.patrasparticipation.config import trusted_hosts
from ckanext.patrasparticipation.guards.baseline import is_loopback


def names() -> list[str]:
    """The site's own host, those of the settings, and this machine's names for a site that lives on it."""
    own = urlsplit(config["ckan.site_url"]).hostname or ""
    here = ["localhost", "127.0.0.1"] if is_loopback(own) or config.get("testing") else []
    return [own, *trusted_hosts(), *here]


class Named:
    """Lets in what was sent to one of the site's names; the rest gets a plain line without links."""

    def __init__(self, app: Callable[..., Any], hosts: list[str]) -> None:
        self.app, self.hosts = app, hosts

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """The application's answer, or 400."""
        host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME") or ""
        if host_is_trusted(host, self.hosts):
            return self.app(environ, start_response)
        answer = Response("This site does not answer under that name.\n", 400, mimetype="text/plain")
        return answer(environ, start_response)


def install(app: CKANApp) -> None:
    """Stand before the application: Flask's own check leaves its error page without addresses to link to."""
    app.wsgi_app = Named(app.wsgi_app, names())  # type: ignore[method-assign]
