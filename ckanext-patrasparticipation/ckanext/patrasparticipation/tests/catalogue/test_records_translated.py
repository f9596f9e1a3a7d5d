"""Texts in Greek and English: what is stored, shown, searched and refused."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "with_request_context")


def test_a_text_is_stored_and_shown_in_both_languages_and_fills_the_core_field() -> None:
    shown = samples.dataset()
    assert shown["title_translated"] == samples.TITLE
    assert shown["title"] == samples.TITLE["el"]
    assert shown["notes"] == samples.NOTES["el"]
    assert shown["name"] == "kadoi-aporrimmaton-2024"
    assert not [extra for extra in shown.get("extras", []) if "translated" in extra["key"]]


def test_a_plain_caller_needs_only_title_and_notes() -> None:
    shown = samples.dataset(
        title_translated=None, notes_translated=None, title="Πάρκα", notes="Πάρκα της πόλης"
    )
    assert shown["title_translated"] == {"el": "Πάρκα"}
    assert shown["notes_translated"] == {"el": "Πάρκα της πόλης"}
    assert shown["name"] == "parka"


def test_the_fields_of_the_form_make_the_same_record() -> None:
    form = {
        "title_translated-el": "Κάδοι",
        "title_translated-en": "",
        "notes_translated-el": "Θέσεις",
        "notes_translated-en": "Places",
    }
    shown = samples.dataset(title_translated=None, notes_translated=None, **form)
    assert shown["title_translated"] == {"el": "Κάδοι"}
    assert shown["notes_translated"] == {"el": "Θέσεις", "en": "Places"}


def test_a_patched_title_wins_over_the_translation_that_was_shown() -> None:
    made = samples.dataset()
    patched = samples.act("package_patch", id=made["id"], title="Κάδοι 2025")
    assert patched["title_translated"] == {"el": "Κάδοι 2025", "en": "Waste bins 2024"}
    patched = samples.act("package_patch", id=made["id"], title_translated={"el": "Κάδοι 2026"})
    assert (patched["title"], patched["title_translated"]) == ("Κάδοι 2026", {"el": "Κάδοι 2026"})
    assert patched["name"] == "kadoi-aporrimmaton-2024"  # an address stays


def test_a_resource_has_its_texts_in_both_languages() -> None:
    resource = {
        "url": "https://example.gr/a.csv",
        "name_translated": {"el": "Κάδοι", "en": "Bins"},
        "format": "CSV",
    }
    made = samples.dataset(resources=[resource])["resources"][0]
    assert (made["name"], made["name_translated"]) == ("Κάδοι", {"el": "Κάδοι", "en": "Bins"})
    plain = samples.dataset(resources=[{"url": "https://example.gr/b.csv", "name": "Φώτα"}])["resources"][0]
    assert plain["name_translated"] == {"el": "Φώτα"}
    patched = samples.act("resource_patch", id=plain["id"], name="Φώτα 2")
    assert patched["name_translated"] == {"el": "Φώτα 2"}


def test_a_text_is_kept_composed_and_without_blanks_around_it() -> None:
    shown = samples.dataset(title_translated={"el": unicodedata.normalize("NFD", "  Κάδοι Ρίου \n")})
    assert shown["title"] == shown["title_translated"]["el"] == "Κάδοι Ρίου"


@pytest.mark.parametrize(
    ("value", "field", "message"),
    [
        ({"en": "Bins"}, "title_translated-el", "Missing value"),
        ({"el": " "}, "title_translated-el", "Missing value"),
        ({"el": "ab"}, "title_translated-el", "Has 2 letters, at least 3 are needed"),
        ({"el": "α" * 301}, "title_translated-el", "Has 301 letters, at most 300 fit"),
        ({"el": "Κάδοι", "en": "B"}, "title_translated-en", "Has 1 letters, at least 3 are needed"),
        ({"el": ["Κάδοι"]}, "title_translated-el", "Expected text, got list"),
        ({"el": {"el": "Κάδοι"}}, "title_translated-el", "Expected text, got dict"),
        ({"el": "Κάδοι\x00"}, "title_translated-el", "The text contains a character that cannot be stored"),
        ({"el": "Κάδοι", "fr": "Bacs"}, "title_translated", "'fr' is not one of el, en"),
        (["Κάδοι"], "title_translated", "Expected a text for each language"),
        ("Κάδοι", "title_translated", "Expected a text for each language"),
        (7, "title_translated", "Expected a text for each language"),
    ],
)
def test_what_is_no_text_in_two_languages_is_refused_at_its_field(
    value: Any, field: str, message: str
) -> None:
    refused = samples.refusal("package_create", **samples.fields(title_translated=value, name="kadoi"))
    assert refused[field][0].startswith(message)


def test_both_languages_are_searched_and_no_dict_is_in_the_index() -> None:
    made = samples.dataset()
    for word in ("απορριμμάτων", "waste", "θέσεις", "stand"):
        found = samples.act("package_search", q=word)["results"]
        assert [one["id"] for one in found] == [made["id"]], word
    assert found[0]["title_translated"] == samples.TITLE


def test_the_reader_gets_his_language_and_is_told_when_it_is_another(app: Any) -> None:
    with app.flask_app.test_request_context(environ_overrides={"CKAN_LANG": "el"}):
        assert tk.h.participation_text(samples.TITLE) == samples.TITLE["el"]
        assert tk.h.participation_other_language(samples.TITLE) == ""
        assert tk.h.participation_text({"en": "Bins"}) == "Bins"
        assert tk.h.participation_other_language({"en": "Bins"}) == "en"
    with app.flask_app.test_request_context(environ_overrides={"CKAN_LANG": "en"}):
        assert tk.h.participation_text(samples.TITLE) == samples.TITLE["en"]
        assert tk.h.participation_text({"el": "Κάδοι"}) == "Κάδοι"
        assert tk.h.participation_other_language({"el": "Κάδοι"}) == "el"
        assert tk.h.participation_text({}, "—") == tk.h.participation_text(None, "—") == "—"
        assert tk.h.participation_text("Κάδοι") == "Κάδοι"


def test_a_publisher_has_a_name_in_both_languages() -> None:
    made = samples.publisher(
        title_translated={"el": "Δήμος Πατρέων", "en": "City of Patras"}, title="", name=""
    )
    shown = samples.act("organization_show", id=made["id"])
    assert shown["title_translated"] == {"el": "Δήμος Πατρέων", "en": "City of Patras"}
    assert (shown["title"], shown["name"]) == ("Δήμος Πατρέων", "dimos-patreon")
