"""A city of one source, ready to be harvested, on the real services."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ckan.plugins import toolkit as tk

from .feeds_ground import CITY, SOURCE, UNITS, Ground, site_ini


@pytest.fixture
def ground(with_plugins: None, clean_datastore: None, tmp_path: Path) -> Iterator[Ground]:
    """An empty catalogue whose settings name a city in a folder of the test."""
    folder, incoming, storage = tmp_path / "city", tmp_path / "incoming", tmp_path / "storage"
    for each in (folder, incoming, storage):
        each.mkdir()
    (folder / "city.yaml").write_text(CITY, encoding="utf-8")
    (folder / "units.geojson").write_text(UNITS, encoding="utf-8")
    settings = {
        "ckanext.patrasparticipation.city": str(folder),
        "ckanext.patrasparticipation.files_folder": str(incoming),
        "ckan.storage_path": str(storage),
    }
    before = {name: tk.config.get(name) for name in settings}
    tk.config.update(settings)
    here = Ground(folder, incoming / "lights.csv", settings)
    here.define(SOURCE)
    here.rows(5)
    site_ini(folder, settings)
    yield here
    tk.config.update(before)


@pytest.fixture(scope="session")
def dying() -> Iterator[Callable[[Ground, str], int]]:
    """Run a source in a process that is killed at a point; gives the signal that ended it."""
    script = Path(__file__).with_name("feeds_dying.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(tk.config["__file__"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    words = iter(process.stdout.readline, "")
    assert any(line == "ready\n" for line in words), "the process that is to be killed did not start"

    def run(ground: Ground, point: str) -> int:
        process.stdin.write(json.dumps({"point": point, "settings": ground.settings}) + "\n")
        process.stdin.flush()
        return int(next(words))

    yield run
    process.stdin.close()
    process.wait(timeout=30)
