"""A row of a source as the fields of a record: languages together, lists apart, what the YAML says of all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ..harvesters.source import Source
from ..schemas.load import record_type
from . import vocabularies
from .incoming import is_empty

TRANSLATED = ("translated_text", "translated_markdown")
SEVERAL = ("vocabulary_multiple", "participation_relations", "participation_organizations")


@cache
def _fields(type_: str) -> Mapping[str, Mapping[str, Any]]:
    return {field["field_name"]: field for field in record_type(type_)["dataset_fields"]}


def values(row: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """The values of a record; a field of which no column is mapped is not spoken of.

    Args:
        row: the columns of ``schemas/derive/record_feed.py``, typed.
        source: what its YAML says of all its records (licence, theme, contact) fills what rows leave open.
    """
    mapped = {name for item in source.fields for name in item.outputs}
    said: dict[str, Any] = {}
    for name, field in _fields(str(source.records)).items():
        if "repeating_subfields" in field:
            found = _parts(name, row, mapped)
        else:
            found = _value(name, field, row, mapped)
        if found is not NOT_SAID:
            said[name] = found
    return said | _of_all(source, said)


NOT_SAID = object()
"""No column of the field is mapped."""


def _value(name: str, field: Mapping[str, Any], row: Mapping[str, Any], mapped: set[str]) -> Any:
    preset = field.get("preset", "")
    if preset in TRANSLATED:
        core = name.removesuffix("_translated")
        columns = {"el": core, "en": f"{core}_en"}
        return _texts({language: row[one] for language, one in columns.items() if one in mapped})
    if name == "spatial" and {"lon", "lat"} <= mapped:
        return _point(row["lon"], row["lat"])
    if name not in mapped:
        return NOT_SAID
    return _several(row[name]) if preset in SEVERAL else _plain(row[name])


def _texts(texts: Mapping[str, Any]) -> Any:
    """Texts by language; what exists only in English stands in the place of the Greek."""
    if not texts:
        return NOT_SAID
    filled = {language: text for language, text in texts.items() if not is_empty(text)}
    return {"el": next(iter(filled.values())), **filled} if filled else None


def _point(longitude: float | None, latitude: float | None) -> str | None:
    if longitude is None or latitude is None:
        return None
    return json.dumps({"type": "Point", "coordinates": [longitude, latitude]})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(value, ".15g").replace(".", ",")  # as a Greek writes it: never thousands
    return value


def _several(value: Any) -> list[str] | None:
    parts = [part.strip() for part in str(value or "").split(";")]
    return [part for part in parts if part] or None


def _parts(name: str, row: Mapping[str, Any], mapped: set[str]) -> Any:
    """A repeating part: JSON of a list in its own column, or one part in columns of its subfields."""
    inner = {one.removeprefix(f"{name}__"): row[one] for one in mapped if one.startswith(f"{name}__")}
    if name in mapped:
        return _loaded(row[name])
    if not inner:
        return NOT_SAID
    filled = {one: _plain(value) for one, value in inner.items() if not is_empty(value)}
    return [filled] if filled else None


def _loaded(text: Any) -> Any:
    """The list; what is none is handed on for the validators to refuse."""
    if is_empty(text):
        return None
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return [loaded] if isinstance(loaded, dict) else loaded or None


def _of_all(source: Source, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the YAML says of every record of the source, where the type has a place for it."""
    fields, about = _fields(str(source.records)), source.about
    contact = about.contact.get("name", "")
    given: dict[str, Any] = {
        "license_id": about.license,
        "theme": [about.theme],
        "contact_unit": contact if isinstance(contact, str) else contact["el"],
        "contact_email": about.contact.get("email", ""),
        "source_system": _system(source.reader.type),
    }
    return {
        name: value
        for name, value in given.items()
        if name in fields and not is_empty(value) and is_empty(said.get(name))
    }


def _system(protocol: str) -> str:
    """The code of the system that speaks this protocol."""
    known = {"opengov": "opengov_gr", "sensecity_issues": "sense_city"}.get(protocol, protocol)
    return known if known in vocabularies.terms("source_system") else "other"
