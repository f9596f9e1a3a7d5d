"""A catalogue behind a real web server, for tests that need a browser or a second client."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOOT = 120  # seconds a busy machine may take


@contextmanager
def served() -> Iterator[str]:
    """Serve the tests' databases as ``make run`` serves the catalogue's, and yield the address.

    Raises:
        RuntimeError: the server ended or did not answer in time; its last words are in the message.
    """
    ini, port = os.environ["PATRAS_INI"], os.environ["PATRAS_WEB_PORT"]
    log = Path(ini).parent / "log" / "web.log"
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [
        str(gunicorn), "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
        "--timeout", "120", "ckanext.patrasparticipation.wsgi",
    ]  # fmt: skip
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | {"CKAN_INI": ini})
    try:
        _await(server, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


def _await(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + BOOT
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/3/action/status_show", timeout=20):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"no answer from {address}:\n{log.read_text(encoding='utf-8')[-3000:]}")
