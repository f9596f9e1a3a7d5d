"""Debian packages: find which are missing by what they bring, and install them where we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

from .place import POSTGRES, var
from .shell import Trouble, run

EXTENSIONS = Path("/usr/share/postgresql/15/extension")


def brings(command: str) -> Callable[[], bool]:
    """Whether ``command`` is on the path, wherever it came from."""
    return lambda: shutil.which(command) is not None


RUN: dict[str, Callable[[], bool]] = {
    "python3-venv": lambda: find_spec("ensurepip") is not None,
    "postgresql-15": (POSTGRES / "initdb").exists,
    "postgresql-15-postgis-3": (EXTENSIONS / "postgis.control").exists,
    "redis-server": brings("redis-server"),
    "openjdk-17-jdk-headless": brings("javac"),
    "maven": brings("mvn"),
    "nodejs": brings("node"),
    "npm": brings("npm"),
    "libmagic1": lambda: find_library("magic") is not None,
}
R_LIBRARY = Path("/usr/lib/R/site-library")
TEST = RUN | {
    "chromium-headless-shell": brings("chromium-headless-shell"),
    "gettext": brings("msgfmt"),
    "curl": brings("curl"),  # the calls that pages show are run in each language
    "r-base-core": brings("Rscript"),
    "r-cran-jsonlite": (R_LIBRARY / "jsonlite").exists,
}


def missing(wanted: dict[str, Callable[[], bool]]) -> list[str]:
    """The packages whose part is not there."""
    return [name for name, there in wanted.items() if not there()]


def install(wanted: dict[str, Callable[[], bool]]) -> list[str]:
    """Install what is missing and say what that was.

    Raises:
        Trouble: neither root nor ``sudo`` without a question: the message is the line to type.
            Or the packages came and something is still not there.
    """
    names = missing(wanted)
    if not names:
        return []
    prefix = rights()
    if prefix is None:
        line = f"sudo apt-get update && sudo apt-get install -y {' '.join(names)}"
        raise Trouble(
            f"these Debian packages are missing; type this line, then again what you typed:\n\n  {line}\n"
        )
    log = var() / "log" / "apt.log"
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run([*prefix, "apt-get", "update", "-q"], log, env=env)
    run([*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *names], log, env=env)
    if still := missing(wanted):
        raise Trouble(f"installed, but still not found: {', '.join(still)}; log: {log}")
    return names


def rights() -> list[str] | None:
    """What stands before ``apt-get``: nothing for root, ``sudo -n`` where it asks no question, None else."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None
