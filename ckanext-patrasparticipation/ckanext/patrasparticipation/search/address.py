"""The state of a search is its address: what its names mean, and the same search with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

Pairs = list[tuple[str, str]]

WORDS, SORT, PAGE = "q", "sort", "page"
PLACE, FROM, TO = "ext_bbox", "ext_from", "ext_to"
NO_FILTER = (WORDS, SORT, PAGE, "start")
COUNTERS = re.compile(r"utm_\w*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid")
"""What networks hang on an address that somebody shares: no filter, else a shared search finds nothing."""
_NAME = re.compile(r"[A-Za-z][\w.-]{0,63}", re.ASCII)


def is_facet(name: str) -> bool:
    """Whether a name in an address is a field of the index that the reader filters by."""
    reserved = name in NO_FILTER or name.startswith(("_", "ext_")) or COUNTERS.fullmatch(name)
    return not reserved and bool(_NAME.fullmatch(name))


def state(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """What the search is: without the page, what is empty, what is said twice and what counts visitors."""
    told = (
        (name, value)
        for name, value in pairs
        if value.strip() and name not in (PAGE, "start") and not COUNTERS.fullmatch(name)
    )
    return list(dict.fromkeys(told))


def facets(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The chosen values of each facet, in the order of the address."""
    chosen: dict[str, list[str]] = {}
    for name, value in state(pairs):
        if is_facet(name):
            chosen.setdefault(name, []).append(value)
    return chosen


def without(pairs: Iterable[tuple[str, str]], *names: str) -> Pairs:
    """The search without everything of those names."""
    return [pair for pair in state(pairs) if pair[0] not in names]


def toggled(pairs: Iterable[tuple[str, str]], name: str, value: str) -> Pairs:
    """The search without that value of a facet, or with it where it was not chosen."""
    now = state(pairs)
    if (name, value) in now:
        return [pair for pair in now if pair != (name, value)]
    return [*now, (name, value)]


def changed(pairs: Iterable[tuple[str, str]], **values: str) -> Pairs:
    """The search with each of those names at that one value; an empty value takes the name away."""
    return [*without(pairs, *values), *((name, value) for name, value in values.items() if value)]


def joined(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address of a search at that path."""
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path
