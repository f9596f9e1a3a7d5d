"""CONSUL Democracy: 25 at a time to the last page, without who wrote or supported."""

import pytest

from ckanext.patrasparticipation.harvesters.errors import DefinitionError

from .protocol_server import BROKEN, BUSY, HTML, Told, harvest, speaking
from .test_decidim import table

FIELDS = {"number": "id", "title": "title", "published": "public_created_at", "supports": "cached_votes_up",
          "comments": "comments_count", "district": "geozone", "tags": "tags"}  # fmt: skip


def proposals(url, fields=FIELDS, **options):
    return table(fields, {"type": "consul", "url": url, "entity": "proposals", **options})


def node(number):
    return {
        "id": str(number),
        "title": "Δέντρα &amp; <i>σκιά</i>",
        "public_created_at": "2026-03-01 10:00:00 +0200",
        "cached_votes_up": 35,
        "comments_count": 0,
        "geozone": {"name": "Κέντρο"} if number % 2 else None,
        "tags": {"edges": [{"node": {"name": "Πράσινο"}}, {"node": {"name": "Δρόμοι"}}]},
    }


def consul(pages=3):
    def speak(asked):
        assert asked.path == "/graphql"
        page = int(asked.post["variables"]["after"] or 0)
        edges = [{"node": node(page * 25 + number)} for number in range(25)]
        info = {"hasNextPage": page + 1 < pages, "endCursor": str(page + 1)}
        return {"data": {"proposals": {"pageInfo": info, "edges": edges}}}

    return speak


def test_every_page_comes_and_only_what_is_mapped_is_asked(tmp_path):
    with speaking(consul()) as server:
        server.stumbles |= {2: BUSY, 4: BROKEN}
        report, sink = harvest(proposals(server.url), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows["number"].to_list() == [str(number) for number in range(75)]
    assert sink.rows.row(1, named=True) == {
        "number": "1", "title": "Δέντρα & σκιά", "published": "2026-03-01 10:00:00 +0200", "supports": "35",
        "comments": "0", "district": "Κέντρο", "tags": "Πράσινο;Δρόμοι",
    }  # fmt: skip
    queries = " ".join(asked.post["query"] for asked in server.asked)
    assert "author" not in queries
    assert "first: 25" in queries


def test_only_mapped_columns_stand_in_the_query(tmp_path):
    with speaking(consul(1)) as server:
        harvest(proposals(server.url, {"number": "id", "title": "title"}), tmp_path)
    assert "geozone" not in server.asked[0].post["query"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"errors": [{"message": "Query has depth of 9, which exceeds max depth of 8"}]}, "source_error"),
        ({"data": {"proposals": None}}, "answer_shape"),
        ({"data": {"proposals": {"edges": []}}}, "answer_shape"),
        (HTML, "answer_not_json"),
    ],
)
def test_an_error_with_200_or_another_answer_changes_nothing(answer, code, tmp_path):
    with speaking(consul()) as server:
        server.stumbles[2] = answer if isinstance(answer, Told) else Told(answer)
        report, sink = harvest(proposals(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("changed", code, [])


@pytest.mark.parametrize("column", ["public_author", "author", "summary", "description", "votes"])
def test_authors_and_their_words_cannot_be_asked_for(column):
    with pytest.raises(DefinitionError, match="column_not_given"):
        proposals("https://decide.example.org", {**FIELDS, "more": column})


@pytest.mark.parametrize("entity", ["users", "comments", "votes"])
def test_users_comments_and_votes_cannot_be_named(entity):
    with pytest.raises(DefinitionError, match="wrong_value"):
        proposals("https://decide.example.org", entity=entity)
