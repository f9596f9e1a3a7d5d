"""What the frame of the pages asks: the city, its feeds, the reader's language, the places to choose."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import request

from .. import places
from ..reading import citation
from ..records import reader, translated
from .numbers import language
from .staff import participation_kept_by


def participation_city() -> dict[str, Any]:
    """``{"name", "title", "sample"}`` of the city whose sources this site runs."""
    return places.city()


def participation_is_here(address: str) -> bool:
    """Whether the page being read lies under that address, whatever the language in front of it."""
    here = tk.h.url_for(request.path)  # with the language in front, as an address of the same page has it
    return bool(here.rstrip("/").startswith(address.rstrip("/")))


def participation_feed(package: dict[str, Any]) -> dict[str, Any] | None:
    """What ``participation_feed_show`` says of the one table that a dataset is, or nothing; asked once.

    A feed's dataset is its table; so is a dataset whose only file is a table of staff.
    """
    if not package.get("participation_source"):
        there = package.get("resources") or []
        return participation_kept_by(there[0]) if len(there) == 1 else None
    asked = tk.g.setdefault("participation_feed", {})
    if package["id"] not in asked:
        try:
            asked[package["id"]] = tk.get_action("participation_feed_show")({}, {"id": package["id"]})
        except tk.ObjectNotFound:
            asked[package["id"]] = None
    return asked[package["id"]]


def participation_is_sample(package: dict[str, Any] | None) -> bool:
    """Whether what the page shows is invented: the whole city, or the dataset that it is about."""
    if places.city()["sample"]:
        return True
    feed = participation_feed(package) if package else None
    return bool(feed and feed["sample"])


def participation_resource(package: dict[str, Any], feed: dict[str, Any] | None) -> dict[str, Any] | None:
    """The resource whose table a page shows: the feed's, or the first that has one."""
    if feed:
        return next((found for found in package["resources"] if found["id"] == feed["resource_id"]), None)
    return next((found for found in package["resources"] if found.get("datastore_active")), None)


def participation_here(url: str) -> str:
    """An absolute address of this site as a path, so that a page asks the host it came from and no other."""
    return url.removeprefix(str(tk.config["ckan.site_url"]).rstrip("/"))


def participation_citation(package: dict[str, Any], feed: dict[str, Any] | None) -> dict[str, str]:
    """How to cite what the page shows, in the reader's language.

    Returns:
        ``text`` (without the address), ``address`` (of the version's file, which never changes, else of the
        page), ``bibtex``.
    """
    found = citation.of(package, feed["resource_id"] if feed else None)
    chosen = reader.language()
    return {"text": found.text(chosen), "address": found.address, "bibtex": found.bibtex(chosen)}


def participation_feeds() -> dict[str, dict[str, Any]]:
    """Every feed the reader may see, by dataset id; asked once a request."""
    if "participation_feeds" not in tk.g:
        listed = tk.get_action("participation_feed_list")({}, {})
        tk.g.participation_feeds = {feed["dataset_id"]: feed for feed in listed}
    return tk.g.participation_feeds


def participation_versions(feed: dict[str, Any]) -> list[dict[str, Any]]:
    """The kept generations of a feed, newest first."""
    return tk.get_action("participation_feed_versions")({}, {"id": feed["resource_id"]})


def participation_places() -> list[dict[str, str]]:
    """The municipal units to choose from: ``{"name", "bbox"}``, the box as ``ext_bbox`` wants it."""
    return places.units()


def participation_place() -> dict[str, str] | None:
    """The place asked for in this address: ``{"name", "bbox"}``, or nothing."""
    box = request.args.get("ext_bbox", "")
    if not box:
        return None
    label = next((place["label"] for place in places.named() if place["bbox"] == box), None)
    return {"bbox": box, "name": translated.in_language(label, language(), tk._("a box on the map"))}
