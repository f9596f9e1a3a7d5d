"""How well a visitor finds: judged queries, asked anonymously of the whole catalogue.

Sixty were there while the search was tuned. Nothing was tuned on the twenty of ``own_queries.jsonl``: they
were written before any was asked, asked once, and are kept as they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pysolr
import pytest
from ckan import model

from ckanext.patrasparticipation.tests.search import corpus

OWN = Path(__file__).with_name("own_queries.jsonl")


@pytest.fixture
def catalogue(with_plugins: None, request: pytest.FixtureRequest) -> None:
    """The corpus and its distractors, created as datasets; once, as that takes long."""
    given = [*corpus.rows("corpus"), *corpus.rows("distractors")]
    names = model.Session.query(model.Package.name).filter_by(state="active")
    if {name for (name,) in names} != {row["name"] for row in given}:
        request.getfixturevalue("clean_db")
        request.getfixturevalue("clean_index")
        corpus.create(given)


def solr_filters(text: str) -> list[str]:
    """What Solr is told to keep to while the text is asked for."""
    with mock.patch.object(pysolr.Solr, "search", autospec=True, side_effect=pysolr.Solr.search) as solr:
        corpus.ask(text)
    return list(solr.call_args.kwargs["fq"])


def asked(rows: list[corpus.Row]) -> dict[str, tuple[float, float, float, int]]:
    """The figures of these queries, by class and for all; printed, too."""
    found = corpus.figures((row, corpus.ask(row["query"])) for row in rows)
    for group, (recall, rank, zero, count) in sorted(found.items()):
        print(f"{group:12} {count:3} recall@5 {recall:.3f}  MRR {rank:.3f}  zero {zero:.3f}")
    return found


@pytest.mark.usefixtures("catalogue")
def test_the_judged_queries_find_what_they_mean() -> None:
    assert '+permission_labels:("public")' in solr_filters("κάδοι")  # anonymous, not merely nobody's name
    found = asked(corpus.rows("dev_queries"))
    assert found["all"][0] >= 0.95
    assert found["all"][1] >= 0.97
    assert min(recall for recall, *_ in found.values()) >= 0.88


@pytest.mark.usefixtures("catalogue")
def test_queries_that_nobody_tuned_find_what_they_mean() -> None:
    found = asked([json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()])
    assert found["all"][3] == 20
    assert found["all"][0] >= 0.95
    assert found["all"][1] >= 0.95
    assert min(recall for recall, *_ in found.values()) >= 0.85
