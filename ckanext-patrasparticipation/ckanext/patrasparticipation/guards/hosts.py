"""The site answers under its own name only, so that no link it writes leads to another's.

CKAN 2.12 dropped its ``HostHeaderMiddleware``, and Flask checks nothing until ``TRUSTED_HOSTS`` is set.
May go when CKAN sets it from ``ckan.site_url``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ckan.common import config
from ckan.types import CKANApp

from ckanext.patrasparticipation.config import trusted_hosts
from ckanext.patrasparticipation.guards.baseline import is_loopback


def names() -> list[str]:
    """The site's own host, those of the settings, and this machine's names for a site that lives on it."""
    own = urlsplit(config["ckan.site_url"]).hostname or ""
    here = ["localhost", "127.0.0.1"] if is_loopback(own) or config.get("testing") else []
    return [own, *trusted_hosts(), *here]


def install(app: CKANApp) -> None:
    """Tell Flask, unless the site's settings did."""
    if not app.config.get("TRUSTED_HOSTS"):
        app.config["TRUSTED_HOSTS"] = names()
