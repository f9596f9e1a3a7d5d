"""CKAN's tables and the DataStore's permissions: made once, and again when they may have changed."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from . import postgres
from .addresses import environment
from .place import PACKAGE, ROOT, VENV, Place
from .shell import output, run


def ckan_env(place: Place) -> dict[str, str]:
    """The environment in which ``ckan`` talks to this place's services."""
    return os.environ | environment(place)


def ckan(place: Place, ini: Path, *words: str, log: str = "ckan-setup.log") -> None:
    """Run one ``ckan`` command against ``place``."""
    run([VENV / "ckan", "-c", ini, *words], place.log / log, env=ckan_env(place), cwd=ROOT)


def made(place: Place) -> bool:
    """Whether the tables were made before, so that there may be records."""
    return (place.folder / "tables.sha256").exists()


def prepare(place: Place, ini: Path) -> None:
    """Create and upgrade the tables, of CKAN and of every plugin, and let the read account read.

    What was done is remembered by a digest of the lock, the settings' plugin list and our migrations.
    """
    mark, wanted = place.folder / "tables.sha256", digest(ini)
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    ckan(place, ini, "db", "init")
    ckan(place, ini, "db", "upgrade")
    sql = output([VENV / "ckan", "-c", ini, "datastore", "set-permissions"], env=ckan_env(place), cwd=ROOT)
    postgres.psql(place, "postgres", sql)
    mark.write_text(wanted, encoding="utf-8")


def digest(ini: Path) -> str:
    """One number for everything that decides which tables there are."""
    plugins = [
        line for line in ini.read_text(encoding="utf-8").splitlines() if line.startswith("ckan.plugins")
    ]
    migrations = sorted((PACKAGE / "migration").rglob("*.py"))
    parts = [(ROOT / "requirements.lock").read_bytes(), "".join(plugins).encode()]
    parts += [path.name.encode() + path.read_bytes() for path in migrations]
    return sha256(b"\0".join(parts)).hexdigest()
