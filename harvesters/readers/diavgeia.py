"""Diavgeia, the register of the decisions of Greek public bodies: its search, its bodies and their units.

The simple search silently cuts every range of issue dates to 180 days and tells so only in ``info.query``:
each answer is compared with what was asked. A last day counts up to its midnight at the start, so windows
share their border day and a decision that comes twice is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import SourceChanged, SourceUnavailable
from . import diavgeia_decision
from .gather import Part
from .talk import Talk
from .windows import DAY, Window, asked, halves, windows

Options = Mapping[str, Any]

LONGEST = 180
"""Days of one window, at most."""
MOST = 10_000
"""Decisions of one window, at most: the search is not known to page beyond."""
SIZE = 500
BODIES = ("uid", "label", "abbreviation", "latinName", "status", "category", "website", "supervisorId",
          "supervisorLabel", "organizationDomains")  # fmt: skip
"""What is kept of a body: no name, tax number or mailbox of whoever is in charge."""
UNITS = ("uid", "label", "abbreviation", "category", "active", "parentId", "unitDomains", "organizationId")
_RANGE = re.compile(r"issueDate:\[DT\(([^)]+)\) TO DT\(([^)]+)\)\]")
ATHENS = ZoneInfo("Europe/Athens")


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that are not among those which may be kept."""
    given = {"organizations": BODIES, "units": UNITS}.get(options.get("what", ""), diavgeia_decision.COLUMNS)
    yield from sorted(wanted - set(given))


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """Decisions of the bodies in ``org`` issued ``from``–``to``; or, as ``what`` says, bodies or units.

    Raises:
        SourceChanged: ``other_question`` when the answer is to another question, ``answer_not_json``.
        SourceUnavailable: ``incomplete_pages``.
    """
    what = options.get("what", "decisions")
    if what == "organizations":
        yield from _bodies(talk, options)
    elif what == "units":
        yield from _units(talk, options)
    else:
        start, end = asked(options, today)
        for kind in options.get(
            "types", (None,)
        ):  # one by one: what the search makes of several is not known
            question = {**options, "kind": kind}
            for window in windows(start, end, int(options.get("window_days", LONGEST))):
                yield from _window(talk, question, window, (start, end))


def _window(talk: Talk, options: Options, window: Window, whole: Window) -> Iterator[Part]:
    """All decisions of a window; where the search cuts it or holds too many, of its slices one by one."""
    page = talk.json(_address(talk, options, window, 0))
    last = _answered(page, options, window, talk)
    if last < window[1]:
        talk.notes["window_cut"] = f"{window[0]}…{window[1]} → {last}"
        slices: Sequence[Window] = ((window[0], last), (last + DAY, window[1]))
    else:
        slices = _total(page, talk) > MOST and halves(window) or ()
    if slices:
        for part in slices:
            yield from _window(talk, options, part, whole)
        return
    yield from _pages(talk, options, window, page, whole)


def _pages(
    talk: Talk, options: Options, window: Window, page: Mapping[str, Any], whole: Window
) -> Iterator[Part]:
    """The first page and the others; each version of a decision must have come once."""
    versions: set[str] = set()
    number, total = 0, _total(page, talk)
    while decisions := _listed(page, "decisions", talk):
        before = len(versions)
        for decision in decisions:
            _of_type(decision, options, talk)
            versions.add(str(decision.get("versionId") or decision.get("ada")))
            part = diavgeia_decision.part(decision)
            if whole[0].isoformat() <= str(part.cells["issueDate"]) <= whole[1].isoformat():
                yield part
        if len(versions) >= total or len(versions) == before:
            break
        number += 1
        page = talk.json(_address(talk, options, window, number))
        _answered(page, options, window, talk)
        total = _total(page, talk)
    if len(versions) < total:
        raise SourceUnavailable("incomplete_pages", address=talk.base, wanted=total, found=len(versions))


def _address(talk: Talk, options: Options, window: Window, page: int) -> str:
    parameters = {
        "org": ";".join(options["org"]),
        "type": options["kind"],
        "status": options.get("status"),
        "from_issue_date": window[0].isoformat(),
        "to_issue_date": (window[1] + DAY).isoformat(),
        "size": options.get("size", SIZE),
        "page": page,
    }
    return talk.address("/search.json", parameters)


def _answered(page: Any, options: Options, window: Window, talk: Talk) -> date:
    """The last day for which the search answered: the one asked for, or an earlier one where it cuts.

    Raises:
        SourceChanged: ``other_question``: it answered for other days, or for other bodies.
    """
    query = str(_info(page, talk).get("query", ""))
    found = _RANGE.search(query)
    start, border = window[0], window[1] + DAY
    first, last = (_local(text) for text in found.groups()) if found else (None, None)
    if first != start or last is None or not start < last <= border:
        raise _other(talk, f"{start}…{border}", query)
    for body in options["org"]:
        if f'"{body}"' not in query:
            raise _other(talk, f"org={body}", query)
    return last - DAY


def _local(text: str) -> date | None:
    """The day in Athens of a moment in the search's own words, which have its offset or are in UTC."""
    try:
        moment = datetime.fromisoformat(re.sub(r"Z$", "+00:00", text))
    except ValueError:
        return None
    return (moment if moment.utcoffset() else moment.replace(tzinfo=timezone.utc).astimezone(ATHENS)).date()


def _of_type(decision: Mapping[str, Any], options: Options, talk: Talk) -> None:
    found = decision.get("decisionTypeId")
    if options["kind"] not in (None, found):
        raise _other(talk, f"type={options['kind']}", str(found))


def _other(talk: Talk, wanted: str, found: str) -> SourceChanged:
    return SourceChanged("other_question", address=talk.base, wanted=wanted, found=found[:300])


def _info(page: Any, talk: Talk) -> Mapping[str, Any]:
    info = page.get("info") if isinstance(page, dict) else None
    if not isinstance(info, dict):
        raise SourceChanged("answer_shape", address=talk.base, problem="no “info”")
    return info


def _total(page: Any, talk: Talk) -> int:
    total = _info(page, talk).get("total")
    if not isinstance(total, int):
        raise SourceChanged("answer_shape", address=talk.base, problem="no “info.total”")
    return total


def _listed(page: Any, name: str, talk: Talk) -> list[dict[str, Any]]:
    found = page.get(name) if isinstance(page, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SourceChanged("answer_shape", address=talk.base, problem=f"no list “{name}”")
    return found


def _bodies(talk: Talk, options: Options) -> Iterator[Part]:
    page = talk.json(talk.address("/organizations.json", {"category": options.get("category")}))
    wanted = set(options.get("org", ()))
    for body in _listed(page, "organizations", talk):
        if not wanted or {body.get("uid"), body.get("latinName"), body.get("supervisorId")} & wanted:
            yield Part(_kept(body, BODIES), key=str(body.get("uid")))


def _units(talk: Talk, options: Options) -> Iterator[Part]:
    for body in options["org"]:
        address = talk.address(f"/organizations/{body}/units.json", {"descendants": "all"})
        for unit in _listed(talk.json(address), "units", talk):
            yield Part(_kept({**unit, "organizationId": body}, UNITS), key=str(unit.get("uid")))


def _kept(thing: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: diavgeia_decision.joined(thing.get(name)) for name in names}
