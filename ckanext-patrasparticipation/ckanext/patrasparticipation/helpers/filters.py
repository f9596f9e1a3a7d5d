"""What a list shows of the search that its address holds, and the addresses with one thing changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel.dates import format_date
from ckan.plugins import toolkit as tk
from ckanext.spatial.lib import normalize_bbox
from flask import request

from .. import clock
from ..search import address, period
from .catalogue import participation_facet_value
from .numbers import language, moment
from .pages import participation_place

NAMED = (address.WORDS, address.SORT, address.PLACE, address.FROM, address.TO)
"""What has a field of its own in the form; the rest is kept in hidden ones."""
RELEVANCE, CHANGED = "score desc, metadata_modified desc", "metadata_modified desc"
YEARS = 5  # of the longest period that one click chooses


def _now() -> address.Pairs:
    return address.state(request.args.items(multi=True))


def _here(pairs: address.Pairs) -> str:
    """The address of a search on the page that is being read."""
    return address.joined(tk.h.url_for(request.endpoint, **(request.view_args or {})), pairs)


def participation_kept() -> address.Pairs:
    """The parts of the search that no field of the form shows."""
    return address.without(_now(), *NAMED)


def participation_sorting(words: str | None) -> dict[str, Any]:
    """The orders to choose from: ``{"options": [(label, value)], "chosen": value}``.

    By relevance only where there are words to be relevant to. The order that holds by itself has no value,
    so that the address stays short and new words are answered by relevance.
    """
    options = [
        (tk._("Last changed"), CHANGED if words else ""),
        (tk._("Title, A to Z"), "title_sort asc"),
        (tk._("Title, Z to A"), "title_sort desc"),
    ]
    given = request.args.get(address.SORT, "").replace("title_string", "title_sort")
    usual = "" if given in ("", RELEVANCE if words else CHANGED) else given
    return {"options": [(tk._("Relevance"), ""), *options] if words else options, "chosen": usual}


def participation_facet(name: str, search_facets: Mapping[str, Any]) -> dict[str, Any]:
    """One facet: its values with their counts, the chosen ones first, and where to see more of them.

    ``{"items": [{"label", "count", "active", "url"}], "chosen": int, "more": address, "fewer": address}``
    """
    now, limit = _now(), f"_{name}_limit"
    chosen = address.facets(now).get(name, [])
    items = [
        {
            "label": item["display_name"],
            "count": item["count"],
            "active": item["name"] in chosen,
            "url": _here(address.toggled(now, name, item["name"])),
        }
        for item in search_facets.get(name, {}).get("items", ())
    ]
    items.sort(key=lambda item: (not item["active"], -item["count"], item["label"].lower()))
    shown = _limit(limit)
    cut = bool(shown) and len(items) > max(shown, len(chosen))
    return {
        "items": items[: max(shown, len(chosen))] if cut else items,
        "chosen": len(chosen),
        "more": _here(address.changed(now, **{limit: "0"})) if cut else "",
        "fewer": _here(address.without(now, limit)) if limit in dict(now) else "",
    }


def _limit(name: str) -> int:
    """How many values of a facet are shown; 0 is all."""
    value = request.args.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 6 else int(tk.config["search.facets.default"])


def participation_filters(
    titles: Mapping[str, str], search_facets: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Everything that narrows the answer: ``{"title", "label", "url"}``, the address without it."""
    now = _now()
    found = []
    if place := participation_place():
        found.append((tk._("Place"), place["name"], address.without(now, address.PLACE)))
    if told := _told(period.read(request.args)):
        found.append((tk._("Period"), told, address.without(now, address.FROM, address.TO)))
    for name, values in address.facets(now).items():
        options = (search_facets or {}).get(name, {}).get("items", ())
        for value in values:
            label = participation_facet_value(name, value, options)
            found.append((titles.get(name, name), label, address.toggled(now, name, value)))
    return [{"title": title, "label": label, "url": _here(pairs)} for title, label, pairs in found]


def participation_unfiltered() -> str:
    """The address of the same words without any filter."""
    kept = (address.WORDS, address.SORT)
    return _here([pair for pair in _now() if pair[0] in kept])


def _told(asked: period.Period) -> str:
    """The period in words; nothing where none is asked or it is none."""
    if asked.problems or not (asked.first or asked.last):
        return ""
    days = {
        name: format_date(day, "d MMMM yyyy", locale=language()) if day else ""
        for name, day in (("first", asked.first), ("last", asked.last))
    }
    if not asked.last:
        return str(tk._("since {first}").format(**days))
    return str((tk._("{first} to {last}") if asked.first else tk._("until {last}")).format(**days))


def participation_problems() -> dict[str, str]:
    """What is wrong with a field of the form, by the end of the field's id."""
    problems = dict(period.read(request.args).problems)
    place = request.args.get(address.PLACE, "")
    if place and not normalize_bbox(place):
        problems["place"] = tk._(
            "“{value}” is not a place. Expected west,south,east,north in degrees, or a choice from the list."
        ).format(value=place[: period.SHOWN])
    return problems


def participation_period() -> dict[str, Any]:
    """The period fields: what was given, what is wrong with it, and periods to choose with one click."""
    now = _now()
    today = moment(clock.now())
    year = today.year if today else 0
    spans = [(str(year), year, year), (str(year - 1), year - 1, year - 1)]
    spans.append((f"{year - YEARS + 1}–{year}", year - YEARS + 1, year))
    presets = []
    for label, first, last in spans:
        days = {address.FROM: f"{first}-01-01", address.TO: f"{last}-12-31"}
        active = all(pair in now for pair in days.items())
        pairs = address.without(now, *days) if active else address.changed(now, **days)
        presets.append({"label": label, "active": active, "url": _here(pairs)})
    return {
        "first": request.args.get(address.FROM, ""),
        "last": request.args.get(address.TO, ""),
        "problems": dict(period.read(request.args).problems),
        "presets": presets,
    }
