"""Event handlers written into CKAN's own templates: the policy lets these run, each by its hash, no other.

May go when the named templates carry no ``onclick`` any more. A browser test walks the pages that use them.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from itertools import product

from ckan.types import CKANApp

HANDLER = re.compile(r'\son[a-z]+="([^"]*)"')
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")

TEMPLATES: dict[str, dict[str, list[str]]] = {
    "package/snippets/resource_upload_field.html": {
        "first_button": ["resource-upload-button", "resource-link-button"],
        "js": [
            "$('#field-resource-upload').replaceWith($('#field-resource-upload').val('').clone(true))",
            "$('#field-resource-url').val('')",
        ],
    },
    "user/snippets/api_token_list.html": {},
    "user/snippets/api_token_create_form.html": {},
    "datatables/datatables_form.html": {},
    "datatables/datatables_view.html": {},
}
"""Template -> what its placeholders inside handlers may become, quotes as the browser sees them."""

LINKS = [";", "void(0);"]
"""``javascript:;`` and ``javascript:void(0);``: links that do nothing, beside a script that listens."""


def hashes(app: CKANApp) -> set[str]:
    """The sources that a policy names: ``'sha256-…'`` of every handler."""
    texts = {text for name, places in TEMPLATES.items() for text in _handlers(app, name, places)}
    return {_hash(text) for text in texts | set(LINKS)}


def _handlers(app: CKANApp, name: str, places: dict[str, list[str]]) -> Iterator[str]:
    """Every handler of a template, with every value of its placeholders."""
    if name not in app.jinja_env.list_templates():
        return
    source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]  # type: ignore[union-attr]
    for text in HANDLER.findall(source):
        names = sorted(set(PLACE.findall(text)))
        for values in product(*(places[each] for each in names)):
            chosen = dict(zip(names, values, strict=True))
            yield _filled(text, chosen)


def _filled(text: str, chosen: dict[str, str]) -> str:
    """A handler with its placeholders filled in."""
    return PLACE.sub(lambda found: chosen[found[1]], text)


def _hash(text: str) -> str:
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
