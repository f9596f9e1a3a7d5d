"""The labels of a record's codes: which vocabulary a field takes its codes from, its definition says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..records import reader, vocabularies

Record = Mapping[str, Any]


def label(record: Record, name: str) -> str:
    """The label of a field's one code in the reader's language; nothing where it has none."""
    return next(iter(labels(record, name)), "")


def labels(record: Record, name: str) -> list[str]:
    """The labels of a field's codes."""
    return _labels(_field(_fields(record), name), record.get(name))


def part(record: Record, field: str, row: Record, name: str) -> str:
    """The labels of a code, or of several, in a row of a repeating field."""
    inside = (_field(_fields(record), field) or {}).get("repeating_subfields", ())
    return ", ".join(_labels(_field(inside, name), row.get(name)))


def attributes(record: Record, name: str) -> Mapping[str, str]:
    """What the vocabulary says of a field's one code beside its label; nothing for no code."""
    field = _field(_fields(record), name) or {}
    known = vocabularies.terms(field["vocabulary"]) if field.get("vocabulary") else {}
    found = known.get(str(record.get(name)))
    return found.attributes if found else {}


def term(record: Record, name: str) -> str:
    """The label of the field itself in the reader's language; its name where no definition has it."""
    field = _field(_fields(record), name)
    return str(tk.h.scheming_language_text(field["label"])) if field else name


def _fields(record: Record) -> list[dict[str, Any]]:
    definition = tk.h.scheming_get_dataset_schema(record.get("type"))
    return list(definition["dataset_fields"]) if definition else []


def _field(fields: Iterable[Record], name: str) -> Record | None:
    return next((field for field in fields if field["field_name"] == name), None)


def _labels(field: Record | None, codes: Any) -> list[str]:
    vocabulary = (field or {}).get("vocabulary")
    several = codes if isinstance(codes, list) else [codes]
    told = [str(code) for code in several if code not in (None, "")]
    return [vocabularies.label(vocabulary, code, reader.language()) for code in told] if vocabulary else told
