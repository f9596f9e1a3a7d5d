"""The columns in which a source hands over records of a type: one name for each thing that can be said.

A text in two languages is two columns, ``title`` and ``title_en``. A list of codes is one text with ``;``
between them. A repeating part is JSON in its own name, or one part in ``<field>__<subfield>``. A point comes
as ``lon`` and ``lat``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ..definitions import Choice, Column, Feed
from ..load import record_types, vocabulary

KEY = "source_id"
TRANSLATED = ("translated_text", "translated_markdown")
TYPES = {
    "participation_date": "date",
    "participation_integer": "integer",
    "participation_year": "integer",
    "participation_number": "number",
    "participation_boolean": "boolean",
    "participation_spatial": "geometry",
}
"""The type of a column by its field's preset; any other is text."""
OUT = ("owner_org",)
"""Whose records they are is said by the source's ``about.publisher``."""


@cache
def record_feeds() -> Mapping[str, Feed]:
    """The columns of every record type, by its name."""
    types = {name: type_ for name, type_ in record_types().items() if "dataset_type" in type_}
    return MappingProxyType({name: _feed(name, definition) for name, definition in types.items()})


def _feed(name: str, definition: Mapping[str, Any]) -> Feed:
    columns = [column for field in definition["dataset_fields"] for column in _columns(field)]
    label = definition.get("label") or {"el": name, "en": name}
    return Feed(name=name, label=label, about=label, columns=tuple(columns), key=KEY)


def _columns(field: Mapping[str, Any], part: str | None = None) -> Iterator[Column]:
    """The columns of one field."""
    name, preset = str(field["field_name"]), str(field.get("preset", ""))
    if name in OUT or preset == "participation_computed" or field.get("form_snippet") == "hidden.html":
        return
    if "repeating_subfields" in field:
        yield Column(name, "text", field["label"])
        for inner in field["repeating_subfields"]:
            yield from _columns(inner, name)
        return
    whole = f"{part}__{name}" if part else name
    if preset in TRANSLATED:
        core = whole.removesuffix("_translated")
        yield Column(core, "text", field["label"])
        yield Column(f"{core}_en", "text", field["label"])
        return
    if preset == "participation_spatial" and not part:
        yield from (Column(axis, "number", field["label"]) for axis in ("lon", "lat"))
    is_key = whole == KEY
    kind, terms = TYPES.get(preset, "text"), _choices(field, preset)
    yield Column(whole, kind, field["label"], choices=terms, required=is_key, unique=is_key)


def _choices(field: Mapping[str, Any], preset: str) -> tuple[Choice, ...]:
    """The codes of a single choice; a list of codes is looked at when it is written."""
    if preset != "vocabulary":
        return ()
    return tuple(Choice(term.code, term.label) for term in vocabulary(field["vocabulary"]).terms)
