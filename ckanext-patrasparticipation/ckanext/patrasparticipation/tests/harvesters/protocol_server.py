"""A web server that speaks a protocol, and stumbles, as a test says; and a walk against it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.fetch import Limits, Opener, Policy
from ckanext.patrasparticipation.harvesters.source import Source
from ckanext.patrasparticipation.tests.list_sink import ListSink

from .engine import NOW

SAMPLES = Path("/work/shared/data/participation")
PAGE = b"<!DOCTYPE html><html><head><title>Not data</title></head><body></body></html>"
FAST = Limits(connect=1, first_byte=0.5, no_progress=0.5, total=5, tries=3, backoff=0.01, backoff_max=0.02)


@dataclass
class Asked:
    """A request: its path (decoded), its parameters (the last of each), and the JSON of a POST."""

    path: str
    parameters: dict[str, str]
    post: Any = None


@dataclass
class Told:
    """An answer. ``body`` is bytes, or something to be written as JSON."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0  # bytes that are announced and never come
    silent: bool = False

    @property
    def raw(self) -> bytes:
        return (
            self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()
        )


BUSY = Told({"error": "slow down"}, 429, {"Retry-After": "1"})
BROKEN = Told({"error": "inside"}, 500)
HTML = Told(PAGE, headers={"Content-Type": "text/html"})
CUT = Told([1, 2, 3], cut=10)
SLOW = Told({}, silent=True)


class Server(ThreadingHTTPServer):
    """``speak`` answers; what ``stumbles`` has under the number of the request, from 1, comes instead."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.speak, self.stumbles = answer, {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self._respond(None)

    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/json"
        self._respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _respond(self, post: Any) -> None:
        parts = urlsplit(self.path)
        given = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(unquote(parts.path), given, post)
        self.server.asked.append(asked)
        told = self.server.stumbles.get(len(self.server.asked)) or self.server.speak(asked)
        told = told if isinstance(told, Told) else Told(told)
        self.close_connection = True
        if told.silent:
            self.server.stopping.wait(5)
            return
        self.send_response(told.status)
        for name, value in {"Content-Type": "application/json", **told.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.raw) + told.cut))
        self.end_headers()
        self.wfile.write(told.raw)

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@contextmanager
def speaking(answer: Callable[[Asked], Any]) -> Iterator[Server]:
    """A server in a thread, until the block ends."""
    server = Server(answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()


def harvest(source: Source, folder: Path, **options: Any) -> tuple[pipeline.Report, ListSink]:
    """Harvest over the wire, with the real opener and its guard; waits are noted, not waited."""
    sink = ListSink()
    policy = Policy(allow_private=("127.0.0.1",), limits=FAST, spool=folder / "spool")
    waits: list[float] = options.pop("waits", [])
    with Opener(policy, sleep=waits.append) as opener:
        report = pipeline.run(source, opener=opener, sink=sink, now=options.pop("now", NOW), **options)
        assert not list(opener.folder.iterdir()), "an answer was left behind"
    return report, sink


def sample(name: str) -> bytes:
    """A captured answer; the test is skipped where there is none."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"the captured answer {name} is not on this machine ({SAMPLES})")
    return path.read_bytes()
