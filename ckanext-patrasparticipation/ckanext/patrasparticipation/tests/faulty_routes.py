"""The faults a source can have, as routes; the numbers are those of the fault matrix."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import time
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .faulty_server import Handler

ROWS = json.dumps([{"id": number, "street": "Κορίνθου"} for number in range(200)]).encode()
PAGE = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"


def good(to: Handler) -> None:
    """200, JSON, an ETag; 304 when the ETag is the caller's."""
    if to.headers.get("If-None-Match") == '"one"':
        to.send_response(304)
        to.send_header("ETag", '"one"')
        return to.end_headers()
    return to.answer(ROWS, Content_Type="application/json", ETag='"one"', Last_Modified=_date(0))


def never_answers(to: Handler) -> None:
    """4: accepts and is silent until the server stops."""
    to.server.stopping.wait(20)


def drip(to: Handler) -> None:
    """5: one byte at a time."""
    to.send_response(200)
    to.send_header("Content-Length", str(len(ROWS)))
    to.end_headers()
    for byte in ROWS:
        if to.server.stopping.wait(0.05):
            return
        to.wfile.write(bytes([byte]))
        to.wfile.flush()


def drip_headers(to: Handler) -> None:
    """5, before the body: a header that never ends."""
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not to.server.stopping.wait(0.05):
        to.wfile.write(b"x")
        to.wfile.flush()


def stalls(to: Handler) -> None:
    """5: half the body, then nothing."""
    to.answer(ROWS[: len(ROWS) // 2], length=len(ROWS))
    to.wfile.flush()
    to.server.stopping.wait(20)


def reset(to: Handler) -> None:
    """6: a reset in the middle of the body."""
    to.answer(ROWS[: len(ROWS) // 2], length=len(ROWS))
    to.wfile.flush()
    time.sleep(0.05)
    to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    to.connection.close()


def short(to: Handler) -> None:
    """7: Content-Length is larger than the body."""
    to.answer(ROWS, length=len(ROWS) + 1)


def chunked(to: Handler, end: bytes = b"") -> None:
    """8: chunks, and no last chunk."""
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    to.wfile.write(f"{len(ROWS):x}\r\n".encode() + ROWS + b"\r\n" + end)


def chunked_whole(to: Handler) -> None:
    """Chunks that end as they should."""
    chunked(to, b"0\r\n\r\n")


def cut_rows(to: Handler) -> None:
    """9: a correct Content-Length over lines cut at a row's end."""
    to.answer(b'{"id": 1}\n{"id": 2}\n', Content_Type="application/x-ndjson")


def status(code: int) -> Callable[[Handler], None]:
    """10: the same status whenever asked."""
    return lambda to: to.answer(PAGE, status=code, Content_Type="text/html")


def comes_back(to: Handler) -> None:
    """10: 502 twice, then well."""
    to.answer(ROWS) if to.visit() > 2 else to.answer(PAGE, status=502)


def retry_after(code: int, value: Callable[[], str]) -> Callable[[Handler], None]:
    """11, 12: busy once, naming when to come again; then well."""

    def route(to: Handler) -> None:
        to.answer(ROWS) if to.visit() > 1 else to.answer(b"busy", status=code, Retry_After=value())

    return route


def redirect(to: Handler) -> None:
    """18, 19: to where the query says."""
    to.answer(b"", status=302, Location=to.path.split("to=", 1)[1])


def loop(to: Handler) -> None:
    """18: to itself."""
    to.answer(b"", status=302, Location="/loop")


def hops(to: Handler) -> None:
    """18: as many redirects as the path's number, then well."""
    left = int(to.path.rsplit("/", 1)[1])
    to.answer(b"", status=302, Location=f"/hops/{left - 1}") if left else to.answer(ROWS)


def not_modified(to: Handler) -> None:
    """22: 304, asked or not."""
    to.send_response(304)
    to.end_headers()


def same_etag(to: Handler) -> None:
    """23: an ETag that does not move while the body does."""
    to.answer(ROWS + b" " * to.visit(), ETag='"still"')


def new_etag(to: Handler) -> None:
    """24: an ETag that moves while the body does not."""
    to.answer(ROWS, ETag=f'"{to.visit()}"')


@cache
def zeros() -> bytes:
    """150 MB of zeros as some 150 kB of gzip."""
    machine = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = bytes(1024 * 1024)
    return b"".join(machine.compress(block) for _ in range(150)) + machine.flush()


def bomb(to: Handler) -> None:
    """25: a small answer that expands to 150 MB."""
    to.answer(zeros(), Content_Encoding="gzip")


def gzipped(to: Handler) -> None:
    """A body that is compressed, and says so."""
    to.answer(gzip.compress(ROWS[:100]) + gzip.compress(ROWS[100:]), Content_Encoding="gzip")


def gzip_cut(to: Handler) -> None:
    """7 and 25: the right length of a gzip stream that lacks its end."""
    to.answer(gzip.compress(ROWS)[:-20], Content_Encoding="gzip")


def not_gzip(to: Handler) -> None:
    """26: says gzip, is not."""
    to.answer(ROWS, Content_Encoding="gzip")


def brotli(to: Handler) -> None:
    """26: an encoding nobody asked for."""
    to.answer(ROWS, Content_Encoding="br")


def wrong_charset(to: Handler) -> None:
    """26: UTF-8 that calls itself latin-1."""
    to.answer(ROWS, Content_Type="application/json; charset=iso-8859-1")


def no_http(to: Handler) -> None:
    """Something that is not HTTP."""
    to.wfile.write(b"220 ftp.example.org ready\r\n")


def _date(seconds: float) -> str:
    """A moment from now, as HTTP writes it."""
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=seconds), usegmt=True)


ROUTES: dict[str, Callable[[Handler], None]] = {
    route.__name__: route
    for route in (
        good, never_answers, drip, drip_headers, stalls, reset, short, chunked, chunked_whole, cut_rows,
        comes_back, redirect, loop, hops, not_modified, same_etag, new_etag, bomb, gzipped, gzip_cut,
        not_gzip, brotli, wrong_charset, no_http,
    )
} | {
    "s404": status(404), "s500": status(500), "s502": status(502), "s503": status(503), "s206": status(206),
    "busy_seconds": retry_after(503, lambda: "2"),
    "busy_date": retry_after(429, lambda: _date(3)),
    "busy_long": retry_after(429, lambda: _date(2 * 3600)),
    "busy_nonsense": retry_after(503, lambda: "soon"),
    "html": lambda to: to.answer(PAGE, Content_Type="text/html"),
    "empty": lambda to: to.answer(b""),
    "no_rows": lambda to: to.answer(b"[]", Content_Type="application/json"),
}  # fmt: skip
