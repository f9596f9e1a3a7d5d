"""What a list offers beside its records: the search as a file, and ways out of an empty answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import request

from ..records.facets import RECORD_TYPE
from ..search import address, filters, orders, period
from . import here
from .pages import participation_place

WAYS = 4  # out of an empty answer; each costs a search
THEME = "vocab_theme"
EXPORTS = ("atom", "csv", "json")


def participation_exports() -> list[dict[str, str]]:
    """This search as files: ``{"kind", "url"}``; on a publisher's page, that publisher's data."""
    pairs = _everywhere()
    found = []
    for kind in EXPORTS:
        path = tk.h.url_for("participation_search.export", kind=kind)
        found.append({"kind": kind, "url": address.joined(path, pairs)})
    return found


def _everywhere() -> address.Pairs:
    """The search as the list of all data would hold it."""
    pairs = [pair for pair in here.now() if not pair[0].startswith("_")]
    listed = (request.endpoint or "").removesuffix(".search")
    if orders.usual(listed):
        pairs.append((RECORD_TYPE, listed))
    if (request.endpoint or "") == "organization.read":
        pairs.append(("organization", tk.g.group_dict["name"]))
    return pairs


def participation_ways_out(titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Searches near an empty one that find something: ``{"words", "count", "url"}``, at most four."""
    now = here.now()
    found = []
    for told, names in _ways(now, titles):
        count = _search(address.without(_everywhere(), *names))["count"]
        if count:
            found.append({"words": told, "count": count, "url": here.at(address.without(now, *names))})
    return found


def _ways(now: address.Pairs, titles: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """What might be left out, in words, and the names that go with it."""
    ways: list[tuple[str, tuple[str, ...]]] = []
    place, told = participation_place(), here.told(period.read(request.args))
    if place:
        ways.append((tk._("anywhere, not only in {place}").format(place=place["name"]), (address.PLACE,)))
    if told:
        ways.append((tk._("of any time, not only {period}").format(period=told), (address.FROM, address.TO)))
    for name in address.facets(now):
        ways.append((tk._("without the filter “{title}”").format(title=titles.get(name, name)), (name,)))
    words = dict(now).get(address.WORDS)
    several = len(ways) > 1
    ways = ways[: WAYS - several - bool(words)]
    if words and ways:
        ways.append((tk._("without the words “{words}”").format(words=words), (address.WORDS,)))
    if several:
        every = [name for name, _value in now if name not in (address.WORDS, address.SORT)]
        ways.append((tk._("without any filter"), tuple(every)))
    return ways


def participation_themes() -> list[dict[str, Any]]:
    """The themes of all the data, those with most first: ``{"label", "count", "url"}``."""
    found = _search([], **{"facet.field": [THEME]})["search_facets"].get(THEME, {}).get("items", ())
    items = sorted(found, key=lambda item: (-item["count"], item["display_name"]))
    home = tk.h.url_for("dataset.search")
    return [
        {
            "label": item["display_name"],
            "count": item["count"],
            "url": address.joined(home, [(THEME, item["name"])]),
        }
        for item in items
    ]


def _search(pairs: address.Pairs, **more: Any) -> dict[str, Any]:
    """The answer to a search without its records, for whoever reads the page."""
    answer: dict[str, Any] = tk.get_action("package_search")({}, filters.asked_by(pairs) | {"rows": 0} | more)
    return answer
