"""Where one set of services lives: its folder, its ports, its names. Computed, never written twice."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ckanext-patrasparticipation" / "ckanext" / "patrasparticipation"
VENV = ROOT / ".venv" / "bin"
POSTGRES = Path(os.environ.get("PATRAS_POSTGRES", "/usr/lib/postgresql/15/bin"))
BASE, TEST_OFFSET = 55400, 50  # the catalogue's ports begin here, the tests' ports 50 above


@dataclass(frozen=True)
class Place:
    """One set of services: PostgreSQL, Redis, Solr and, for the catalogue, its web server and worker.

    ``folder`` holds all its data; five ports begin at ``base``, which ``variable`` of the environment moves;
    ``suffix`` ends its database and core names.
    """

    folder: Path
    base: int
    suffix: str
    redis_number: int
    variable: str

    @property
    def ports(self) -> dict[str, int]:
        """Port by service."""
        names = ("web", "postgres", "redis", "solr", "supervisor")
        return {name: self.base + step for step, name in enumerate(names)}

    @property
    def log(self) -> Path:
        """The folder of the logs."""
        return self.folder / "log"

    @property
    def ini(self) -> Path:
        """CKAN's settings."""
        return self.folder / "ckan.ini"

    @property
    def core(self) -> str:
        """The name of the Solr core."""
        return f"ckan{self.suffix}"

    @property
    def site_url(self) -> str:
        """Where a browser finds the catalogue."""
        return os.environ.get("PATRAS_SITE_URL") or f"http://127.0.0.1:{self.ports['web']}"


def var() -> Path:
    """The folder of everything that running makes: ``var/``, or where ``PATRAS_VAR`` says."""
    return Path(os.environ.get("PATRAS_VAR") or ROOT / "var").resolve()


def first_port(variable: str) -> int | None:
    """The port that ``variable`` of the environment names, if it does.

    Raises:
        SystemExit: what it says is not a port that leaves room for the ports after it.
    """
    given = os.environ.get(variable)
    if not given:
        return None
    if not given.isdigit() or not 1024 <= int(given) <= 65000:
        raise SystemExit(f"{variable}={given!r}: expected a number from 1024 to 65000")
    return int(given)


def used_port(folder: Path) -> int | None:
    """The first port that was used last time in ``folder``, so that nobody has to say it twice."""
    path = folder / "port-base"
    return int(path.read_text(encoding="utf-8")) if path.exists() else None


def catalogue() -> Place:
    """The services behind ``make run``."""
    name, folder = "PATRAS_PORT_BASE", var()
    base = first_port(name) or used_port(folder) or BASE
    return Place(folder, base, suffix="", redis_number=0, variable=name)


def tests() -> Place:
    """The services behind ``make test``: a cluster, a Redis and a Solr that no reader sees."""
    name, folder = "PATRAS_TEST_PORT_BASE", var() / "test"
    beside = catalogue().base + TEST_OFFSET
    last = None if first_port("PATRAS_PORT_BASE") else used_port(folder)
    return Place(folder, first_port(name) or last or beside, suffix="_test", redis_number=1, variable=name)
