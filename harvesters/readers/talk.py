"""A conversation with a source that answers in many parts: politely, and never taking a web page for data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import orjson

from ..errors import SourceChanged, SourceUnavailable
from . import sniff

if TYPE_CHECKING:
    from ..opening import Fetched, Opener

PART = 64 * 1024 * 1024
"""Bytes of one answer that is parsed whole, at most."""
QUESTIONS = 10_000
"""Questions of one run, at most: a source whose pages never end must not hold a worker for ever."""
DELAY = 0.2
"""Seconds between two questions, unless the YAML's ``delay`` says otherwise."""


class Talk:
    """Asks the addresses of one source one after the other.

    ``notes`` are told in the report, as what the reader recognised.
    """

    def __init__(self, opener: Opener, options: Mapping[str, Any]) -> None:
        self._opener, self._delay = opener, float(options.get("delay", DELAY))
        self._path = options.get("path")
        self.base = str(options.get("url", "")).rstrip("/")
        self.asked = 0
        self.first: tuple[str, datetime] | None = None
        self.notes: dict[str, str] = {}

    def address(self, path: str, parameters: Mapping[str, Any] | None = None) -> str:
        """An address under the source's base; parameters that are nothing are left out."""
        given = {key: value for key, value in (parameters or {}).items() if value is not None}
        query = urlencode(given, quote_via=quote, safe=":;,")
        return f"{self.base}{path}" + (f"?{query}" if query else "")

    def fetch(self, address: str, post: bytes | None = None) -> Fetched:
        """The answer as a file; raises as ``Opener.open``, and ``SourceChanged`` (``too_many_pages``)."""
        if self.asked >= QUESTIONS:
            raise SourceChanged("too_many_pages", limit=QUESTIONS)
        if self.asked:
            self._opener.pause(self._delay)
        self.asked += 1
        fetched = self._opener.open(address, post=post)
        self.first = self.first or (fetched.address, fetched.fetched_at)
        return fetched

    @contextmanager
    def file(self, address: str) -> Iterator[Path]:
        """The answer as a file, there for the block alone; of a source with a ``path``, a copy of it."""
        fetched = self.fetch(address) if self._path is None else self._opener.open_path(self._path)
        self.first = self.first or (fetched.address, fetched.fetched_at)
        path = _file(fetched)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def body(self, address: str, post: bytes | None = None) -> bytes:
        """The whole answer; raises ``SourceUnavailable`` (``too_large``) above ``PART`` bytes."""
        path = _file(self.fetch(address, post))
        try:
            if path.stat().st_size > PART:
                raise SourceUnavailable("too_large", limit=PART)
            return path.read_bytes()
        finally:
            path.unlink(missing_ok=True)

    def json(self, address: str, post: bytes | None = None) -> Any:
        """The answer as parsed JSON.

        Raises:
            SourceChanged: ``answer_not_json``: a web page, XML, or JSON with a fault, with its position.
            SourceUnavailable: ``truncated``.
        """
        return parsed(self.body(address, post), address)


def _file(fetched: Fetched) -> Path:
    if fetched.path is None:
        raise ValueError("an opener gave “not modified” though nothing was said of what is there")
    return fetched.path


def parsed(body: bytes, address: str) -> Any:
    """JSON out of bytes; raises as ``Talk.json``."""
    start = body[: sniff.HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        found = "HTML" if sniff.is_page(start) else "XML"
        raise SourceChanged("answer_not_json", address=address, problem=found)
    try:
        return orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        if 0 < len(error.doc.rstrip()) <= error.pos:
            raise SourceUnavailable("truncated", where=address) from error
        raise SourceChanged("answer_not_json", address=address, problem=where(error)) from error


def where(error: orjson.JSONDecodeError) -> str:
    """Where JSON breaks, without a word of what stands there."""
    return f"{error.msg.split(':')[0]}: line {error.lineno}, column {error.colno}"
