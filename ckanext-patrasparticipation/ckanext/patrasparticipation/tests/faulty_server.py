"""A web server that fails on purpose: one route per fault, and a count of who came."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ckanext.patrasparticipation.tests import faulty_routes


class Handler(BaseHTTPRequestHandler):
    """Looks the route up in its server's ``routes``; a route may do what it likes with the socket."""

    protocol_version = "HTTP/1.1"
    server: FaultyServer

    def do_GET(self) -> None:  # the name http.server asks for
        """Count the visit, keep the headers, and fail as the route says."""
        name = self.route
        self.server.hits[name] += 1
        self.server.headers[name] = dict(self.headers)
        self.close_connection = True
        if name in self.server.bodies:
            body, headers = self.server.bodies[name]
            return self.answer(body, **headers)
        return self.server.routes[name](self)

    def answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """A whole answer; underscores in header names stand for dashes."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def route(self) -> str:
        """The first part of the path."""
        return self.path.lstrip("/").split("?", 1)[0].split("/", 1)[0]

    def visit(self) -> int:
        """Which visit to this route this is, from 1."""
        return self.server.hits[self.route]

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


class FaultyServer(ThreadingHTTPServer):
    """``hits`` counts visits by route, ``headers`` keeps the last request's, ``bodies`` adds routes."""

    daemon_threads = True

    def __init__(self, address: str = "127.0.0.1") -> None:
        super().__init__((address, 0), Handler)
        self.hits: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.bodies: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self.stopping = threading.Event()
        self.routes = faulty_routes.ROUTES

    def url(self, route: str = "good", scheme: str = "http", host: str = "127.0.0.1") -> str:
        """The address of a route."""
        return f"{scheme}://{host}:{self.server_port}/{route}"

    def put(self, route: str, body: bytes, **headers: Any) -> str:
        """Serve these bytes at a route (``status=``, ``ETag=``…); gives back its address."""
        self.bodies[route] = (body, headers)
        return self.url(route)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what these tests are about."""


@contextmanager
def running(server: FaultyServer | None = None) -> Iterator[FaultyServer]:
    """A server in a thread, until the block ends."""
    faulty = server or FaultyServer()
    thread = threading.Thread(target=faulty.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield faulty
    finally:
        faulty.stopping.set()
        faulty.shutdown()
        faulty.server_close()


def closed_port() -> int:
    """1: a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def full_backlog() -> Iterator[int]:
    """3: a port whose queue is full, so that connecting hangs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        try:
            yield int(port)
        finally:
            for one in crowd:
                one.close()
