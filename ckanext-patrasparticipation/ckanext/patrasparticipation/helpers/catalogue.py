"""What the home page and the filters beside a list show, from the search index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import request

from ckanext.patrasparticipation.records import facets

LATEST = 5  # records on the home page
FEEDS = 100  # live tables on the home page, at most


def _search(**query: Any) -> dict[str, Any]:
    return tk.get_action("package_search")({}, query)


def participation_home(kept_by: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The home page's figures and lists; ``kept_by`` are the feeds by dataset id.

    ``feeds``: pairs of (package, feed); ``latest``: packages that no feed keeps; the rest are counts,
    ``waiting`` that of the feeds that are not fresh.
    """
    every = {"facet.field": ["organization"], "facet.limit": -1, "sort": "metadata_modified desc"}
    found = _search(q="*:*", rows=LATEST + len(kept_by), **every)
    kept = []
    if kept_by:
        ids = " OR ".join(f'"{dataset}"' for dataset in kept_by)
        kept = _search(fq=f"id:({ids})", rows=FEEDS, sort="title_sort asc")["results"]
    return {
        "feeds": [(package, kept_by[package["id"]]) for package in kept],
        "latest": [package for package in found["results"] if package["id"] not in kept_by][:LATEST],
        "datasets": found["count"],
        "publishers": len(found["search_facets"]["organization"]["items"]),
        "rows": sum(feed["rows"] or 0 for feed in kept_by.values()),
        "waiting": sum(feed["health"] != "fresh" for feed in kept_by.values()),
    }


def participation_facet_value(field: str, value: str, options: Iterable[dict[str, Any]]) -> str:
    """A facet's value in the reader's language, also when the answer no longer counts it."""
    shown = next((option["display_name"] for option in options if option["name"] == value), value)
    item = {"name": value, "display_name": shown}
    facets.label_items({field: {"items": [item]}})
    return str(item["display_name"])


def participation_facet_tells(field: str, search_facets: dict[str, Any], count: int | None) -> bool:
    """Whether a facet helps to choose: one value that every answer has says nothing, unless it was chosen."""
    items = search_facets.get(field, {}).get("items") or []
    return bool(items) and (len(items) > 1 or field in request.args or items[0]["count"] != count)


def participation_outcome(outcome: str | None) -> str:
    """How a run ended, in words; a run without an outcome is still going."""
    words = {
        "published": tk._("published"),
        "unchanged": tk._("unchanged"),
        "held": tk._("waits for a check"),
        "changed": tk._("the source has changed"),
        "unavailable": tk._("the source does not answer"),
        "refused": tk._("refused for personal data"),
        "failed": tk._("failed"),
    }
    return str(words.get(outcome, outcome) if outcome else tk._("running"))
