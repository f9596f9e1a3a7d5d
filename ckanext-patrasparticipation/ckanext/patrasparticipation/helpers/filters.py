"""What a list shows of the search that its address holds, and the addresses with one thing changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import request

from ..search import address, orders, period
from ..stories import lists
from . import here
from .catalogue import participation_facet_value
from .pages import participation_place

NAMED = (address.WORDS, address.SORT, address.PLACE, address.FROM, address.TO)
"""What has a field of its own in the form; the rest is kept in hidden ones."""
RELEVANCE, CHANGED = "score desc, metadata_modified desc", "metadata_modified desc"


def participation_kept() -> address.Pairs:
    """The parts of the search that no field of the form shows."""
    return address.without(here.now(), *NAMED)


def participation_sorting(words: str | None) -> dict[str, Any]:
    """The orders to choose from: ``{"options": [(label, value)], "chosen": value}``.

    By relevance only where there are words to be relevant to. The order that holds by itself has no value,
    so that the address stays short and new words are answered by relevance.
    """
    listed = (request.endpoint or "").removesuffix(".search")
    held = orders.usual(listed) or CHANGED
    every = lists.orders(listed) if orders.usual(listed) else _orders()
    options = [(label, value if words or value != held else "") for label, value in every]
    given = request.args.get(address.SORT, "").replace("title_string", "title_sort")
    usual = "" if given in ("", RELEVANCE if words else held) else given
    return {"options": [(tk._("Relevance"), ""), *options] if words else options, "chosen": usual}


def _orders() -> list[tuple[str, str]]:
    """The orders of a list of every kind of record."""
    return [
        (tk._("Last changed"), CHANGED),
        (tk._("Title, A to Z"), "title_sort asc"),
        (tk._("Title, Z to A"), "title_sort desc"),
    ]


def participation_facet(name: str, search_facets: Mapping[str, Any]) -> dict[str, Any]:
    """One facet: its values with their counts, the chosen ones first, and where to see more of them.

    ``{"items": [{"label", "count", "active", "url"}], "chosen": int, "more": address, "fewer": address}``
    """
    now, limit = here.now(), f"_{name}_limit"
    chosen = address.facets(now).get(name, [])
    items = [
        {
            "label": item["display_name"],
            "count": item["count"],
            "active": item["name"] in chosen,
            "url": here.at(address.toggled(now, name, item["name"])),
        }
        for item in search_facets.get(name, {}).get("items", ())
    ]
    items.sort(key=lambda item: (not item["active"], -item["count"], item["label"].lower()))
    shown = _limit(limit)
    cut = bool(shown) and len(items) > max(shown, len(chosen))
    return {
        "items": items[: max(shown, len(chosen))] if cut else items,
        "chosen": len(chosen),
        "more": here.at(address.changed(now, **{limit: "0"})) if cut else "",
        "fewer": here.at(address.without(now, limit)) if limit in dict(now) else "",
    }


def _limit(name: str) -> int:
    """How many values of a facet are shown; 0 is all."""
    value = request.args.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else int(tk.config["search.facets.default"])


def participation_filters(
    titles: Mapping[str, str], search_facets: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Everything that narrows the answer: ``{"title", "label", "url"}``, the address without it."""
    now = here.now()
    found = []
    if place := participation_place():
        found.append((tk._("Place"), place["name"], address.without(now, address.PLACE)))
    if told := here.told(period.read(request.args)):
        found.append((tk._("Period"), told, address.without(now, address.FROM, address.TO)))
    for name, values in address.facets(now).items():
        options = (search_facets or {}).get(name, {}).get("items", ())
        for value in values:
            label = participation_facet_value(name, value, options)
            found.append((titles.get(name, name), label, address.toggled(now, name, value)))
    return [{"title": title, "label": label, "url": here.at(pairs)} for title, label, pairs in found]


def participation_unfiltered() -> str:
    """The address of the same words without any filter."""
    kept = (address.WORDS, address.SORT)
    return here.at([pair for pair in here.now() if pair[0] in kept])
