"""Synonyms: those that ship are sound, Solr finds each by the others, and what would not load is refused."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ckan.lib.search.common import make_connection

from ckanext.patrasparticipation.search import query, synonyms, words
from ckanext.patrasparticipation.tests.search import inflected

SITE = "synonyms-of-a-test"
GROUPS = synonyms.groups()
FROM_THE_FIRST_DAY = 24


def test_the_file_that_ships_is_sound() -> None:
    seen: dict[str, str] = {}
    for group in GROUPS:
        assert synonyms.checked(group.words) == list(group.words)
        for word in group.words:
            assert words.fold(word) not in seen, f"{word} stands twice"
            seen[words.fold(word)] = word
        assert group.why.keys() == group.theme.keys() == {"el", "en"}
        assert all(len(text) >= 10 for text in group.why.values()), group.words
    assert len(GROUPS) >= FROM_THE_FIRST_DAY + 40
    assert "ΔΕΔΔΗΕ, διαχειριστής" in synonyms.shipped()
    assert "κολυμβητήριο, πισίνα, κολυμβητηριου\n" in synonyms.shipped()
    assert synonyms.shipped().count("\n") == len(GROUPS)
    assert yaml.safe_load(synonyms.SHIPPED.read_text(encoding="utf-8"))


def test_the_analyzers_own_stop_words_are_the_ones_of_the_jar(pytestconfig: pytest.Config) -> None:
    var = Path(os.environ.get("PATRAS_VAR") or pytestconfig.rootpath / "var")
    (jar,) = (var / "solr-jars").glob("lucene-analysis-common-*.jar")
    text = zipfile.ZipFile(jar).read("org/apache/lucene/analysis/el/stopwords.txt").decode()
    lines = {line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")}
    assert lines == synonyms.ANALYZER_STOPS


@pytest.mark.parametrize(
    ("given", "code", "word", "found"),
    [
        (["ΚΕΠ"], "few", "", ""),
        ([], "few", "", ""),
        (["κάδος", "ΚΑΔΟΣ"], "twice", "ΚΑΔΟΣ", ""),
        (["κάδος", "α, β"], "sign", "α, β", ","),
        (["κάδος", "α => β"], "sign", "α => β", "="),
        (["κάδος", "#σχόλιο"], "sign", "#σχόλιο", "#"),
        (["κάδος", "α\\β"], "sign", "α\\β", "\\"),
        (["κάδος", "α\nβ"], "sign", "αU+000Aβ", "U+000A"),
        (["κάδος", "α\0β"], "sign", "αU+0000β", "U+0000"),
        (["κάδος", "\ud800αβ"], "sign", "U+D800αβ", "U+D800"),
        (["κάδος", "<b>έντονα</b>"], "sign", "<b>έντονα</b>", "<"),
        (["κάδος", "x" * 10_000], "long", "x" * 10_000, "10000"),
        (["κάδος", "-.-"], "empty", "-.-", ""),
        (["κάδος", ""], "empty", "", ""),
        (["κάδος", "α"], "empty", "α", ""),
        (["ΔΕ", "δημοτική ενότητα"], "stop", "ΔΕ", "δε"),
        (["ΦΕΚ", "εφημερίδα της κυβερνήσεως"], "stop", "εφημερίδα της κυβερνήσεως", "τησ"),
        (["κάδος", "α1 α2 α3 α4 α5 α6 α7 α8 α9"], "parts", "α1 α2 α3 α4 α5 α6 α7 α8 α9", "9"),
        ([f"λέξη{number}" for number in range(9)], "many", "", "9"),
        (["κεπ", "Κέντρο Εξυπηρέτησης Πολιτών"], "known", "ΚΕΠ, κέντρο εξυπηρέτησης πολιτών", ""),
    ],
)
def test_what_would_not_load_or_says_nothing_is_refused(
    given: list[str], code: str, word: str, found: str
) -> None:
    with pytest.raises(synonyms.NotSynonyms) as refused:
        synonyms.checked(given, [group.words for group in GROUPS])
    assert (refused.value.code, refused.value.word, refused.value.found) == (code, word, found)


def test_words_are_one_a_line_or_with_commas_between() -> None:
    assert synonyms.split(" ΚΕΠ ,κέντρο  εξυπηρέτησης\r\nπολίτη;; \n") == [
        "ΚΕΠ",
        "κέντρο  εξυπηρέτησης",
        "πολίτη",
    ]
    assert synonyms.checked(["ΚΕΠ ", "κέντρο  πολίτη"]) == ["ΚΕΠ", "κέντρο πολίτη"]


@pytest.fixture(scope="module")
def indexed() -> Iterator[Any]:
    """A document for every word that ships, in Solr under a site of its own."""
    solr = make_connection()
    solr.add(
        [
            {
                "id": f"{place}-{number}", "index_id": f"{SITE}-{place}-{number}", "site_id": SITE,
                "name": f"{SITE}-{place}-{number}", "title": f"Κατάλογος: {word}", "entity_type": "package",
            }
            for place, group in enumerate(GROUPS) for number, word in enumerate(group.words)
        ],
        commit=True,
    )  # fmt: skip
    yield solr
    solr.delete(q=f"site_id:{SITE}", commit=True)


def found(solr: Any, typed: str) -> set[str]:
    """The documents that a visitor's first look finds."""
    asked = query.adapt({"q": typed, "fq": f"site_id:{SITE}", "fl": "id", "rows": 1000})
    return {row["id"] for row in solr.search(**asked)}


@pytest.mark.parametrize("place", range(len(GROUPS)), ids=[group.words[0] for group in GROUPS])
def test_every_word_finds_every_other_in_any_inflection(indexed: Any, place: int) -> None:
    group = GROUPS[place]
    wanted = {f"{place}-{number}" for number in range(len(group.words))}
    for typed in (*group.words, *inflected.WRITTEN[group.words[0]]):
        assert wanted <= found(indexed, typed), typed


def test_every_group_that_ships_is_tried_inflected() -> None:
    assert list(inflected.WRITTEN) == [group.words[0] for group in GROUPS]
