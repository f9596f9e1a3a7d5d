"""Every code that the engine can give has a sentence in Greek and in English."""

import re
from pathlib import Path

import pytest

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.harvesters.errors import SourceHeld, SourceUnavailable
from ckanext.patrasparticipation.harvesters.messages import message, rejection, templates

FOLDER = Path(harvesters.__file__).parent
_RAISED = r'(?:DefinitionError|Source[A-Z]\w+|HarvestError|reason|refuse|_refuse\w*)\(\s*"([a-z_]+)"'


def codes_in_the_code() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    raised = set(re.findall(_RAISED, text))
    reasons = set(re.findall(r'because\(.*, "([a-z_]+)"\)', text))
    yielded = set(re.findall(r'"(ragged_row|not_an_object|duplicate_row|duplicate_key)"', text))
    return raised | reasons | yielded


def test_every_code_has_a_sentence():
    found = codes_in_the_code()
    assert len(found) > 60
    assert found - set(templates()) == set()


@pytest.mark.parametrize("code", sorted(templates()))
def test_a_sentence_is_in_both_languages_with_the_same_values(code):
    template = templates()[code]
    assert set(template) == {"el", "en"}
    values = {language: set(re.findall(r"\{(\w+)\}", text)) for language, text in template.items()}
    assert values["el"] == values["en"]
    assert re.search(r"[α-ωάέήίόύώ]", template["el"])
    assert not re.search(r"[α-ωΑ-Ω]", template["en"])


def test_values_stand_in_the_sentence():
    error = SourceHeld("rows_dropped", before=100, rows=70, limit=20.0)
    assert error.text["el"] == "Οι εγγραφές έπεσαν από 100 σε 70 (όριο πτώσης 20 %)."
    assert rejection("not_a_number", "power_w", "{raw}")["en"] == "“{raw}” is not a number."
    assert "…" in message("rows_dropped", {})["en"]


def test_a_value_is_said_in_the_language_of_its_sentence():
    error = SourceUnavailable("truncated", where=message("after_records", {"records": 1583}))
    assert error.text["el"].endswith("τελειώνει στη μέση (μετά από 1583 εγγραφές).")
    assert error.text["en"].endswith("it ends in the middle (after 1583 records).")
