"""The whole OpenAPI document of this site, made once for a process and its plugins."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from ckan.plugins import toolkit as tk
from flask import current_app

from . import doors, operations, registry

VERSION = "3.1.0"
ABOUT = (
    "Everything that the pages of this catalogue show is answered here too. Reading needs no account. "
    "An answer holds `success` and `result`, or `success: false` and `error`. "
    "What reads takes its parameters in the address, and by POST as JSON as well; an object such as "
    "`filters` stands in the address as JSON text. Every site of another origin may read with a plain GET."
)


def document() -> dict[str, Any]:
    """The document as Python holds it."""
    paths: dict[str, Any] = {operations.path(each): operations.operation(each) for each in registry.actions()}
    return {
        "openapi": VERSION,
        "info": {
            "title": tk.config["ckan.site_title"] or "CKAN",
            "description": ABOUT,
            "version": "3",
        },
        "servers": [{"url": site()}],
        "tags": [{"name": name, "description": text} for name, text in operations.TAGS.items()],
        "paths": paths | doors.paths(current_app.url_map),
        "components": operations.components(),
    }


def site() -> str:
    """The address of the site, without a language and without a slash at its end."""
    called = tk.h.url_for("api.action", ver=3, logic_function="x", qualified=True, locale="default")
    return str(called).removesuffix("/api/3/action/x")


def text() -> tuple[str, str]:
    """The document as JSON, and the mark that tells a reader it is still the same."""
    return _text(tuple(tk.config["ckan.plugins"]), site(), str(tk.config["ckan.site_title"]))


@lru_cache(maxsize=4)
def _text(plugins: tuple[str, ...], address: str, title: str) -> tuple[str, str]:
    """One text for one set of plugins; the registry does not change while a process lives."""
    written = json.dumps(document(), ensure_ascii=False, separators=(",", ":"), default=str)
    return written, hashlib.sha256(written.encode()).hexdigest()
