"""The phonetic key: what it takes together, and that Python and Solr make the same of every word."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.search import configset, key
from ckanext.patrasparticipation.tests.search import corpus

BATCH = 200  # words of one analysis
STOPPED = frozenset((configset.OURS / "stopwords_key.txt").read_text(encoding="utf-8").split())
"""Solr leaves these keys out before it takes the ending off; Python's key knows no stop words."""

ODD = (
    "ᾠδεῖον ὁδός Ἀχαΐα ἐτῶν ῥέμα Ἅγιος πρᾳότης ᾌδης Ὕδρα",  # polytonic
    "Αχαΐα Ρωμαϊκός Γαϊδουράγκαθο ΑΫΠΝΙΑ Προϋπολογισμός ΐσος Μάϊος παϊδάκια",  # dialytika
    "4hlalwnia 8eseis Ta3i kato3i 8 3 4 8a 3a 4a a8 9eseis ka8aristhta e8niko 2o1 4x4 eks4",
    "ΚΑΔΟΙ ΠΛΗΜΜΥΡΑ ΟΥΡΑΝΟΣ ΑΥΛΗ ΜΠΑΛΑ ΓΚΑΖΙ ΕΥΡΩΠΗ ΠΟΙΟΤΗΤΑ ΔΕΥΑΠ ΕΦΗΜΕΡΙΔΑ ΣΊΣΥΦΟΣ",
    "Αναµόρφωση ∆ηµοτικού Ωμέγα µ ∆ Ω ςσΣ ϐ ϑ ϕ ϖ ϱ ϲ",
    "xarths poiothta hartis hlios thalassa TH THS Thta choros kharis phos psari ksylo OIKOS yios uios",
    "αα ααα άά ουου ευ αυ ηυ ηύ αύ εύ εφεύρεση αφή ντ μπ γγ γκ ng nt mp ΝΤ Ντ",
    "COVID19 ΕΣΠΑ2021 Α1 1ο 10ο 2ας ΦΕΚ3 e-mail straße Ñandú Éclair ﬁsh ｆｕｌｌ",
)


def words(texts: Iterable[str]) -> list[str]:
    """The distinct words of texts, in the order of the alphabet."""
    return sorted({word for text in texts for word in re.findall(r"\w+", text)})


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)


def analysed(field_type: str, wanted: list[str]) -> dict[str, list[str]]:
    """What the core makes of each word: the tokens at its place.

    The words go together, each on its line; a token tells by its place in the text whose it is.
    """
    found: dict[str, list[str]] = {word: [] for word in wanted}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        asked = {"analysis.fieldtype": field_type, "analysis.fieldvalue": "\n".join(batch), "wt": "json"}
        answer = requests.post(f"{tk.config['solr_url']}/analysis/field", data=asked, timeout=60)
        answer.raise_for_status()
        places = [(sum(len(word) + 1 for word in batch[:number]), word) for number, word in enumerate(batch)]
        for token in answer.json()["analysis"]["field_types"][field_type]["index"][-1]:
            owner = [word for first, word in places if first <= token["start"]][-1]
            found[owner].append(token["text"])
    return found


def disagreements(wanted: list[str], *, coarse: bool, stem: bool) -> dict[str, tuple[str, list[str]]]:
    """The words of which Python and the core make something else: Python's key, the core's tokens."""
    field_type = ("text_key2" if coarse else "text_key") if stem else "text_key_plain"
    differ = {}
    for word, tokens in analysed(field_type, wanted).items():
        whole = key.key(word, coarse=coarse, stem=False)
        expected = [] if stem and whole in STOPPED else [key.key(word, coarse=coarse, stem=stem)]
        if tokens != expected:
            differ[word] = (expected[0] if expected else "a stop word", tokens)
    return differ


MAPPINGS = ("letters", "key", "key2")
WAYS = [(False, True), (True, True), (False, False)]


@pytest.mark.parametrize(("coarse", "stem"), WAYS)
@pytest.mark.usefixtures("with_plugins")
def test_python_and_solr_agree_on_odd_words(coarse: bool, stem: bool) -> None:
    assert disagreements(words(ODD), coarse=coarse, stem=stem) == {}


@pytest.mark.parametrize(("coarse", "stem"), WAYS)
@pytest.mark.skipif(not corpus.CORPUS.is_dir(), reason=f"the judged corpus is not in {corpus.CORPUS}")
@pytest.mark.usefixtures("with_plugins")
def test_python_and_solr_agree_on_every_word_of_the_corpus(coarse: bool, stem: bool) -> None:
    wanted = words(text for row in corpus.rows("corpus") for text in texts_of(row))
    assert len(wanted) > 1_500
    assert disagreements(wanted, coarse=coarse, stem=stem) == {}


def test_the_mapping_files_are_written_from_the_table(tmp_path: Path) -> None:
    configset.write(tmp_path)
    made = {name: (tmp_path / f"mapping-{name}.txt").read_text(encoding="utf-8") for name in MAPPINGS}
    assert made == {"letters": key.letters(), "key": key.mapping(), "key2": key.mapping(coarse=True)}
    rules = {
        name: [json.loads(f"[{line.replace(' => ', ',')}]") for line in text.splitlines()]
        for name, text in made.items()
    }
    for name, pairs in rules.items():
        assert (name, len({given for given, _ in pairs})) == (name, len(pairs))
    assert {key.key(given, stem=False) for given, becomes in rules["letters"] if not becomes} == {""}
    for given, sound in rules["key"]:
        assert (given, key.key(given, stem=False)) == (given, re.sub(r"(.)\1", r"\1", sound))


@pytest.mark.parametrize(
    ("greek", "greeklish"),
    [
        ("φωτισμού", "fwtismos"), ("θέσεις", "8eseis"), ("Ψηλά", "4hla"), ("χάρτης", "xarths"),
        ("χάρτες", "hartis"), ("ποιότητα", "poiothta"), ("πλημμύρα", "plimira"), ("οδός", "odos"),
        ("αυλή", "avlh"), ("ευρώ", "eyrw"), ("ταξί", "ta3i"), ("παιδικές", "paidikes"), ("Ρίου", "rio"),
    ],
)  # fmt: skip
def test_greek_and_greeklish_have_one_key(greek: str, greeklish: str) -> None:
    assert key.key(greek) == key.key(greeklish)


def test_the_coarse_key_takes_together_what_latin_letters_do_not_tell_apart() -> None:
    assert key.key("βιβλίο") != key.key("biblio")
    assert key.key("βιβλίο", coarse=True) == key.key("biblio", coarse=True)
    assert key.key("ξενώνας", coarse=True) == key.key("xenwnas", coarse=True)


def test_accents_case_and_composition_do_not_matter() -> None:
    for word in words(ODD[:3]):
        assert key.key(word) == key.key(unicodedata.normalize("NFD", word)) == key.key(word.lower())
    for word in words(ODD[1:2]):  # not of polytonic Greek: in capitals a subscript iota is a letter
        assert key.key(word) == key.key(word.upper())
