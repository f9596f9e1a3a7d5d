"""The second and third look: what they find, that filters and pages hold, that nothing typed breaks them."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pysolr
import pytest
from ckan import model
from ckan.lib.search import commit
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.model import SearchMiss
from ckanext.patrasparticipation.search import query
from ckanext.patrasparticipation.tests.catalogue import samples

NAMELESS = {"ignore_auth": False, "user": ""}
TYPED = [
    "κάδοι: χάρτης", "+++", "   ", "- -", "...", "AND", "OR OR", "NOT", "AND OR NOT", "κάδοι AND",
    "AND κάδοι", "κάδοι AND OR χάρτης", "NOT NOT κάδοι", "title:", "title: ", ":", "::", "title::",
    "title:κάδοι AND", "title:(κάδοι", "title:[", "title:[α TO", 'title:"κάδοι', "title:)", "title:κάδοι)",
    "(title:κάδοι", "organization:/[/", '"', '""', '"κάδοι', 'κάδοι"', '"" κάδοι', "(", ")", "(κάδοι",
    "κάδοι)", "[", "]", "{", "}", "((((", "κάδοι^", "κάδοι^-1", "κάδοι~", "κάδοι~99", "*", "?", "*:", "*:*",
    "*κάδοι*", "/", "/[a/", "\\", "κάδοι\\", "&&", "||", "!", "κάδοι && χάρτης", "a || b", "{!",
    "{!dismax}", "{!xmlparser v='<!DOCTYPE a SYSTEM \"http://127.0.0.1/\">'}", "\x1b[2J", "😀",
    "👨‍👩‍👧 παιδικές", "é", "κα\u0301δοι", "\u202eιοδάκ", "%", "%00", "&#39;", "<script>alert(1)</script>",
    "'; DROP TABLE package; --", "α" * 500, "λέξη " * 100, "+" * 500, "(" * 500, '"' * 499, "-κάδοι",
    "--κάδοι", "+-κάδοι", "-το", "+το", '-"', '+""', "_", "___", "1", "0x", "1e999", "∞", "µ ∆ Ω",
    "«κάδοι»", "“κάδοι", "κάδοι;", "C++", "R AND D", "mailto:a@b.gr", "http://", "https://x.gr/?q=a:b",
    "_val_", "_text_", "TO", "κάδοι TO χάρτης", "<", "κάδοι\u2028χάρτης", "κάδοι\nχάρτης",
]  # fmt: skip


def search(context: dict[str, Any] = NAMELESS, **asked: Any) -> dict[str, Any]:
    """The answer for a visitor without a name."""
    return tk.get_action("package_search")(dict(context), asked)


def names(answer: dict[str, Any]) -> list[str]:
    return [record["name"] for record in answer["results"]]


@pytest.fixture
def catalogue(with_plugins: None, clean_db: None, clean_index: None) -> None:
    """Five records about bins, one about light."""
    owner = samples.publisher(name="dimos-patreon")["id"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tk.config, "ckan.search.solr_commit", False)
        for number in range(1, 6):
            title = {"el": f"Κάδοι ανακύκλωσης {number}", "en": f"Recycling bins {number}"}
            samples.dataset(
                name=f"kadoi-{number}",
                title_translated=title,
                owner_org=owner,
                tags=[{"name": f"ζώνη {number % 2}"}],
            )
        light = {"el": "Δημοτικός φωτισμός", "en": "Street lighting"}
        samples.dataset(
            name="fotismos", title_translated=light, notes_translated={"el": "Λαμπτήρες."}, owner_org=owner
        )
        commit()


@pytest.mark.usefixtures("catalogue")
def test_nothing_that_is_typed_breaks_the_search(app: Any) -> None:
    failed = []
    for typed in TYPED:
        answer = app.get("/api/3/action/package_search", query_string={"q": typed})
        if answer.status_code != 200:
            failed.append((typed, answer.status_code, answer.body[:300]))
        page = app.get("/dataset/", query_string={"q": typed})
        if page.status_code != 200 or 'id="search-error"' in page.body:
            failed.append((typed, page.status_code, "page"))
    assert failed == []
    for typed in ("κάδ\x00οι", "α" * 513):  # refused at the door, with the reason
        assert app.get("/api/3/action/package_search", query_string={"q": typed}).status_code == 400
    for extras in ("x", [1], 5):
        answer = app.post("/api/3/action/package_search", json={"q": "κάδοι", "extras": extras})
        assert (answer.status_code, answer.json["error"]["__type"]) == (409, "Validation Error")
    assert app.post("/api/3/action/package_search", json={"q": "κάδοι \ud83d"}).status_code == 400


@pytest.mark.usefixtures("catalogue")
def test_what_is_typed_is_looked_for_ever_more_loosely() -> None:
    expected = {
        "kadoi": ("exact", None, 5),
        "καδοι anakiklosis": ("exact", None, 5),
        "κάδαι ανακυκλοσυς": ("exact", None, 5),
        "ανκύκλωσης": ("close", "ανακύκλωσης", 5),
        "dimotikso fotsimos": ("close", "Δημοτικός φωτισμός", 1),
        "ανκύκλωσης οδοντίατρος κάδοι": ("any", "ανακύκλωσης Κάδοι", 5),
        "οδοντίατρος": ("exact", None, 0),
        "*:*": ("exact", None, 6),
        "": ("exact", None, 6),
    }
    for typed, told in expected.items():
        answer = search(q=typed, rows=3)
        note = answer["participation_search"]
        assert (typed, (note["stage"], note["did_you_mean"], answer["count"])) == (typed, told)


@pytest.mark.usefixtures("catalogue")
def test_pages_filters_facets_and_fields_hold_in_every_stage() -> None:
    for typed, stage in (("κάδοι", "exact"), ("ανκύκλωσης", "close"), ("ανκύκλωσης οδοντίατρος", "any")):
        first, second = search(q=typed, rows=2), search(q=typed, rows=2, start=2)
        last, none = search(q=typed, rows=2, start=4), search(q=typed, rows=0)
        assert {each["participation_search"]["stage"] for each in (first, second, last, none)} == {stage}
        assert [each["count"] for each in (first, second, last, none)] == [5] * 4
        assert len({*names(first), *names(second), *names(last)}) == 5
        assert none["results"] == []
        narrowed = search(q=typed, fq='tags:"ζώνη 1"', **{"facet.field": ["tags"]}, sort="name desc")
        assert names(narrowed) == ["kadoi-5", "kadoi-3", "kadoi-1"]
        assert narrowed["facets"] == {"tags": {"ζώνη 1": 3}}
        assert search(q=typed, facet="false")["facets"] == {}
        assert search(q=typed, fl=["name", "title"], rows=1, sort="name asc")["results"] == [
            {"name": "kadoi-1", "title": "Κάδοι ανακύκλωσης 1"}
        ]
        assert search(q=typed, fl="name")["count"] == 5
        assert search(q=typed, use_default_schema=True)["results"][0]["title"].startswith("Κάδοι")
        assert search(q=typed, fq="+organization:nobody")["count"] == 0
        assert search(q=typed, ext_bbox="22.5,37.5,22.6,37.6")["count"] == 0
    assert second["participation_search"]["did_you_mean"] is None
    assert search(q="ανκύκλωσης")["sort"] == query.NEAREST


@pytest.mark.usefixtures("catalogue")
def test_syntax_and_own_parameters_are_obeyed_and_never_loosened() -> None:
    def found(**asked: Any) -> set[str]:
        return set(names(search(**asked)))

    bins = {f"kadoi-{number}" for number in range(1, 6)}
    assert found(q="name:fotismos") == {"fotismos"}
    assert found(q="κάδοι OR φωτισμός") == {*bins, "fotismos"}
    assert found(q="κάδοι AND φωτισμός") == set()
    assert found(q="κάδοι NOT 3") == bins - {"kadoi-3"}
    assert found(q="κάδοι -3") == bins - {"kadoi-3"}
    assert found(q="-κάδοι") == {"fotismos"}
    assert found(q="ανκύκλωσης -3") == bins - {"kadoi-3"}  # in the fallback too
    assert found(q="ανκύκλωσης οδοντίατρος -3") == bins - {"kadoi-3"}
    assert found(q="+4 κάδοι ανακύκλωσης") == {"kadoi-4"}
    assert found(q='"Κάδοι ανακύκλωσης"') == bins
    assert search(q='"ανακύκλωσης κάδοι"')["participation_search"]["stage"] == "close"
    for own in (
        {"qf": "title_el"},
        {"defType": "edismax"},
        {"mm": "1"},
        {"tie": "0"},
        {"bf": "1"},
        {"boost": "1"},
    ):
        answer = search(q="ανκύκλωσης", **own)
        assert (answer["count"], answer["participation_search"]["stage"]) == (0, "exact")
    assert search(q="title_el:ανκύκλωσης")["count"] == 0


@pytest.mark.usefixtures("catalogue")
def test_only_what_finds_nothing_is_asked_again_and_only_we_say_the_stage() -> None:
    with mock.patch.object(pysolr.Solr, "search", autospec=True, side_effect=pysolr.Solr.search) as solr:

        def calls(**asked: Any) -> int:
            solr.reset_mock()
            search(**asked)
            return solr.call_count

        assert calls(q="κάδοι") == 1
        assert calls(q="κάδοι", start=90) == 1
        assert calls(q="ανκύκλωσης") == 2
        assert calls(q="ανκύκλωσης οδοντίατρος") == 3
        assert calls(q="οδοντίατρος") == 3
        assert calls(q="οδοντίατρος", qf="title_el") == 1
        assert calls(q="title:οδοντίατρος") == 1
        assert calls(q="*:*", fq="name:nobody") == 1
        assert calls(q="...", fq="name:nobody") == 1
    for given in ({query.STAGE: "any"}, {"extras": {query.STAGE: "any"}}):
        assert names(search(q="φωτισμός 2", **given)) == names(search(q="φωτισμός 2"))
        assert search(q="κάδοι", **given)["participation_search"]["stage"] == "exact"
    assert search(q="κάδοι", extras=None)["count"] == 5


@pytest.mark.usefixtures("catalogue")
def test_words_that_found_nothing_are_noted_once_and_only_where_words_are_the_reason() -> None:
    def noted(**asked: Any) -> list[tuple[str, bool]]:
        before = {row.words: row.count for row in model.Session.query(SearchMiss)}
        model.Session.commit()
        search(**asked)
        rows = model.Session.query(SearchMiss).all()
        return [(row.words, row.closest) for row in rows if before.get(row.words) != row.count]

    assert noted(q="Οδοντίατρος") == [("οδοντιατρος", False)]
    assert noted(q="Οδοντίατρος", fq="+dataset_type:dataset +state:active") == [("οδοντιατρος", False)]
    assert noted(q="ανκύκλωσης") == [("ανκυκλωσης", True)]
    others: list[dict[str, Any]] = [
        {"q": "κάδοι"}, {"q": "..."}, {"q": ""}, {"q": "title:χ"}, {"q": "χ AND ψ"}, {"qf": "title"},
        {"rows": 0}, {"rows": "0"},
        {"start": 20}, {"fq": "+tags:x"}, {"fq_list": ["tags:x"]}, {"extras": {"ext_search_quiet": True}},
        {"ext_search_quiet": "1"}, {"ext_bbox": "22.5,37.5,22.6,37.6"},
    ]  # fmt: skip
    for asked in others:
        assert (asked, noted(**{"q": "οφθαλμίατρος", **asked})) == (asked, [])


@pytest.mark.usefixtures("catalogue")
def test_the_page_says_so_and_offers_the_other_spelling(app: Any) -> None:
    def note(**asked: Any) -> str | None:
        page = app.get("/dataset/", query_string=asked).body
        return " ".join(page.partition('role="status"')[2].partition("</div>")[0].split()) or None

    assert note(q="κάδοι") is None
    assert note(q="οδοντίατρος") is None
    told = note(q="ανκύκλωσης", organization="dimos-patreon", page="1")
    assert told
    assert "αυτά είναι τα πιο κοντινά" in told
    link = told.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "organization=dimos-patreon" in link
    assert "page=" not in link
    followed = app.get(link).body
    assert followed.count('id="search-results"') == 1
    assert note(q="ανακύκλωσης", organization="dimos-patreon") is None
    assert "Κάδοι ανακύκλωσης 5" in followed
