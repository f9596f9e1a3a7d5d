"""What is filled in before a record is checked: core texts from the Greek, and its address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import translated

Flat = MutableMapping[tuple[Any, ...], Any]
"""CKAN's flattened record: ``{("title",): "…", ("resources", 0, "name"): "…"}``."""


def is_empty(value: Any) -> bool:
    """Nothing was given: missing, None, or an empty text, list or dict."""
    return value is tk.missing or value in (None, "", [], {})


def several(value: Any) -> list[Any]:
    """The single values of what a form, an API caller or a stored record (its JSON) gives."""
    if is_empty(value):
        return []
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    return value if isinstance(value, list) else [value]


def translated_keys(data: Flat, definition: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The keys of every translated field of the record and of each of its resources."""
    for part in ("dataset_fields", "fields"):
        yield from ((name,) for name in translated.fields(definition, part))
    rows = sorted({key[1] for key in data if key[0] == "resources" and len(key) > 2})
    for name in translated.fields(definition, "resource_fields"):
        yield from (("resources", row, name) for row in rows)


def fill_translation(data: Flat, key: tuple[Any, ...], stored: str | None) -> None:
    """Make the translated field and its core field say the same.

    The form sends ``title_translated-el`` and ``title_translated-en``; a plain caller sends ``title``
    alone; one that patches a record sends a new ``title`` beside the ``title_translated`` it was shown.
    ``stored`` is the core text that the catalogue holds now: it tells which of the two was changed.
    """
    core = (*key[:-1], key[-1].removesuffix(translated.SUFFIX))
    given = data.get(core)
    value = translated.parse(data.get(key))
    if is_empty(value):
        value = _from_form(data, key)
    if isinstance(given, str) and given:
        if is_empty(value):
            value = {translated.MAIN: given}
        elif isinstance(value, dict) and stored and given != stored and value.get(translated.MAIN) == stored:
            value = {**value, translated.MAIN: given}
    if is_empty(value):
        return
    data[key] = value
    main = value.get(translated.MAIN) if isinstance(value, dict) else None
    if core in data and isinstance(main, str) and main.strip():  # `rights_translated` has no core field
        data[core] = translated.clean(main)


def _from_form(data: Flat, key: tuple[Any, ...]) -> dict[str, Any]:
    """The texts of the form's fields, one a language, taken out of what CKAN would ignore."""
    extras = data.get((*key[:-1], "__extras"))
    if not isinstance(extras, dict):
        return {}
    names = {language: f"{key[-1]}-{language}" for language in translated.LANGUAGES}
    return {language: extras.pop(name) for language, name in names.items() if name in extras}
