"""The Greek catalogue is whole: every message has Greek, with its placeholders, and none is forgotten."""

import importlib
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from babel.messages.plurals import get_plural

ROOT = Path(__file__).resolve().parents[5]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdirf]|\{[\w!.]*\}")
TAG = re.compile(r"</?(\w+)")
LATIN_WORDS = re.compile(r"\b[A-Za-z]{2,}\b")
# What stays in Latin letters in Greek: names, formats, and things written to a machine.
NAMES = set((Path(__file__).parent / "latin_words.txt").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def tool():
    """What developers run as `python -m deploy.i18n`, imported from the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        return importlib.import_module("deploy.i18n.catalogue")


@pytest.fixture(scope="module")
def gather(tool):
    return importlib.import_module("deploy.i18n.gather")


@pytest.fixture(scope="module")
def catalogue(tool):
    return tool.greek()


def forms(entry):
    """Each English text of an entry beside its Greek."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def test_every_message_has_greek(catalogue):
    assert len(catalogue) > 600
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_greek_keeps_each_placeholder(catalogue):
    changed = [
        english
        for entry in catalogue
        for english, greek in forms(entry)
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(greek))
    ]
    assert changed == []


def test_greek_keeps_the_markup(catalogue):
    changed = [
        english
        for entry in catalogue
        for english, greek in forms(entry)
        if Counter(TAG.findall(english)) != Counter(TAG.findall(greek))
    ]
    assert changed == []


def test_plural_forms_say_one_and_many(catalogue):
    header = catalogue.metadata["Plural-Forms"]
    expected = get_plural("el")
    assert f"nplurals={expected.num_plurals}" in header
    plural = [entry for entry in catalogue if entry.msgid_plural]
    assert len(plural) > 10
    assert [entry.msgid for entry in plural if sorted(entry.msgstr_plural) != [0, 1]] == []
    assert [entry.msgid for entry in plural if entry.msgstr_plural[0] == entry.msgstr_plural[1]] == []


def test_one_and_many_datasets_are_right(catalogue):
    numbered = catalogue.find("{num} Dataset")
    assert numbered.msgstr_plural[0].format(num=1) == "1 σύνολο δεδομένων"
    assert numbered.msgstr_plural[1].format(num=2) == "2 σύνολα δεδομένων"


def test_no_english_is_left_in_the_greek(catalogue):
    left = {}
    for entry in catalogue:
        for _english, greek in forms(entry):
            text = PLACEHOLDER.sub(" ", re.sub(r"&\w+;|<code>.*?</code>|<[^>]*>|https?://\S+", " ", greek))
            strange = [word for word in LATIN_WORDS.findall(text) if word not in NAMES]
            if strange:
                left[entry.msgid] = strange
    assert left == {}


def test_greek_words_have_no_latin_letters_inside(catalogue):
    mixed = re.compile(r"[Α-Ωα-ωάέήίόύώΆΈΉΊΌΎΏ][A-Za-z]|[A-Za-z][Α-Ωα-ωάέήίόύώΆΈΉΊΌΎΏ]")
    assert [e.msgid for e in catalogue for _english, greek in forms(e) if mixed.search(greek)] == []


def test_the_question_mark_is_greek(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        for _english, greek in forms(entry)
        if "?" in re.sub(r"https?://\S+|\?[a-z]+=", "", greek)
    ]
    assert wrong == []


def test_nothing_is_missing_and_nothing_is_too_much(tool):
    """A stale extraction fails here: run `python -m deploy.i18n extract`, then write the Greek."""
    assert len(tool.template()) > 600
    assert tool.faults() == []


def test_the_template_is_the_extracted_one(tool):
    """A message that moved to another file: run `python -m deploy.i18n extract`."""
    written = {(e.msgid, tuple(sorted(e.occurrences))) for e in polib.pofile(str(tool.POT))}
    assert {(e.msgid, tuple(sorted(e.occurrences))) for e in tool.template()} == written


def test_the_template_names_the_scripts_messages(tool, gather):
    """CKAN exports to the browser only what a template of messages places in a `.js` file."""
    in_scripts = {
        entry.msgid
        for entry in gather.messages(gather.TRUNK, gather.DOMAIN)
        if entry.occurrences[0][0].endswith(".js")
    }
    placed = {
        entry.msgid
        for entry in polib.pofile(str(tool.POT))
        if any(path.endswith(".js") for path, _line in entry.occurrences)
    }
    assert in_scripts <= placed


def test_the_compiled_catalogue_is_the_written_one(tool, catalogue):
    """A stale .mo speaks yesterday's Greek: run `python -m deploy.i18n compile`."""
    compiled = polib.mofile(str(tool.PO.with_suffix(".mo")))
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue}
    assert {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled} == written


def test_no_plural_hides_behind_a_singular_of_ckan(gather, catalogue):
    """CKAN merges by key: its Greek for a lone message would win over our singular of the same words."""
    lone = {name for name, entry in gather.core_greek().items() if not entry.msgid_plural}
    assert {gather.key(entry) for entry in catalogue if entry.msgid_plural} & lone == set()
