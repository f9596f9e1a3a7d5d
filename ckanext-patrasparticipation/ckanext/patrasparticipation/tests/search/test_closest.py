"""Did you mean: a title's spelling of what was typed, and only of records that are in the answer."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.search import closest

LIGHT = {
    "title": "Δημοτικός φωτισμός Πατρών",
    "title_translated": {"el": "Δημοτικός φωτισμός Πατρών", "en": "Street lighting"},
}
BINS = {"title": "Κάδοι απορριμμάτων στο Ρίο"}
HALLS = {"title": "ΑΘΛΗΤΙΚΑ ΚΕΝΤΡΑ", "extras_title_translated": '{"en": "Sports halls"}'}


def meant(typed: str, *found: dict[str, Any], all_words: bool = True) -> str | None:
    return closest.did_you_mean(typed, found, all_words=all_words)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("φωτσιμος", "φωτισμός"),  # two letters swapped
        ("fotsimos", "φωτισμός"),  # in Latin letters
        ("fwtismso dimotikos", "φωτισμός Δημοτικός"),
        ("street lihgting", "Street lighting"),
        ("καδι στο ριο", "Κάδοι στο Ρίο"),
        ("απορρημματων", "απορριμμάτων"),
        ("κάδα για απορίματα", "Κάδοι για απορριμμάτων"),  # the ending is the title's
        ("αθλιτικα κεντρο", "ΑΘΛΗΤΙΚΑ ΚΕΝΤΡΑ"),
        ("sprots hals", "Sports halls"),
    ],
)
def test_the_titles_spelling_is_offered(typed: str, text: str) -> None:
    assert meant(typed, LIGHT, BINS, HALLS) == text


@pytest.mark.parametrize(
    "typed",
    [
        "φωτισμος",  # only the accent differs: the search knows that
        "ΚΑΔΟΙ ΡΙΟ",
        "οδοντίατρος",
        "φωτσιμος οδοντίατρος",  # no title has both
        "φωτσιμος καδα",
        "2023",
        "+φωτσιμος",
        '"φωτσιμος"',
        "title:φωτσιμος",
        "φωτσιμος -καδα",
        "",
        "!!!",
        "φωτσιμος " * 40,
    ],
)  # fmt: skip
def test_nothing_is_offered_where_it_would_not_help(typed: str) -> None:
    assert meant(typed, LIGHT, BINS, HALLS) is None


def test_where_any_word_was_enough_the_others_go() -> None:
    assert meant("καδα απορημάτων οδοντίατρος", BINS, all_words=False) == "Κάδοι απορριμμάτων"
    assert meant("καδα για οδοντίατρος", BINS, all_words=False) is None  # half is not more than half


def test_only_the_records_of_the_answer_are_read() -> None:
    assert meant("φωτσιμος", BINS, HALLS) is None
    assert meant("φωτσιμος") is None
    assert meant("φωτσιμος", *[BINS] * closest.FIRST, LIGHT) is None


def test_the_best_record_wins_among_equals() -> None:
    one, other = {"title": "Πλατεία Όλγας"}, {"title": "πλατεία Γεωργίου"}
    assert meant("πλτεία", one, other) == "Πλατεία"
    assert meant("πλτεία", other, one) == "πλατεία"


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"name": "x"},
        {"title": None},
        {"title": "", "title_translated": {}},
        {"title_translated": {"el": None}},
    ],
)
def test_a_record_without_a_title_is_no_trouble(record: dict[str, Any]) -> None:
    assert meant("φωτσιμος", record, LIGHT) == "φωτισμός"


@pytest.mark.parametrize(
    ("typed", "spelling", "far"),
    [
        ("κάδοι", "ΚΑΔΟΙ", 0),
        ("φωτσιμός", "φωτισμός", 1),
        ("φωτισμ", "φωτισμός", 0.5),
        ("ρίο", "ρέα", 9),
        ("12345", "12346", 9),
    ],
)
def test_distance_counts_letters(typed: str, spelling: str, far: float) -> None:
    assert closest.distance(typed, spelling) == far
