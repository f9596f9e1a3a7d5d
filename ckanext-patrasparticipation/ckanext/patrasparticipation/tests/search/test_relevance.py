"""How well a visitor finds: the judged queries, asked anonymously of the whole catalogue."""

from __future__ import annotations

from unittest import mock

import pysolr
import pytest

from ckanext.patrasparticipation.tests.search import corpus


@pytest.fixture
def catalogue(with_plugins: None, clean_db: None, clean_index: None) -> None:
    """The corpus and its distractors, created as datasets."""
    corpus.create([*corpus.rows("corpus"), *corpus.rows("distractors")])


def solr_filters(text: str) -> list[str]:
    """What Solr is told to keep to while the text is asked for."""
    with mock.patch.object(pysolr.Solr, "search", autospec=True, side_effect=pysolr.Solr.search) as solr:
        corpus.ask(text)
    return list(solr.call_args.kwargs["fq"])


@pytest.mark.usefixtures("catalogue")
def test_the_judged_queries_find_what_they_mean() -> None:
    assert '+permission_labels:("public")' in solr_filters("κάδοι")  # anonymous, not merely nobody's name
    found = corpus.figures((row, corpus.ask(row["query"])) for row in corpus.rows("dev_queries"))
    for group, (recall, rank, zero, count) in sorted(found.items()):
        print(f"{group:12} {count:3} recall@5 {recall:.3f}  MRR {rank:.3f}  zero {zero:.3f}")
    assert found["all"][0] >= 0.95
    assert found["all"][1] >= 0.97
    assert min(recall for recall, *_ in found.values()) >= 0.88
