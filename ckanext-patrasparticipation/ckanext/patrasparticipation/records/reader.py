"""Whom a text is for: the reader of the page, or nobody in particular."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.patrasparticipation.records import translated


def language() -> str:
    """The language of the page, else the site's own (a command line has no reader); one of ours, or Greek."""
    chosen = tk.h.lang() if has_request_context() else tk.config["ckan.locale_default"]
    return chosen if chosen in translated.LANGUAGES else translated.MAIN
