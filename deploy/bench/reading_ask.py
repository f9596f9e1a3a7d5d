"""Ask the benchmark's table and time each answer, in a process of its own, for `reading.py`.

Each entry of ``PLAN`` is one line of the table: its questions are made by a function of a number, so that no
two of them are alike and none finds what an earlier one left. Another kind of reading is one more entry.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .data import STATUS

Question = dict[str, Any]
INDEXED = ("asset_id", "status")


@dataclass(frozen=True)
class Line:
    """One line of the table: an action, its questions by number, how many, whether the goal is for it."""

    action: str
    question: Callable[[int], Question]
    number: int
    indexed: bool = True
    again: bool = False
    """Ask all of it once before the clock runs."""
    published: bool = False
    """Find what the publication kept; otherwise nothing is kept when the clock starts."""


def key(number: int) -> str:
    """The identifier of a row, far from that of the number before."""
    return f"L{number * 7919 % 990_000:07d}"


def page(number: int) -> Question:
    """A range of the key, five hundred rows."""
    return {"filters": {"asset_id": {"gte": key(number), "lt": f"L{int(key(number)[1:]) + 500:07d}"}}}


def by_status(number: int) -> Question:
    """Every measure of a group by an indexed column; ``limit`` makes each question another."""
    return {"group_by": "status", "measures": "count", "limit": 10 + number}


def within(number: int) -> Question:
    """A group by an indexed column within a range of another."""
    return page(number) | {"group_by": "status", "measures": "count,sum:power_w,mean:mount_height_m"}


def one_status(number: int) -> Question:
    """A page of the rows of one status: CKAN counts them all."""
    return {"filters": {"status": STATUS[4 + number % 3]}, "limit": 100, "offset": number}


def heavy(number: int) -> Question:
    """Columns without an index, over every row."""
    return {
        "group_by": "installed_on:month,status",
        "measures": "count,median:power_w",
        "limit": 1000 + number,
    }


SEARCH, GROUP = "datastore_search", "participation_table_aggregate"
PLAN = {
    "aggregate: status of all rows, as published": Line(GROUP, by_status, 30, published=True),
    "datastore_search: one key": Line(SEARCH, lambda n: {"filters": {"asset_id": key(n)}}, 200),
    "datastore_search: a range of 500 keys": Line(SEARCH, page, 200),
    "datastore_search: one status, a seventh of all, no total": Line(
        SEARCH, lambda n: one_status(n) | {"include_total": False}, 100
    ),
    "datastore_search: one status, a seventh of all, total cold": Line(SEARCH, one_status, 30),
    "datastore_search: one status, its further pages": Line(SEARCH, one_status, 100, again=True),
    "datastore_search: q": Line(SEARCH, lambda n: {"q": f"φωτιστικό {n}"}, 50, indexed=False),
    "aggregate: status within a range of 500 keys, cold": Line(GROUP, within, 200),
    "aggregate: status of all rows, cold": Line(GROUP, by_status, 30, indexed=False),
    "aggregate: status of all rows, warm": Line(GROUP, by_status, 200, again=True),
    "aggregate: month and status, median, cold": Line(GROUP, heavy, 5, indexed=False),
    "aggregate: month and status, median, warm": Line(GROUP, heavy, 5, indexed=False, again=True),
}


def main(ini: str) -> None:
    """Measure every line of the plan and print it as JSON."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    with app._wsgi_app.test_request_context():
        answer = measure()
    print("RESULT " + json.dumps(answer), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def measure() -> dict[str, Any]:
    """Milliseconds by line; the first question of each line is asked before, for caches of code and plans."""
    from ckan.lib.redis import connect_to_redis

    from ckanext.patrasparticipation.feeds import lookup

    resource = lookup.state("bench-lights").resource_id
    told: dict[str, Any] = {}
    for name, line in PLAN.items():
        if not line.published:
            _forget(connect_to_redis())
        asked = [line.question(number) | {"resource_id": resource} for number in range(1, line.number + 1)]
        if not line.published:
            for question in asked if line.again else [line.question(0) | {"resource_id": resource}]:
                anonymous(line.action, question)
        times = []
        for one in asked:
            if not (line.again or line.published):
                _forget(connect_to_redis())
            times.append(clocked(line.action, one))
        told[name] = {"times": times, "indexed": line.indexed}
    return told


def _forget(redis: Any) -> None:
    """No answer is kept."""
    for each in redis.scan_iter("participation:answer*"):
        redis.delete(each)


def clocked(action: str, question: Question) -> float:
    """Milliseconds until the answer is there."""
    started = time.perf_counter()
    anonymous(action, question)
    return (time.perf_counter() - started) * 1000


def anonymous(action: str, question: Question) -> Any:
    """The answer to somebody without an account."""
    from ckan.plugins import toolkit as tk

    return tk.get_action(action)({"user": "", "auth_user_obj": None}, dict(question))


if __name__ == "__main__":
    main(*sys.argv[1:])
