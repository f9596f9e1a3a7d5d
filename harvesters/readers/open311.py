"""Open311 GeoReport v2: the services of a city, and the requests of citizens in windows of at most 90 days.

What people write (description, address, pictures, notes) is never kept; positions only to some 100 metres.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import SourceChanged, SourceUnavailable
from . import open311_answer
from .gather import Part
from .grid import snapped
from .talk import Talk
from .windows import Window, asked, halves, windows

Options = Mapping[str, Any]

LONGEST = 89
"""Days of one window, at most: with a day of 25 hours among them they are still less than 90."""
MOST = 1000
"""Requests that a server gives of one window, at most: of a full one the halves are asked."""
SERVICES = ("service_code", "service_name", "description", "group", "type", "keywords", "metadata")
REQUESTS = ("service_request_id", "status", "service_code", "service_name", "service_subtype", "source",
            "agency_responsible", "requested_datetime", "updated_datetime", "expected_datetime",
            "closed_date", "lat", "long")  # fmt: skip


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that there are not, or that say what a person wrote."""
    yield from sorted(wanted - set(SERVICES if options.get("what") == "services" else REQUESTS))


def about_people(options: Options) -> bool:
    """Whether its rows are about people: requests are, services are not."""
    return options.get("what") != "services"


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """Requests asked for ``from``–``to``, each once and at its newest; or the ``services``.

    Raises:
        SourceUnavailable: ``source_error`` (the server's own words), ``window_full``.
        SourceChanged: ``answer_not_json``, ``answer_shape``.
    """
    if options.get("what") == "services":
        for service in _answer(talk, options, "/services", {}, "service"):
            yield Part({name: service.get(name) for name in SERVICES}, key=str(service.get("service_code")))
        return
    for window in windows(*asked(options, today), int(options.get("window_days", LONGEST))):
        yield from _window(talk, options, window)


def _window(talk: Talk, options: Options, window: Window) -> Iterator[Part]:
    zone = ZoneInfo(options.get("zone", "Europe/Athens"))
    parameters = {
        "start_date": datetime.combine(window[0], time.min, zone).isoformat(),
        "end_date": datetime.combine(window[1], time(23, 59, 59), zone).isoformat(),
    }
    found = _answer(talk, options, "/requests", parameters, "request")
    if len(found) < int(options.get("most", MOST)):
        yield from (_part(request) for request in found)
        return
    slices = halves(window)
    if not slices:
        raise SourceUnavailable("window_full", address=talk.base, window=str(window[0]), limit=len(found))
    for part in slices:
        yield from _window(talk, options, part)


def _answer(
    talk: Talk, options: Options, path: str, parameters: Mapping[str, str], item: str
) -> list[dict[str, Any]]:
    form = options.get("format", "json")
    given = {"jurisdiction_id": options.get("jurisdiction"), **parameters}
    address = talk.address(f"{path}.{form}", given)
    if form == "xml":
        return open311_answer.of_xml(talk.body(address), item, address)
    return open311_answer.of_json(talk.json(address), item, address)


def _part(request: Mapping[str, Any]) -> Part:
    cells = {name: request.get(name) for name in REQUESTS}
    cells["lat"], cells["long"] = snapped(cells["lat"]), snapped(cells["long"])
    number = cells["service_request_id"]
    if number in (None, ""):
        raise SourceChanged("answer_shape", address="Open311", problem="a request without service_request_id")
    return Part(cells, key=str(number), stamp=str(cells["updated_datetime"] or ""))
