"""Texts in Greek and English: what a `{el, en}` value may be, and what a reader gets of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

LANGUAGES = ("el", "en")
MAIN = "el"
SUFFIX = "_translated"
VALIDATOR = "participation_translated_text"

# PostgreSQL refuses NUL, and half a surrogate pair is no character.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """The text in NFC, with line ends of one kind and nothing at its ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def parse(value: Any) -> Any:
    """A dict where the value is one, or is the JSON of one; anything else as it came."""
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return value
    try:
        loaded = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return loaded if isinstance(loaded, dict) else value


def in_language(value: Any, language: str, fallback: str = "") -> str:
    """The text in that language, else in Greek, else in any; ``fallback`` where there is none."""
    if isinstance(value, str):
        return value or fallback
    if not isinstance(value, Mapping):
        return fallback
    return value.get(language) or value.get(MAIN) or next((text for text in value.values() if text), fallback)


def language_read(value: Any, language: str) -> str:
    """The code of the language that ``in_language`` answers in; empty where there is no text."""
    if not isinstance(value, Mapping):
        return ""
    order = (language, MAIN, *value)
    return next((code for code in order if value.get(code)), "")


def fields(definition: Mapping[str, Any], part: str) -> list[str]:
    """The names of the translated fields in ``dataset_fields``, ``resource_fields`` or ``fields``."""
    return [
        field["field_name"]
        for field in definition.get(part, ())
        if VALIDATOR in str(field.get("validators", "")).split()
    ]
