"""Who acts when the engine writes to the catalogue: the site's own user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import has_request_context


def context() -> Context:
    """A fresh context for one call of an action."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return cast(Context, {"ignore_auth": True, "user": user["name"]})


def address(path: str) -> str:
    """The public address of a path of ours, without a language in it."""
    root = str(tk.config.get("ckan.root_path") or "").replace("/{{LANG}}", "")
    return str(tk.config["ckan.site_url"]).rstrip("/") + root + path


def worded(text: Mapping[str, str]) -> str:
    """A text of several languages in the reader's; outside a request, in the site's."""
    language = tk.h.lang() if has_request_context() else str(tk.config["ckan.locale_default"])
    return text.get(language, text["en"])
