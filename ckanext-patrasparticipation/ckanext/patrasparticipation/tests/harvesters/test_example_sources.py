"""The sources that the guide shows: sound, and what they say of their examples holds."""

from pathlib import Path

import pytest

from ckanext.patrasparticipation.harvesters.examples import check_examples
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.derive.record_feed import record_feeds
from ckanext.patrasparticipation.schemas.load import feeds, table_feed, vocabulary

from .test_shipped_sources import CITIES

FOLDER = Path(__file__).parents[5] / "docs" / "examples" / "sources"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.skipif(not FOLDER.is_dir(), reason="installed without the project's docs/")
def test_there_is_an_example_of_each_protocol_that_patras_does_not_use():
    assert {
        load_source(path, feeds(), table=table_feed, records=record_feeds()).reader.type for path in FILES
    } >= {
        "consul",
        "decidim",
        "open311",
        "opengov",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_holds_and_runs_by_itself_nowhere(path):
    source = load_source(path, feeds(), table=table_feed, records=record_feeds())
    check_examples(source, CITIES["patras"].areas)
    assert source.name == path.stem
    assert source.schedule is None
    frequencies = {term.code: term.attributes for term in vocabulary("frequency").terms}
    assert "period_seconds" not in frequencies[source.about.frequency]
    assert "example.org" in source.reader.address or "opengov.gr" in source.reader.address
