"""sense.city: what citizens report, day by day, for sums alone.

Its JSON is put together without escaping: a quote in a comment breaks the answer of that day, which is
put aside while the others are read. Errors and "no data" come with status 200. Only ``/issue`` is asked, and
never with a number, a telephone or a mailbox, which would answer with the reporter's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from ..errors import SourceChanged
from . import sniff
from .gather import Part
from .grid import snapped
from .talk import Talk, where
from .windows import asked, windows

Options = Mapping[str, Any]

COLUMNS = ("issue", "create_at", "status", "resolution", "municipality", "bug_component", "bug_severity",
           "bug_priority", "lon", "lat")  # fmt: skip
"""No device, comment, description, address or picture."""
MOST = 1000
EMPTY = "no-data"


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that may not be kept."""
    yield from sorted(wanted - set(COLUMNS))


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """The reports of ``city`` made ``from``–``to``, each once; a day that cannot be read is one refused part.

    Raises:
        SourceChanged: ``answer_not_json`` for a web page: the address is wrong, not a day.
    """
    for day, _ in windows(*asked(options, today), 1):
        yield from _day(talk, options, day)


def _day(talk: Talk, options: Options, day: date) -> Iterator[Part]:
    size, offset = int(options.get("size", MOST)), 0
    while True:
        body = talk.body(_address(talk, options, day, size, offset))
        try:
            found = _reports(body, talk.base)
        except _Unreadable as error:
            yield Part(refused="unreadable_part", told=f"{day}: {error}")
            return
        yield from (_part(report) for report in found)
        if len(found) < size:
            return
        offset += size


def _address(talk: Talk, options: Options, day: date, size: int, offset: int) -> str:
    parameters = {
        "city": options["city"],
        "startdate": day.isoformat(),
        "enddate": day.isoformat(),
        "includeAnonymous": "1",
        "image_field": "0",
        "sort": "-1",
        "limit": size,
        "offset": offset,
    }
    return talk.address("/issue", parameters)


class _Unreadable(Exception):
    """A day whose answer is no list of reports; told is where it breaks, and nothing of what it says."""


def _reports(body: bytes, address: str) -> list[dict[str, Any]]:
    start = body[: sniff.HEAD].lstrip()
    if start.startswith(b"<"):
        raise SourceChanged("answer_not_json", address=address, problem="HTML")
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _Unreadable(where(error)) from error
    if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
        raise _Unreadable("no list of reports")
    said = {str(item["response"]) for item in answer if "response" in item and "_id" not in item}
    if said - {EMPTY}:
        raise _Unreadable("an error in place of reports")
    return [item for item in answer if "response" not in item or "_id" in item]


def _part(report: Mapping[str, Any]) -> Part:
    place = report.get("loc")
    pair = place.get("coordinates") if isinstance(place, dict) else None
    lon, lat = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
    cells = {name: report.get(name) for name in COLUMNS}
    cells |= {"lon": snapped(lon), "lat": snapped(lat)}
    number = report.get("_id")
    return Part(cells, key=str(number) if number else None)
