"""Suggestions while typing: what is found by half a word, what is never shown, what hostile words do."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.lib.search import commit
from ckan.tests import factories

from ckanext.patrasparticipation.search import beginnings, key
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

SUGGEST = "/api/3/action/participation_search_suggest"
MARKUP = "<img src=x onerror=alert(1)> Ληξιαρχείο"
TITLES = {
    "playgrounds": {"el": "Παιδικές χαρές", "en": "Playgrounds"},
    "alonia": {"el": "Ψηλά Αλώνια: δέντρα", "en": "Trees of Psila Alonia"},
    "lights": {"el": "Φωτισμός δρόμων", "en": "Street lights"},
    "bins": {"el": "Κάδοι ανακύκλωσης", "en": "Recycling bins"},
    "squares": {"el": "Πλατείες της πόλης", "en": "Squares of the city"},
    "markup": {"el": MARKUP, "en": "<b>Registry</b> &amp; office"},
    "long": {"el": "Αντιπλημμυρικότατα έργα", "en": "Flood works"},
}
HOSTILE = [
    "κάδοι)", '"κάδοι', "title:κάδοι", "{!lucene}κάδοι", "κάδοι AND OR NOT", "κάδοι~2 *:*", "κάδοι^9",
    "_query_:κάδοι", "κάδοι \\", "[* TO *]", "κάδοι && ||", "../../etc/passwd", "' OR 1=1 --", "κάδοι/**/",
    "κ" * 500, "κάδοι " * 80, "🗑️ 垃圾桶", "a\u0301\u0301\u0301b", "%00%27", "___", "- + !",
]  # fmt: skip


def suggested(app: Any, q: str, language: str = "", **more: Any) -> list[dict[str, Any]]:
    """What a visitor without a name gets."""
    answer = app.get(f"{language}{SUGGEST}", query_string={"q": q, **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    found: list[dict[str, Any]] = answer.json["result"]["suggestions"]
    return found


def titles(found: list[dict[str, Any]], kind: str = "record") -> list[str]:
    return [each["title"] for each in found if each["kind"] == kind]


@pytest.fixture
def catalogue(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    """Seven public records, one private and one draft, of two publishers."""
    city = samples.publisher(
        name="dimos", title="Δήμος Πατρέων", title_translated={"el": "Δήμος Πατρέων", "en": "City of Patras"}
    )
    water = samples.publisher(name="deyap", title="ΔΕΥΑ Πάτρας")
    gone = samples.publisher(name="gone", title="Δήμος που έφυγε")
    for name, title in TITLES.items():
        owner = water if name == "lights" else city
        samples.dataset(name=name, title_translated=title, owner_org=owner["id"])
    hidden = {"el": "Κάδοι που δεν φαίνονται", "en": "Bins nobody sees"}
    samples.dataset(name="hidden", title_translated=hidden, owner_org=city["id"], private=True)
    samples.dataset(name="draft", title_translated=hidden, owner_org=city["id"], state="draft")
    samples.act("organization_delete", id=gone["id"])
    commit()
    return city


def test_half_a_word_finds_the_record_however_it_is_typed(app: Any, catalogue: dict[str, Any]) -> None:
    expected = {
        "Παιδικές χαρές": [
            "παιδ", "ΠΑΙΔ", "paid", "pedik", "paidikes xa", "παιδικες χ", "παιδικών χαρών", "χαρές παιδ",
            "playgr", "ΠΑΙΔΙΚΈΣ ΧΑ",
        ],
        "Ψηλά Αλώνια: δέντρα": ["4hla", "ψηλα αλω", "psila al", "ψηλά και αλώνια", "trees of"],
        "Φωτισμός δρόμων": ["foti", "fwtis", "φωτι", "φώτι", "δρομ", "dromo", "street l"],
        "Κάδοι ανακύκλωσης": ["kad", "καδ", "κάδος", "κάδο", "anakyk", "ανακίκλ"],
        "Πλατείες της πόλης": [
            "πλ", "πλα", "πλατ", "πλατε", "πλατει", "plate", "platei", "πλατείες της",
            "πλατείες της π",
        ],
        "Αντιπλημμυρικότατα έργα": ["αντιπλημμυρικότα", "antiplimmyrikotat", "αντιπλημμυρικότατα", "εργα"],
    }  # fmt: skip
    missed = {
        (title, typed): titles(suggested(app, typed))
        for title, each in expected.items()
        for typed in each
        if title not in titles(suggested(app, typed))
    }
    assert missed == {}
    for nothing in ("", " ", "κ", "ξψωζ", "καδ οδοντίατρος"):
        assert suggested(app, nothing) == [], nothing


def test_a_suggestion_says_what_it_is_in_the_readers_language(app: Any, catalogue: dict[str, Any]) -> None:
    record = {
        "kind": "record",
        "title": "Κάδοι ανακύκλωσης",
        "url": "/dataset/bins",
        "detail": "Δήμος Πατρέων",
    }
    assert suggested(app, "kad") == [record]
    english = {
        "kind": "record",
        "title": "Recycling bins",
        "url": "/en/dataset/bins",
        "detail": "City of Patras",
    }
    assert suggested(app, "kad", "/en") == [english]
    for typed in ("dimos patr", "δημου πατρ", "city of"):
        publisher = [each for each in suggested(app, typed) if each["kind"] == "organisation"]
        told = {
            "kind": "organisation",
            "title": "Δήμος Πατρέων",
            "url": "/organization/dimos",
            "detail": None,
        }
        assert publisher == [told], typed
    for typed in ("ρίο", "rio", "Δ.Ε. Ρίου", "ριου"):
        place = next(each for each in suggested(app, typed) if each["kind"] == "place")
        assert place["title"] == "Δ.Ε. Ρίου", typed
        assert place["detail"] == "Δημοτική ενότητα"
    assert titles(suggested(app, "κοτρ"), "place") == ["Κοτρώνι"]
    assert titles(suggested(app, "κοτρ", "/en"), "place") == ["Kotroni"]
    page = app.get(place["url"]).get_data(as_text=True)
    assert "Δ.Ε. Ρίου" in page.split('class="applied"')[1].split("</ul>")[0]


def test_kind_and_publisher_narrow_and_the_limit_holds(app: Any, catalogue: dict[str, Any]) -> None:
    mixed = suggested(app, "pa", limit=10)
    assert {each["kind"] for each in mixed} == {"record", "organisation", "place"}
    assert [each["kind"] for each in mixed] == sorted(
        (each["kind"] for each in mixed), key=["record", "organisation", "place"].index
    )
    for limit in (0, 1, 2, 5):
        assert len(suggested(app, "pa", limit=limit)) == limit
    for kind in ("record", "organisation", "place"):
        assert {each["kind"] for each in suggested(app, "pa", kind=kind)} == {kind}
    assert titles(suggested(app, "φωτ", organization="deyap")) == ["Φωτισμός δρόμων"]
    assert titles(suggested(app, "κάδ", organization=catalogue["id"])) == ["Κάδοι ανακύκλωσης"]
    assert suggested(app, "φωτ", organization="dimos") == []
    assert suggested(app, "κάδ", organization="gone") == []
    assert suggested(app, "φωτ", organization='x" OR name:*') == []
    for wrong in ({"limit": 11}, {"limit": -1}, {"limit": "many"}, {"kind": "person"}):
        answer = app.get(SUGGEST, query_string={"q": "pa", **wrong})
        assert answer.status_code in (400, 409), wrong


def test_what_is_private_a_draft_or_deleted_is_suggested_to_nobody(
    app: Any, catalogue: dict[str, Any]
) -> None:
    members = [{}, token_of(factories.Sysadmin())]
    editor = factories.User()
    samples.act("organization_member_create", id="dimos", username=editor["name"], role="editor")
    members.append(token_of(editor))
    for headers in members:
        for typed in ("κάδοι", "nobody", "bins", "έφυγε"):
            answer = app.get(SUGGEST, query_string={"q": typed, "limit": 10}, headers=headers).json
            shown = {each["url"] for each in answer["result"]["suggestions"]}
            assert shown <= {"/dataset/bins"}, (typed, shown)


def test_hostile_words_are_words(app: Any, catalogue: dict[str, Any]) -> None:
    for typed in HOSTILE:
        found = suggested(app, typed, limit=10)
        assert len(titles(found)) < len(TITLES), typed
    assert titles(suggested(app, "title:κάδοι")) == []
    assert titles(suggested(app, "(κάδοι)")) == ["Κάδοι ανακύκλωσης"]
    assert titles(suggested(app, "ληξι")) == [MARKUP]
    assert app.get(SUGGEST, query_string={"q": "a\x00b"}).status_code == 400
    assert app.post(SUGGEST, json={"q": ["κάδοι"]}).status_code == 400
    assert app.post(SUGGEST, json={"q": {"a": 1}}).status_code == 400
    inside = samples.act("participation_search_suggest", q="κάδοι\x00 \ud800", kind="record")
    assert titles(inside["suggestions"]) == ["Κάδοι ανακύκλωσης"]


def test_one_keystroke_is_one_question_to_the_index(
    app: Any, catalogue: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pysolr

    asked = []
    search = pysolr.Solr.search
    monkeypatch.setattr(
        pysolr.Solr, "search", lambda self, *given, **more: asked.append(more) or search(self, *given, **more)
    )
    suggested(app, "κάδ")
    suggested(app, "ξψωζ")
    assert len(asked) == 2
    assert all(question["facet"] == "false" and question["rows"] < 12 for question in asked)


def test_a_pair_of_letters_is_heard_before_its_second_is_typed() -> None:
    for word in ("πλατεία", "τουρισμός", "αυτοκίνητα", "ευρυζωνικότητα", "μπάσκετ", "ψηλαλώνια", "thesis"):
        whole = key.key(word, stem=False)
        for length in range(3, len(word) + 1):
            begins = tuple(key.key(each, stem=False) for each in beginnings.spellings(word[:length]))
            assert whole.startswith(begins), (word, word[:length], begins)
