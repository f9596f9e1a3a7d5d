"""The sources that ship: sound, honest about their examples, and the sample city comes in as it was made."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.city import load_city
from ckanext.patrasparticipation.harvesters.examples import check_examples
from ckanext.patrasparticipation.harvesters.fetch import Opener, Policy
from ckanext.patrasparticipation.harvesters.sample import files
from ckanext.patrasparticipation.harvesters.source import load_folder
from ckanext.patrasparticipation.schemas.derive.record_feed import record_feeds
from ckanext.patrasparticipation.schemas.load import feeds, table_feed, vocabulary
from ckanext.patrasparticipation.tests.list_sink import ListSink

SOURCES = Path(harvesters.__file__).parent / "sources"
CITIES = {folder.name: load_city(folder) for folder in sorted(SOURCES.iterdir()) if folder.is_dir()}
SHIPPED = [
    pytest.param(city, source, id=source.name)
    for city in CITIES.values()
    for source in load_folder(city.folder, feeds(), table=table_feed, records=record_feeds()).values()
]


@pytest.mark.parametrize(("city", "source"), SHIPPED)
def test_examples_hold(city, source):
    check_examples(source, city.areas)


@pytest.mark.parametrize(("city", "source"), SHIPPED)
def test_codes_are_those_of_the_vocabularies_and_the_publisher_is_the_city_s(city, source):
    about = source.about
    for name, code in (("licence", about.license), ("theme", about.theme), ("frequency", about.frequency)):
        assert code in {term.code for term in vocabulary(name).terms}
    assert about.publisher in city.publishers
    assert len(about.tags) >= 2
    assert about.notes["el"]
    assert about.notes["en"]


@pytest.mark.parametrize(("city", "source"), SHIPPED)
def test_a_made_up_city_says_so_in_every_source(city, source):
    assert source.about.sample == city.sample
    assert ("δείγμα" in source.about.title["el"]) == city.sample
    assert ("sample" in source.about.title["en"]) == city.sample
    assert source.name.startswith(f"{city.name}-")


@pytest.fixture(scope="module")
def incoming(tmp_path_factory):
    folder = tmp_path_factory.mktemp("incoming")
    for name, content in files().items():
        (folder / name).write_bytes(content)
    return folder


SAMPLE = {
    "sample-street-lights": (3122, 48, {
        ("lon", "outside_box"): 2, ("lon", "empty"): 1, ("lamp_technology", "not_in_table"): 1,
        ("power_w", "too_big"): 1, ("power_w", "not_a_number"): 1,
    }),
    "sample-waste-bins": (2221, 21, {
        ("installed_on", "not_a_date"): 1, ("container_kind", "not_in_table"): 1,
        ("capacity_l", "not_an_integer"): 1, ("lon", "empty"): 1, ("asset_id", "empty"): 1,
    }),
    "sample-wifi-hotspots": (164, 4, {
        ("lon", "empty"): 1, ("status", "not_in_table"): 1, ("asset_id", "wrong_pattern"): 1,
    }),
    "sample-parking-facilities": (68, 1, {("capacity", "not_an_integer"): 1, ("max_height_m", "too_big"): 1}),
    "sample-parking-spaces": (430, 2, {
        ("space_type", "not_in_table"): 1, ("length_m", "too_big"): 1, ("lon", "outside_box"): 1,
    }),
}  # fmt: skip
"""Loaded, deduplicated, and refused by column and reason: exactly the faults that the generator put in."""


@pytest.mark.parametrize("name", SAMPLE)
def test_the_sample_city_comes_in_with_the_faults_it_was_given_and_no_others(name, incoming):
    city = CITIES["sample"]
    source = load_folder(city.folder, feeds(), table=table_feed, records=record_feeds())[name]
    sink, now = ListSink(), datetime(2026, 11, 24, tzinfo=timezone.utc)
    with Opener(Policy(files_folder=incoming)) as opener:
        report = pipeline.run(source, opener=opener, sink=sink, areas=city.areas, now=now)
    loaded, deduplicated, refused = SAMPLE[name]
    assert report.outcome == "published", report.reason.text["en"]
    assert (sink.published.loaded, sink.published.deduplicated) == (loaded, deduplicated)
    assert report.refused == refused
    assert sink.rows["municipal_unit"].null_count() == 0
