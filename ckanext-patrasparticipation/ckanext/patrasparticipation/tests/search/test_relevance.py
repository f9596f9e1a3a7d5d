"""How well a visitor finds: the judged queries, asked anonymously of the whole catalogue."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pysolr
import pytest
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.search import document
from ckanext.patrasparticipation.tests.search import corpus

NAMELESS = {"ignore_auth": False, "user": ""}


@pytest.fixture
def catalogue(with_plugins: None, clean_db: None, clean_index: None) -> None:
    """The corpus and its distractors, created as datasets."""
    rows = [*corpus.rows("corpus"), *corpus.rows("distractors")]
    told = {row["name"]: corpus.hidden(row) for row in rows}
    plain = document.enrich

    def enriched(indexed: dict[str, Any], definition: Any) -> dict[str, Any]:
        return plain(indexed, definition) | told.get(indexed["name"], {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "enrich", enriched)
        patch.setitem(tk.config, "ckan.search.solr_commit", False)
        corpus.load(rows)
    return


def ask(text: str) -> list[str]:
    """The names of the first five answers, for a visitor without a name."""
    found = tk.get_action("package_search")(dict(NAMELESS), {"q": text, "rows": 5, "facet": "false"})
    return [record["name"] for record in found["results"]]


def solr_filters(text: str) -> list[str]:
    """What Solr is told to keep to while the text is asked for."""
    with mock.patch.object(pysolr.Solr, "search", autospec=True, side_effect=pysolr.Solr.search) as solr:
        ask(text)
    return list(solr.call_args.kwargs["fq"])


@pytest.mark.usefixtures("catalogue")
def test_the_judged_queries_find_what_they_mean() -> None:
    assert '+permission_labels:("public")' in solr_filters("κάδοι")  # anonymous, not merely nobody's name
    found = corpus.figures((row, ask(row["query"])) for row in corpus.rows("dev_queries"))
    for group, (recall, rank, zero, count) in sorted(found.items()):
        print(f"{group:12} {count:3} recall@5 {recall:.3f}  MRR {rank:.3f}  zero {zero:.3f}")
    assert found["all"][0] >= 0.95
    assert found["all"][1] >= 0.97
    assert min(recall for recall, *_ in found.values()) >= 0.88
