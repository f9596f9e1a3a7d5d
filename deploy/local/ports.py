"""Is a port free, is a service answering: asked of the socket itself."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from .place import Place
from .shell import Trouble


def free(port: int) -> bool:
    """Whether we could listen on ``port`` of 127.0.0.1."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def demand(place: Place) -> None:
    """See that every port of ``place`` is free.

    Raises:
        Trouble: some are taken; the message names each, what it is for, and the variable that moves them.
    """
    taken = [f"{port} ({name})" for name, port in place.ports.items() if not free(port)]
    if taken:
        raise Trouble(
            f"these ports of 127.0.0.1 are taken by another program: {', '.join(taken)}.\n"
            f"Free them, or choose others: {place.variable}={place.base + 100} (uses five from there on)"
        )


def opens(port: int) -> bool:
    """Whether something listens on ``port``."""
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    """Whether ``url`` answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def wait(what: str, ready: Callable[[], bool], seconds: float, log: str) -> None:
    """Wait until ``ready()``.

    Raises:
        Trouble: it did not come within ``seconds``; the message names the log to read.
    """
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise Trouble(f"{what} did not answer within {seconds:.0f} s; its log: {log}")
        time.sleep(0.2)
