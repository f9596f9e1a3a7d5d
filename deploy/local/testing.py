"""``make check`` and ``make test``: every check and every test, in the order of what breaks first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import ini, packages, place, services, supervise, tables, vendor, venv
from .place import ROOT, VENV

PACKAGE = "ckanext-patrasparticipation/ckanext/patrasparticipation"
TESTS = f"{PACKAGE}/tests"
PURE = ["-p", "no:ckan", "-p", "no:ckan_fixtures", "-o", "addopts=--import-mode=importlib"]
LEAVES = "ckanext.patrasparticipation"
BESIDE = 10
"""Ports between the tests' services and those of the suite that runs beside."""
CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "YAML": ["yamllint", "--no-warnings", "schemas", "harvesters", PACKAGE],
    "types of the leaves": [
        "mypy", "--strict", "--cache-dir=.mypy_cache/strict", "-p", "deploy.local",
        "-p", f"{LEAVES}.schemas", "-p", f"{LEAVES}.harvesters",
    ],
    "types of the trunk": ["mypy", PACKAGE],
    "definitions": ["python", "-m", f"{LEAVES}.schemas.check"],
    "import rule": ["pytest", "-q", *PURE, f"{TESTS}/house/test_import_rule.py"],
}  # fmt: skip
SUITES: dict[str, list[str]] = {
    "pure tests": ["pytest", "-q", *PURE, f"{TESTS}/house", f"{TESTS}/schemas", f"{TESTS}/harvesters"],
    "CKAN tests": ["pytest", "-q", f"{TESTS}/catalogue", f"{TESTS}/search", f"{TESTS}/acceptance"],
    "browser tests": ["pytest", "-q", f"{TESTS}/browser"],
}


def check() -> None:
    """Every check, all of them even where one fails.

    Raises:
        SystemExit: some failed; the message names them.
    """
    packages.install(packages.TEST)
    venv.create()
    finish({name: passes(name, command) for name, command in CHECKS.items()})


def test() -> None:
    """Checks, pure tests, then CKAN's and the browser's tests side by side; their services stop with them.

    Raises:
        SystemExit: some failed; the message names them.
    """
    started = time.monotonic()
    packages.install(packages.TEST)
    venv.create()
    where = place.tests()
    ran_before = supervise.running(where)
    done = {name: passes(name, command) for name, command in CHECKS.items()}
    done["pure tests"] = passes("pure tests", SUITES["pure tests"])
    try:
        prepare()
        with beside() as browser:
            done["CKAN tests"] = passes("CKAN tests", SUITES["CKAN tests"])
            done["browser tests"] = browser.wait() == 0
    finally:
        if not ran_before:
            supervise.stop(where)
    print(f"\nall of it: {(time.monotonic() - started) / 60:.1f} min", flush=True)
    finish(done)


@contextmanager
def beside() -> Iterator[subprocess.Popen[bytes]]:
    """The browser's tests in a process and on services of their own: either suite leaves a core idle.

    What they print comes when they have ended, so that the two do not mix.
    """
    folder = place.var() / "beside"
    folder.mkdir(parents=True, exist_ok=True)
    if not (jars := folder / "solr-jars").exists():
        jars.symlink_to(place.var() / "solr-jars")
    env = os.environ | {"PATRAS_VAR": str(folder), "PATRAS_TEST_PORT_BASE": str(place.tests().base + BESIDE)}
    with tempfile.TemporaryFile() as told:
        words = [sys.executable, "-m", "deploy.local", "test-browser"]
        running = subprocess.Popen(
            words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT
        )
        try:
            yield running
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGINT)  # so that it stops its services
                running.wait()
            told.seek(0)
            print(told.read().decode("utf-8", "replace"), end="", flush=True)


def browser() -> None:
    """The browser's tests alone, with services that stop with them.

    Raises:
        SystemExit: some failed.
    """
    where = place.tests()
    ran_before = supervise.running(where)
    try:
        prepare()
        finish({"browser tests": passes("browser tests", SUITES["browser tests"])})
    finally:
        if not ran_before:
            supervise.stop(where)


def prepare() -> None:
    """Everything that a single test needs: ``make test-services``."""
    where = place.tests()
    packages.install(packages.TEST)
    venv.create()
    venv.translations()
    vendor.vendor()
    services.up(where)
    ini.write(where)
    tables.prepare(where, ROOT / "test.ini")


def passes(name: str, command: list[str]) -> bool:
    """Run one check in this terminal and say how it ended."""
    print(f"\n── {name}", flush=True)
    start = time.monotonic()
    env = os.environ | {"PATRAS_VAR": str(place.var())}
    words = [str(Path(VENV) / command[0]), *command[1:]]
    done = subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    print(
        f"── {name}: {'passed' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - start:.0f} s",
        flush=True,
    )
    return done.returncode == 0


def finish(done: dict[str, bool]) -> None:
    """Say what became of everything.

    Raises:
        SystemExit: some failed.
    """
    failed = [name for name, passed in done.items() if not passed]
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")
    print(f"passed: {', '.join(done)}")
