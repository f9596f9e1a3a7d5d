"""Where the real samples lie, and how a source walks from them into a list."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.city import load_city
from ckanext.patrasparticipation.harvesters.fetch import Opener, Policy
from ckanext.patrasparticipation.harvesters.source import Source, load_folder
from ckanext.patrasparticipation.schemas.derive.record_feed import record_feeds
from ckanext.patrasparticipation.schemas.load import feeds, table_feed
from ckanext.patrasparticipation.tests.list_sink import ListSink

PACKAGE = Path(harvesters.__file__).parent
ROOT = Path(harvesters.__file__).resolve().parents[1]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


Walk = Callable[[Source], tuple[pipeline.Report, ListSink]]


@pytest.fixture(scope="session")
def municipal() -> Path:
    """The folder of real municipal samples; it is not part of the project."""
    data = Path(os.environ.get("PATRAS_SHARED", ROOT.parent / "shared" / "data"))
    if not (data / "municipal").is_dir():
        pytest.skip(f"no real samples at {data} (set PATRAS_SHARED to the folder that holds municipal/)")
    return data / "municipal"


@pytest.fixture(scope="session")
def incoming(municipal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of incoming files as an operator would lay them out: copies, and shapefiles zipped."""
    folder = tmp_path_factory.mktemp("incoming")
    for path in (
        municipal / "patras" / "sensecity_fix_points_patras.json",
        *(municipal / "faults").iterdir(),
    ):
        (folder / path.name).write_bytes(path.read_bytes())
    for shapefile in (municipal / "patras" / "gis" / "shp").glob("*.shp"):
        with zipfile.ZipFile(folder / f"{shapefile.stem}.zip", "w") as packed:
            for part in shapefile.parent.glob(f"{shapefile.stem}.*"):
                packed.write(part, part.name)
    return folder


@pytest.fixture(scope="session")
def sources() -> dict[str, Source]:
    """The shipped sources of Patras, by name."""
    return load_folder(PACKAGE / "sources" / "patras", feeds(), table=table_feed, records=record_feeds())


@pytest.fixture
def walk(incoming: Path) -> Iterator[Walk]:
    """Harvest a source into a list, with the real opener and the real areas."""
    areas = load_city(PACKAGE / "sources" / "patras").areas
    with Opener(Policy(files_folder=incoming)) as opener:

        def harvest(source: Source) -> tuple[pipeline.Report, ListSink]:
            sink = ListSink()
            return pipeline.run(source, opener=opener, sink=sink, areas=areas, now=NOW), sink

        yield harvest
