"""Validators of texts in Greek and English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.records import prepare, translated


@scheming_validator
def participation_translated_text(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept ``{"el": text, "en": text}`` and store it as JSON; Greek is required when the field is.

    Errors stand at the language: ``title_translated-el``. The field may limit the letters of each text with
    ``min_length`` and ``max_length``.
    """

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        value = translated.parse(data.get(key))
        texts: dict[str, str] = {}
        for language, message in _problems(field, value, texts):
            errors.setdefault((*key[:-1], f"{key[-1]}-{language}" if language else key[-1]), []).append(
                message
            )
        if any(errors.get(where) for where in _places(key)):
            raise tk.StopOnError
        if not texts:
            data.pop(key, None)
            raise tk.StopOnError
        data[key] = json.dumps(texts, ensure_ascii=False)

    return validator


def participation_translated_output(value: Any) -> Any:
    """The stored JSON as a dict, as ckanext-fluent shows it."""
    return translated.parse(value)


def _places(key: FlattenKey) -> list[FlattenKey]:
    return [key, *((*key[:-1], f"{key[-1]}-{language}") for language in translated.LANGUAGES)]


def _problems(field: Mapping[str, Any], value: Any, texts: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong with the value, as (language, message); the sound texts go into ``texts``."""
    if prepare.is_empty(value):
        value = {}
    if not isinstance(value, dict):
        return [
            (
                "",
                tk._("Expected a text for each language, like {example}").format(
                    example='{"el": "…", "en": "…"}'
                ),
            )
        ]
    unknown = sorted(str(code) for code in value if code not in translated.LANGUAGES)
    found = [
        (
            "",
            tk._("'{value}' is not one of {codes}").format(value=code, codes=", ".join(translated.LANGUAGES)),
        )
        for code in unknown
    ]
    for language in translated.LANGUAGES:
        given = value.get(language)
        if given is not None and not isinstance(given, str):
            found.append((language, tk._("Expected text, got {kind}").format(kind=type(given).__name__)))
            continue
        text = translated.clean(given or "")
        found += [(language, message) for message in _length_problems(field, text, language)]
        if text:
            texts[language] = text
    return found


def _length_problems(field: Mapping[str, Any], text: str, language: str) -> list[str]:
    least, most = field.get("min_length", 0), field.get("max_length")
    if translated.UNSTORABLE.search(text):
        return [tk._("The text contains a character that cannot be stored")]
    if not text:
        needed = field.get("required") and language == translated.MAIN
        return [tk._("Missing value")] if needed else []
    if len(text) < least:
        return [tk._("Has {given} letters, at least {least} are needed").format(given=len(text), least=least)]
    if most and len(text) > most:
        return [tk._("Has {given} letters, at most {most} fit").format(given=len(text), most=most)]
    return []
