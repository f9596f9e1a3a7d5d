"""What Solr is asked for what people type, and that nothing a person types makes the search fail."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ckanext.patrasparticipation.search import query, words


def asked(typed: str, **more: Any) -> dict[str, Any]:
    """What Solr is asked for it."""
    return query.adapt({"q": typed, "extras": {}, **more})


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("κάδοι", "κάδοι"),
        ("οι κάδοι στην Πάτρα", "κάδοι Πάτρα"),
        ("από το", "από το"),  # only stop words: better than nothing
        ("Πού είναι οι παιδικές χαρές;", "παιδικές χαρές"),
        ("κάδοι: χάρτης", "κάδοι χάρτης"),
        ("Θέμα: κάδοι", "Θέμα κάδοι"),
        ("κάδοι/χάρτης", "κάδοι χάρτης"),
        ("κάδοι,χάρτης", "κάδοι χάρτης"),
        ("πρόστιμο 1,5 χιλιάδες", "πρόστιμο 1,5 χιλιάδες"),
        ("Πάτρα - Αθήνα", "Πάτρα Αθήνα"),
        ("2019-2020", "2019-2020"),
        ("ΑΔΑ 6ΨΩΞΩΨΘ-ΑΒΓ", "ΑΔΑ 6ΨΩΞΩΨΘ-ΑΒΓ"),
        ("https://patras.gr/kadoi", "https patras.gr kadoi"),
        ("🚌 λεωφορεία", "λεωφορεία"),
        ("κα\u0301δοι", "κάδοι"),  # as a Mac writes it
        ("∆ηµοτικού", "Δημοτικού"),
        ("κά\u00adδοι\u200b", "κάδοι"),
        ("κάδοι\x00 χάρτης", "κάδοι χάρτης"),
        ("κάδοι \ud83d", "κάδοι"),
        ("΄Εργα", "Εργα"),
        ('"κάδοι', "κάδοι"),
        ("(κάδοι [χάρτης", "κάδοι χάρτης"),
        ("κάδοι AND", "κάδοι"),
        ("OR κάδοι", "κάδοι"),
        ("AND", "and"),
        ("title:", "title"),
        ("title: κάδοι", "title κάδοι"),
        ("{!dismax qf=title}κάδοι", "dismax qf title κάδοι"),
        ('"κάδοι ανακύκλωσης"', '+"κάδοι ανακύκλωσης"'),
        ("«κάδοι στο Ρίο» χάρτης", '+"κάδοι στο Ρίο" χάρτης'),
        ("“κάδοι”", '+"κάδοι"'),
        ('-"κάδοι ανακύκλωσης" Ρίο', '-"κάδοι ανακύκλωσης" Ρίο'),
        ("+κάδοι -χάρτης", "+κάδοι -χάρτης"),
        ("κάδοι +το", "κάδοι"),
        ("--κάδοι ++", "κάδοι"),
        ("C++", "C"),
        ("*κάδ?ι~", "κάδ ι"),
        ("_κάδοι_", "κάδοι"),
        ("λέξη " * 200, " ".join(["λέξη"] * words.MOST)),
    ],
)
def test_words_are_asked_for_as_words(typed: str, sent: str) -> None:
    params = asked(typed)
    assert (params["q"], params["defType"], params["qf"]) == (sent, "dismax", query.FIELDS)
    assert ":" not in params["q"]  # CKAN would take it for a field
    assert "mm" not in params


@pytest.mark.parametrize(
    "typed", ["", " ", "\t\n", "+++", "- -", "...", '""', "«»", ":", "*", "😀", "___", "\x00", "{!"]
)
def test_where_no_word_is_typed_everything_is_asked_for(typed: str) -> None:
    assert asked(typed)["q"] in ("*:*", "")  # the latter is the former to CKAN


@pytest.mark.parametrize(
    "typed",
    ["organization:deyap κάδοι", "κάδοι OR φωτισμός", "κάδοι AND (Ρίο OR Πάτρα)", "NOT κάδοι", "-κάδοι",
     "tags:[α TO ω]", "(title:κάδοι)", "+res_format:CSV"],
)  # fmt: skip
def test_solrs_syntax_is_sent_as_it_is(typed: str) -> None:
    params = asked(typed)
    assert (params["q"], params["defType"], params["qf"], params["mm"]) == (
        typed,
        "edismax",
        query.FIELDS,
        "1",
    )


@pytest.mark.parametrize("name", query.OURS)
def test_a_callers_own_query_is_left_alone(name: str) -> None:
    given = {"q": "οι κάδοι: χάρτης", name: "x", "extras": {query.STAGE: "any"}}
    assert query.adapt(dict(given)) == given


def test_an_empty_parameter_is_none() -> None:
    params = asked("κάδοι", qf="", mm="")
    assert params["qf"] == query.FIELDS
    assert "mm" not in params


def short(asked_for: str) -> str:
    """The query with a misspelt word told once, not once for each field that may hold it."""
    first, *others = (field.split("^") for field in query.MISSPELT.split())
    rest = "".join(rf" OR {field}:\1\^{weight}" for field, weight in others)
    return re.sub(rf"{first[0]}:(\w+~\d)\^{first[1]}{rest}", r"\1", asked_for)


@pytest.mark.parametrize(
    ("typed", "close", "anything"),
    [
        ("οι κάδοι Ρίο", "(κάδοι OR καδοι~1) Ρίο", "(κάδοι OR καδοι~1) OR Ρίο"),
        ("φωτισμός 2024", "(φωτισμός OR φωτισμοσ~2) 2024", "(φωτισμός OR φωτισμοσ~2) OR 2024"),
        ('"κάδοι Ρίο"', "(κάδοι OR καδοι~1) Ρίο", "(κάδοι OR καδοι~1) OR Ρίο"),
        ("+Ρίο έργα", "+Ρίο (έργα OR εργα~1)", "+Ρίο OR (έργα OR εργα~1)"),
        ("Ρίο έργα -κάδοι", "(Ρίο (έργα OR εργα~1)) -κάδοι", "(Ρίο OR (έργα OR εργα~1)) -κάδοι"),
    ],
)
def test_the_fallback_asks_for_words_with_letters_wrong(typed: str, close: str, anything: str) -> None:
    for stage, sent in (("close", close), ("any", anything)):
        params = asked(typed, extras={query.STAGE: stage})
        assert (short(params["q"]), params["defType"], params["mm"]) == (sent, "edismax", "1")
        assert params["sort"] == query.NEAREST


def test_the_fallback_keeps_the_callers_order_and_asks_coarsely_only_for_latin_letters() -> None:
    stage = {query.STAGE: "close"}
    assert asked("kadoi", extras=stage, sort="title_sort asc")["sort"] == "title_sort asc"
    latin, greek = asked("kadoi", extras=stage), asked("κάδοι", extras=stage)
    assert query.COARSE in latin["qf"]
    assert " OR title_key2:kadoi~1^1 OR text_key2:kadoi~1^0.2)" in latin["q"]
    assert query.COARSE not in greek["qf"]
    assert "key2" not in greek["q"]


def test_the_fallback_does_not_ask_for_endless_words() -> None:
    many = asked("κάδοι " * 100 + "α" * 400, extras={query.STAGE: "any"})["q"]
    assert many.count("title_fold:καδοι~1") == many.count("κάδοι") == query.MOST
    assert "~" not in asked("α" * 400, extras={query.STAGE: "any"})["q"]
