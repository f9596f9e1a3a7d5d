"""A city of one source, ready to be harvested, on the real services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ckan.plugins import toolkit as tk

from .feeds_ground import CITY, SOURCE, UNITS, Ground, site_ini


@pytest.fixture
def ground(
    with_plugins: None, clean_datastore: None, with_request_context: None, tmp_path: Path
) -> Iterator[Ground]:
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
    here = Ground(folder, incoming / "lights.csv")
    here.define(SOURCE)
    here.rows(5)
    site_ini(folder, settings)
    yield here
    tk.config.update(before)
