"""The format of a file in three tongues: CKAN's (`CSV`), the file-type table's URI, and IANA's media type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from ckanext.patrasparticipation.records import vocabularies
from ckanext.patrasparticipation.schemas.definitions import Term

VOCABULARY = "file_type"
IANA = "http://www.iana.org/assignments/media-types/"


@cache
def _by_name() -> Mapping[str, Term]:
    """The file types by every name they go under: code, extension, media type; lower case, without signs."""
    found: dict[str, Term] = {}
    for term in vocabularies.terms(VOCABULARY).values():
        names = (term.code, term.code.removesuffix("_SRVC"), term.attributes.get("extension", ""))
        for name in (*names, term.attributes.get("media_type", "")):
            found.setdefault(_plain(name), term)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def term(resource: Mapping[str, Any]) -> Term | None:
    """The file type of a resource, by its format or its media type; nothing when the table has neither."""
    names = (_plain(str(resource.get(key) or "")) for key in ("format", "mimetype"))
    return next((_by_name()[name] for name in names if name and name in _by_name()), None)


def media_type(resource: Mapping[str, Any]) -> str | None:
    """IANA's URI of a resource's media type, its own or that of its format."""
    found = term(resource)
    given = resource.get("mimetype") or (found.attributes.get("media_type") if found else None)
    return IANA + given if given and re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", given) else None


def is_file(resource: Mapping[str, Any], site: str) -> bool:
    """Whether the address gives the file itself: an upload, a feed's, or a link that ends as its format."""
    url = str(resource.get("url") or "")
    if resource.get("url_type") == "upload" or url.startswith(f"{site}/feed/"):
        return True
    found = term(resource)
    extension = found.attributes.get("extension") if found else None
    return bool(extension) and urlsplit(url).path.lower().endswith(f".{extension}")
