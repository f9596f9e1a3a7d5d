"""RDF catalogues are fetched as our own feeds are, and refused when reading them would fetch or swell.

ckanext-dcat 2.4.4 follows a source's address anywhere, without a time limit, and opens it as a file when
it is no address; rdflib fetches a remote ``@context`` and drowns in nested entities. May go when dcat does
neither.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import requests
from ckan.common import config
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.config import allow_private
from ckanext.patrasparticipation.guards import links
from ckanext.patrasparticipation.harvesters.errors import HarvestError
from ckanext.patrasparticipation.harvesters.fetch import Limits, Opener, Policy

SIZE = "ckanext.dcat.max_file_size"  # MiB
MEBIBYTE = 1024 * 1024


class GuardedSession(requests.Session):
    """A session whose GET goes through our `Opener`; HEAD is declined, so that dcat asks once, by GET."""

    def head(self, url: Any, **options: Any) -> requests.Response:
        """405, without a request."""
        return _response(str(url), 405)

    def get(self, url: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        """The file, within the limits; raises ``requests.ConnectionError`` with the reason."""
        try:
            with Opener(policy()) as opener:
                fetched = opener.open(str(url))
                response = _response(fetched.address, 200)
                response.raw = fetched.path.open("rb") if fetched.path else None
        except HarvestError as error:
            raise requests.ConnectionError(error.text["en"]) from error
        response.headers["Content-Length"] = str(fetched.size)
        if fetched.content_type:
            response.headers["Content-Type"] = fetched.content_type
        return response


def policy() -> Policy:
    """What harvesting a catalogue may do."""
    size = int(config.get(SIZE) or 50) * MEBIBYTE
    limits = replace(Limits(), size=size, expanded=size)
    return Policy(allow_private=allow_private(), limits=limits, site=config["ckan.site_url"])


def _response(url: str, status: int) -> requests.Response:
    response = requests.Response()
    response.url, response.status_code = url, status
    return response


def before_download(url: str) -> tuple[str | None, list[str]]:
    """The address, or none and why: what was stored before this guard is checked again each time."""
    problem = links.source_problem(url)
    return (None, [problem]) if problem else (url, [])


def after_download(content: str | None) -> tuple[str | None, list[str]]:
    """The content, or none and why: entities and remote contexts are refused unread."""
    if not content:
        return content, []
    if "<!doctype" in content.lower() or "<!entity" in content.lower():
        return None, [tk._("The catalogue defines entities, which are not read.")]
    if content.lstrip()[:1] in "{[" and (address := remote_context(content)):
        return None, [tk._("The catalogue names a context elsewhere: {address}.").format(address=address)]
    return content, []


def remote_context(content: str) -> str | None:
    """The first address that reading this JSON-LD would fetch, if there is one."""
    try:
        waiting = [json.loads(content)]
    except (ValueError, RecursionError):
        return None  # the parser says so itself
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for found in [value.get("@import"), *_listed(value.get("@context"))]:
                if isinstance(found, str):
                    return found
        waiting += (
            list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        )
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
