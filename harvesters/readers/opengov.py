"""opengov.gr: the lists of consultations of the Greek ministries, and what each page says of its own.

A number is unique only within its ministry: both name a consultation. Comments are counted, never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from lxml import html

from ..errors import SourceChanged
from .gather import Part
from .greek_days import moment
from .talk import Talk

Options = Mapping[str, Any]

LIST = ("id", "ministry", "number", "title", "url", "announced_on")
PAGE = ("opens_at", "closes_at", "documents", "comments")
"""What only the page of a consultation tells; it is asked where one of these is wanted."""


def _class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


LISTED = f"//div[{_class('archive_list')}]//li"
NEXT = f"//a[{_class('nextpostslink')}]"
DAYS = f"//div[{_class('sidespot')} and {_class('red_spot')}]//h4//span"
FILES = f"//div[{_class('sidespot')} and {_class('orange_spot')}]//span[{_class('file')}]//a[@href]"
_COMMENTS = re.compile(r"(\d+)\s+Σχόλι[αο]\s+επ[ιί]\s+της", re.I)


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that there are not."""
    yield from sorted(wanted - {*LIST, *PAGE})


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """The consultations announced ``from`` that day on, newest first.

    Raises:
        SourceChanged: ``answer_shape`` when a page is no list of consultations.
    """
    number = 1
    while True:
        address = talk.base if number == 1 else f"{talk.base}/page/{number}"
        page = _page(talk, address)
        items = _find(page, LISTED)
        if not items:
            raise SourceChanged("answer_shape", address=address, problem="no list of consultations")
        found = [_item(item, f"{address}: {place}") for place, item in enumerate(items, 1)]
        for part in found:
            if part.refused or str(part.cells["announced_on"]) >= options["from"]:
                yield _with_page(talk, part) if set(PAGE) & wanted and not part.refused else part
        if not _goes_on(page, number + 1, address) or _all_older(found, options["from"]):
            return
        number += 1


def _page(talk: Talk, address: str) -> html.HtmlElement:
    body = talk.body(address)
    if not body.lstrip().startswith(b"<"):
        raise SourceChanged("answer_shape", address=address, problem="no HTML")
    return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8", no_network=True))


def _item(item: html.HtmlElement, where: str) -> Part:
    """An entry of the list; one without link, number or day is put aside."""
    links, days = _find(item, ".//a[@href]"), _find(item, f".//span[{_class('start')}]")
    link = _parted(str(links[0].get("href"))) if links else None
    ministry = link.path.strip("/").split("/")[0] if link else ""
    number = next(iter(parse_qs(link.query).get("p", ())), "") if link else ""
    announced = moment(_words(days[0])) if days else None
    if not (
        link and link.hostname and link.scheme in ("http", "https") and ministry and number and announced
    ):
        return Part(refused="unreadable_part", told=where)
    cells = {
        "id": f"{ministry}-{number}",
        "ministry": ministry,
        "number": number,
        "title": _words(links[0]),
        "url": urlunsplit((link.scheme, link.hostname, link.path, link.query, "")),
        "announced_on": announced,
    }
    return Part(cells, key=cells["id"])


def _parted(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _find(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found = element.xpath(path)
    return [item for item in found if isinstance(item, html.HtmlElement)]


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _goes_on(page: html.HtmlElement, number: int, address: str) -> bool:
    """Whether there is a next page; it must be the one that comes next."""
    links = [str(link.get("href")) for link in _find(page, NEXT)]
    if links and not links[0].rstrip("/").endswith(f"/page/{number}"):
        raise SourceChanged("other_question", address=address, wanted=f"/page/{number}", found=links[0][:200])
    return bool(links)


def _all_older(found: list[Part], start: str) -> bool:
    days = [str(part.cells["announced_on"]) for part in found if not part.refused]
    return bool(days) and max(days) < start


def _with_page(talk: Talk, part: Part) -> Part:
    """What the consultation's own page adds: when it opens and closes, its documents, how many comments."""
    ministry, number = part.cells["ministry"], part.cells["number"]
    site = urlsplit(talk.base)
    address = urlunsplit((site.scheme, site.netloc, f"/{ministry}/", f"p={number}", ""))
    page = _page(talk, address)
    days = [moment(_words(span)) for span in _find(page, DAYS)]
    days = [day for day in days if day]
    files = [str(link.get("href")) for link in _find(page, FILES)]
    comments = _COMMENTS.search(page.text_content())
    told = {
        "opens_at": days[0] if days else None,
        "closes_at": days[1] if len(days) > 1 else None,
        "documents": ";".join(file for file in files if file.startswith(("http://", "https://"))) or None,
        "comments": comments[1] if comments else None,
    }
    return Part({**part.cells, **told}, key=part.key)
