"""Ask what readers ask, anonymously: what CKAN sends to Solr is kept and sent again with a clock beside it.

No search is asked twice of a core between two reloads, so that no cache of results can answer; the caches of
filters and of documents work as on a site.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pysolr  # type: ignore[import-untyped]

from . import search_records as made
from .search_cores import Request, Solr

FACETS = {
    "ours": ["organization", "tags", "res_format", "license_id", "vocab_theme"],
    "stock": ["organization", "tags", "res_format", "license_id", "groups"],
}
ROWS = 20
PAGES = 120
WARM = 30
Sent = list[list[Request]]


class Reader:
    """Somebody without an account who searches one of the two catalogues."""

    def __init__(self, name: str, solr: Solr) -> None:
        self.name, self.solr = name, solr

    def search(self, typed: str, start: int = 0) -> dict[str, Any]:
        """A page of the list."""
        words = {"q": typed, "rows": ROWS, "start": start, "facet.field": FACETS[self.name]}
        return anonymous("package_search", **words)

    def suggestions(self, typed: str) -> dict[str, Any]:
        """What the search box shows."""
        return anonymous("participation_search_suggest", q=typed, limit=8)

    def sent(self, ask: Callable[[Any], Any], typed: list[Any]) -> tuple[Sent, list[Any]]:
        """The requests that CKAN makes of Solr for each, and its answers."""
        requests, answers = [], []
        for each in typed:
            with kept() as found:
                answers.append(ask(each))
            requests.append(list(found))
        return requests, answers

    def solr_times(self, searches: Sent) -> list[list[float]]:
        """Milliseconds of each request of each search at Solr alone, after a reload and a few others."""
        self.fresh()
        return [[self.solr.milliseconds(self.name, request) for request in each] for each in searches]

    def times(self, ask: Callable[[Any], Any], typed: list[Any]) -> list[float]:
        """Milliseconds of each action as a whole, after a reload and a few others."""
        self.fresh()
        return [clocked(ask, each) for each in typed]

    def fresh(self) -> None:
        """Forget every search, and ask a few others: their filters are the filters of all."""
        self.solr.forget(self.name)
        for number in range(WARM):
            self.search(made.record(made.ASKED - 1 - number).title)


def measure(name: str, searches: int, solr: list[str]) -> dict[str, Any]:
    """Times in milliseconds by what was asked, and how many found something."""
    reader = Reader(name, Solr(solr[0], Path(solr[1])))
    classes = made.searches(searches)
    typed = [each for some in classes.values() for each in some]
    sent, answers = reader.sent(reader.search, typed)
    pages = [number * ROWS for number in range(PAGES)]
    listed, _ = reader.sent(lambda start: reader.search("", start), pages)
    print(f"  {name}: {len(typed)} searches asked", flush=True)
    told = {
        "classes": {kind: len(some) for kind, some in classes.items()},
        "found": [answer["count"] for answer in answers],
        "fell": [fell_back(answer) for answer in answers],
        "solr search": [times[0] for times in reader.solr_times(sent)],
        "solr list": [times[0] for times in reader.solr_times(listed)],
        "whole search": reader.times(reader.search, typed),
    }
    if name == "stock":
        return told
    return told | suggestions(reader, searches) | fallbacks(reader, searches // 2)


def suggestions(reader: Reader, count: int) -> dict[str, Any]:
    """The same for what the search box suggests while a reader types."""
    typed = made.beginnings(count)
    sent, _ = reader.sent(reader.suggestions, typed)
    return {
        "solr suggestions": [sum(times) for times in reader.solr_times([each for each in sent if each])],
        "whole suggestions": reader.times(reader.suggestions, typed),
    }


def fallbacks(reader: Reader, count: int) -> dict[str, Any]:
    """The same for searches that find nothing exactly: the looser requests after the first."""
    wrong: list[str] = []
    sent: Sent = []
    for typed in islice(made.mistyped(), count * 10):
        requests, answers = reader.sent(reader.search, [typed])
        if fell_back(answers[0]):
            wrong.append(typed)
            sent.append(requests[0][1:])
        if len(wrong) == count:
            break
    print(f"  {reader.name}: {len(wrong)} searches that find nothing exactly", flush=True)
    times = reader.solr_times(sent)
    return {
        "solr fallback": [sum(each) for each in times],
        "solr looser": [time for each in times for time in each],
        "whole fallback": reader.times(reader.search, wrong),
    }


def fell_back(answer: dict[str, Any]) -> bool:
    """Whether the exact search found nothing."""
    stage = answer.get("participation_search", {"stage": "exact"})["stage"]
    return stage != "exact" or not answer["count"]


def anonymous(action: str, **words: Any) -> dict[str, Any]:
    """The answer of an action to somebody without an account."""
    from ckan.plugins import toolkit as tk

    answer: dict[str, Any] = tk.get_action(action)({"user": "", "auth_user_obj": None}, words)
    return answer


def clocked(ask: Callable[[Any], Any], typed: Any) -> float:
    """Milliseconds until the answer is there."""
    started = time.perf_counter()
    ask(typed)
    return (time.perf_counter() - started) * 1000


@contextmanager
def kept() -> Iterator[list[Request]]:
    """Keep what goes to Solr within."""
    found: list[Request] = []
    send = pysolr.Solr._send_request

    def noting(self: Any, method: str, path: str = "", body: Any = None, *rest: Any, **more: Any) -> Any:
        found.append(Request(path, body))
        return send(self, method, path, body, *rest, **more)

    with patch.object(pysolr.Solr, "_send_request", noting):
        yield found
