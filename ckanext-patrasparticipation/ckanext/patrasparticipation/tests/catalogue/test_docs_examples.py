"""What the documentation tells people to type holds: its definitions are read by the program itself."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import yaml

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.harvesters.city import load_city
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import (
    accepted,
    build_feed,
    column_groups,
    feeds,
    table_feed,
    vocabulary,
)

DOCS = Path(__file__).resolve().parents[5] / "docs"
AREAS = Path(harvesters.__file__).parent / "sources" / "patras" / "areas"


def block(page, language="yaml"):
    """The first code block of a language on a page."""
    found = re.search(
        rf"^( *)```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S
    )
    return textwrap.dedent(found.group(2))


def test_the_feed_of_the_how_to_is_sound():
    content = accepted(yaml.safe_load(block("how-to/add-a-feed.md")), "feed.schema.yaml", "bench")
    feed = build_feed(content, column_groups(), vocabulary, "bench")
    assert {"asset_id", "seats", "material"} <= {column.name for column in feed.columns}


def test_the_city_of_the_how_to_is_sound(tmp_path):
    (tmp_path / "areas").mkdir()
    shutil.copy(AREAS / "municipal_unit.geojson", tmp_path / "areas")
    (tmp_path / "city.yaml").write_text(block("how-to/add-a-city.md"), encoding="utf-8")
    assert load_city(tmp_path).name == "volos"


def test_the_source_of_the_tutorial_is_sound():
    source = load_source(DOCS / "tutorial" / "fountains.yaml", feeds(), table=table_feed)
    assert source.feed.name == "table"
    assert len(source.examples) == 2


def test_the_tutorial_shows_the_files_it_copies():
    assert block("tutorial/first-feed.md").strip() == text("fountains.yaml")
    assert block("tutorial/first-feed.md", "csv").strip() == text("fountains.csv")


def text(name):
    return (DOCS / "tutorial" / name).read_text(encoding="utf-8").strip()
