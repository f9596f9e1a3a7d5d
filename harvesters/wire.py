"""The wire: every connection goes to an address checked at that moment, and ends when its time is up."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import certifi
import httpcore

from . import addresses
from .policy import Limits, Policy

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order of preference; raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def tls(policy: Policy) -> ssl.SSLContext:
    """TLS that always verifies: the system's authorities, certifi's, and the operator's."""
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=certifi.where())
    if policy.authorities:
        context.load_verify_locations(cafile=policy.authorities)
    return context


class TimeIsUp(Exception):
    """Patience ended; ``phase`` is ``first_byte``, ``no_progress`` or ``total``, with its seconds."""

    def __init__(self, phase: str, seconds: float) -> None:
        super().__init__(f"{phase}: {seconds:g} s")
        self.phase, self.seconds = phase, seconds


class Clock:
    """How much of an attempt's time is left, in seconds."""

    def __init__(self, total: float) -> None:
        self.total = total
        self.ends = time.monotonic() + total

    def left(self, wanted: float) -> float:
        """The smaller of the time wanted and the time left; raises ``TimeIsUp``."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeIsUp("total", self.total)
        return min(left, wanted)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to addresses that it resolved and checked itself: no second look-up, so no DNS rebinding.

    TLS and the ``Host`` header keep the name, because only the socket is told the address.
    """

    def __init__(self, policy: Policy, clock: Clock, resolve: Resolve = resolve) -> None:
        self.policy, self.clock, self.resolve = policy, clock, resolve
        self.sync = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; raises ``AddressRefused`` or httpcore's errors."""
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for ip in self.checked(host, port):
            try:
                within = self.clock.left(self.policy.limits.connect)
                stream = self.sync.connect_tcp(ip, port, timeout=within, socket_options=socket_options)
                return TimedStream(stream, self.clock, self.policy.limits)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    def checked(self, host: str, port: int) -> list[str]:
        """What the host resolves to, once every address has been found fit."""
        name = host.rstrip(".").lower()
        ip = addresses.literal(name)
        try:
            found = [str(ip)] if ip else self.resolve(name, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host}: {error}") from error
        return addresses.check(host, name, found, self.policy.allow_private)


class TimedStream(httpcore.NetworkStream):
    """A stream that waits for the first byte, then for progress, and never beyond the attempt's end."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock, limits: Limits) -> None:
        self.stream, self.clock, self.limits = stream, clock, limits
        self.started = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes; raises ``TimeIsUp``."""
        phase = "no_progress" if self.started else "first_byte"
        patience = self.limits.no_progress if self.started else self.limits.first_byte
        try:
            data = self.stream.read(max_bytes, self.clock.left(patience))
        except httpcore.ReadTimeout as error:
            self.clock.left(patience)
            raise TimeIsUp(phase, patience) from error
        self.started = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write the request; raises ``TimeIsUp``."""
        try:
            self.stream.write(buffer, self.clock.left(self.limits.no_progress))
        except httpcore.WriteTimeout as error:
            raise TimeIsUp("no_progress", self.limits.no_progress) from error

    def close(self) -> None:
        """Close the socket."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on over TLS, under the server's name; the watch goes on too."""
        within = self.clock.left(self.limits.connect)
        return TimedStream(
            self.stream.start_tls(ssl_context, server_hostname, within), self.clock, self.limits
        )

    def get_extra_info(self, info: str) -> Any:
        """What the socket knows about itself."""
        return self.stream.get_extra_info(info)
