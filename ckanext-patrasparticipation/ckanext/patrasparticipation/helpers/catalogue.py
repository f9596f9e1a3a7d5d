"""What the home page and the filters beside a list show, from the search index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import facets

LATEST = 5  # records on the home page
FEEDS = 100  # live tables on the home page, at most


def _search(**query: Any) -> dict[str, Any]:
    return tk.get_action("package_search")({}, query)


def participation_home(feeds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The home page's figures and lists.

    ``feeds``: pairs of (package, feed); ``latest``: packages that no feed keeps; the rest are counts,
    ``waiting`` that of the feeds that are not fresh.
    """
    every = {"facet.field": ["organization"], "facet.limit": -1, "sort": "metadata_modified desc"}
    found = _search(q="*:*", rows=LATEST + len(feeds), **every)
    kept = []
    if feeds:
        ids = " OR ".join(f'"{dataset}"' for dataset in feeds)
        kept = _search(fq=f"id:({ids})", rows=FEEDS, sort="title_string asc")["results"]
    return {
        "feeds": [(package, feeds[package["id"]]) for package in kept],
        "latest": [package for package in found["results"] if package["id"] not in feeds][:LATEST],
        "datasets": found["count"],
        "publishers": len(found["search_facets"]["organization"]["items"]),
        "rows": sum(feed["rows"] or 0 for feed in feeds.values()),
        "waiting": sum(feed["health"] != "fresh" for feed in feeds.values()),
    }


def participation_facet_value(field: str, value: str, options: Iterable[dict[str, Any]]) -> str:
    """A facet's value in the reader's language, also when the answer no longer counts it."""
    shown = next((option["display_name"] for option in options if option["name"] == value), value)
    item = {"name": value, "display_name": shown}
    facets.label_items({field: {"items": [item]}})
    return str(item["display_name"])


def participation_facet_label(field: str, item: dict[str, Any]) -> str:
    """The same for an item of CKAN's facet list."""
    return participation_facet_value(field, item["name"], [item])
