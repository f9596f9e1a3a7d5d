"""What templates may ask about a record: its texts in the reader's language, labels of codes, its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import greek, reader, translated, vocabularies


def participation_text(value: Any, fallback: str = "") -> str:
    """The text of ``{"el": …, "en": …}`` in the reader's language, else in Greek, else ``fallback``."""
    return translated.in_language(value, reader.language(), fallback)


def participation_other_language(value: Any) -> str:
    """The code of the language that is shown when it is not the reader's own, or nothing."""
    shown = translated.language_read(value, reader.language())
    return "" if shown == reader.language() else shown


def participation_label(vocabulary: str, code: str) -> str:
    """The label of a vocabulary's code in the reader's language; the code itself when it has none."""
    return vocabularies.label(vocabulary, code, reader.language())


def participation_licence(package: Mapping[str, Any]) -> str:
    """The licence's title in the reader's language; CKAN's register, which knows one language, for others."""
    code, title = str(package.get("license_id") or ""), str(package.get("license_title") or "")
    label = participation_label("licence", code) if code else ""
    return label if label != code else title


def participation_labels(vocabulary: str, codes: Any) -> list[str]:
    """The labels of one code or of a list of them."""
    chosen = codes if isinstance(codes, list) else [codes] if codes else []
    return [participation_label(vocabulary, code) for code in chosen]


def participation_vocabulary_choices(field: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The choices of a field that names a ``vocabulary``: ``[{"value": code, "label": {el, en}}]``."""
    terms = vocabularies.terms(field["vocabulary"]).values()
    return [{"value": term.code, "label": dict(term.label)} for term in terms]


def participation_slug_table() -> dict[str, object]:
    """The table by which the browser writes Greek in Latin letters (see ``assets/slug.js``)."""
    return greek.table()


def participation_sections(
    definition: Mapping[str, Any], part: str, data: Mapping[str, Any], errors: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """A form's fields in its sections: ``[{"name", "label", "about", "fields": […], "open": bool}]``.

    ``part`` is ``dataset_fields`` or ``fields``; label and about are {el, en} or None. Sections stand in the
    definition's order, empty ones are left out, and fields that name none come last, without a label. One is
    open when something in it must be filled in, has been, or is wrong.
    """
    shown = [field for field in definition[part] if field.get("form_snippet", "") is not None]
    sections = []
    for one in [*definition.get("sections", ()), {"name": None, "label": None}]:
        placed = [field for field in shown if field.get("section") == one["name"]]
        if placed:
            needed = any(_asks(field, data, errors) for field in placed)
            about = one.get("about")
            sections.append({**one, "about": about, "fields": placed, "open": needed or not one["label"]})
    return sections


def _asks(field: Mapping[str, Any], data: Mapping[str, Any], errors: Mapping[str, Any]) -> bool:
    """Whether a person must look at the field: it needs a value, has one of its own, or has an error."""
    names = [field["field_name"], *(f"{field['field_name']}-{language}" for language in translated.LANGUAGES)]
    if any(errors.get(name) for name in names):
        return True
    if field.get("required") and "default" not in field:
        return True
    return any(data.get(name) not in (None, "", [], {}, field.get("default")) for name in names)


def participation_error_fields(
    fields: Sequence[Mapping[str, Any]], errors: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The errors of a form in the order of its fields: ``[{"id", "label", "language", "text"}]``.

    ``id`` is the control's; what belongs to no field of the form has none. An error of a translated field
    stands at one language (``title_translated-el``).
    """
    left = dict(errors)
    found = []
    for field in fields:
        name = field["field_name"]
        for key, language in ((name, ""), (f"{name}-el", "el"), (f"{name}-en", "en")):
            if left.get(key):
                found.append({"id": _control(field, key), "label": field["label"], "language": language})
                found[-1]["text"] = _first(left.pop(key))
    if left.get("upload"):  # the field of a file stands under another name in the definition
        sentence = _first(left.pop("upload"))
        found.insert(0, {"id": "field-upload", "label": tk._("File"), "language": "", "text": sentence})
    rest = [
        {"id": "", "label": key, "language": "", "text": _first(error)}
        for key, error in left.items()
        if error
    ]
    return found + rest


def _control(field: Mapping[str, Any], key: str) -> str:
    """The id of the form control at which the error of that key stands."""
    is_translated = translated.VALIDATOR in str(field.get("validators", "")).split()
    return f"field-{key}-el" if is_translated and key == field["field_name"] else f"field-{key}"


def _first(error: Any) -> str:
    return str(error[0]) if isinstance(error, list) and error else str(error)


def participation_date(value: str) -> str:
    """An ISO date in the reader's words: 7 Μαΐου 2024."""
    try:
        return format_date(date.fromisoformat(value), format="long", locale=reader.language())
    except ValueError:
        return value


def participation_max_upload() -> int:
    """The size in bytes up to which the site takes a file."""
    return int(tk.config["ckan.max_resource_size"]) * 1024 * 1024
