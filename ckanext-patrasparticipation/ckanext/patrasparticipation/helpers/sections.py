"""The form of a record in its sections: which stand open, what is missing, what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ckan.plugins import toolkit as tk

from ..records import prepare, translated

Field = Mapping[str, Any]
Told = dict[str, Any]


def participation_sections(definition: Field, part: str, data: Field, errors: Field) -> list[dict[str, Any]]:
    """A form's fields in its sections: ``[{"name", "label", "about", "fields", "open", "missing", "wrong"}]``

    ``part`` is ``dataset_fields`` or ``fields``; label and about are {el, en} or None. Sections stand in the
    definition's order, empty ones are left out, and fields that name none come last, without a label. One
    is open when something in it must be filled in, has been, or is wrong; ``missing`` and ``wrong`` count.
    """
    shown = [field for field in definition[part] if field.get("form_snippet", "") is not None]
    sections = []
    for one in [*definition.get("sections", ()), {"name": None, "label": None}]:
        placed = [field for field in shown if field.get("section") == one["name"]]
        if placed:
            needed = any(_asks(field, data, errors) for field in placed)
            sections.append({**one, "about": one.get("about"), "fields": placed})
            sections[-1]["open"] = needed or not one["label"]
            sections[-1]["missing"] = sum(_is_missing(field, data) for field in placed)
            sections[-1]["wrong"] = sum(any(errors.get(name) for name in _names(field)) for field in placed)
    return sections


def _names(field: Field) -> list[str]:
    """The names of the controls that a field may have."""
    name = field["field_name"]
    return [name, *(f"{name}-{language}" for language in translated.LANGUAGES)]


def _value(field: Field, data: Field) -> bool:
    return any(not prepare.is_empty(data.get(name)) for name in _names(field))


def _is_missing(field: Field, data: Field) -> bool:
    """Whether the field must be filled in and is not; what the form proposes counts until it is taken out."""
    proposed = field["field_name"] not in data and "default" in field
    return bool(field.get("required")) and not proposed and not _value(field, data)


def _asks(field: Field, data: Field, errors: Field) -> bool:
    """Whether a person must look at the field: it needs a value, has one of its own, or has an error."""
    if any(errors.get(name) for name in _names(field)):
        return True
    if field.get("required") and "default" not in field:
        return True
    own = (value for name in _names(field) if (value := data.get(name)) != field.get("default"))
    return any(not prepare.is_empty(value) for value in own)


def participation_error_fields(fields: Sequence[Field], errors: Field) -> list[dict[str, Any]]:
    """The errors of a form in the order of its fields: ``[{"id", "label", "language", "text", "part"}]``.

    ``id`` is the control's; what belongs to no field of the form has none. An error of a translated field
    stands at one language (``title_translated-el``); one inside a repeating field names its ``part`` too, as
    ``{"label", "number"}``.
    """
    left = dict(errors)
    found = [one for field in fields for one in _of_field(field, left)]
    if left.get("upload"):  # the field of a file stands under another name in the definition
        found.insert(0, _told("field-upload", tk._("File"), left.pop("upload")))
    return found + [_told("", key, error) for key, error in left.items() if error]


def _of_field(field: Field, left: dict[str, Any]) -> Iterator[Told]:
    """The errors of one field, which are taken out of what is left."""
    name = field["field_name"]
    if field.get("repeating_subfields"):
        yield from _of_parts(field, left.pop(name, None) or [])
        return
    for key, language in zip(_names(field), ("", *translated.LANGUAGES), strict=True):
        if left.get(key):
            yield _told(_control(field, key), field["label"], left.pop(key), language)


def _of_parts(field: Field, errors: Any) -> Iterator[Told]:
    """The errors of a repeating field: of itself, then of each subfield of each of its parts."""
    name = field["field_name"]
    whole = [one for one in errors if isinstance(one, str)] if isinstance(errors, list) else [str(errors)]
    if whole:
        yield _told(f"field-{name}", field["label"], whole)
    for at, wrong in enumerate(one for one in errors if isinstance(one, dict)):
        here = {"label": field.get("repeating_label") or field["label"], "number": at + 1}
        left = dict(wrong)
        for subfield in field["repeating_subfields"]:
            for told in _of_field(subfield, left):
                control = told["id"].replace("field-", f"field-{name}-{at}-", 1)
                yield {**told, "id": control, "part": here}
        yield from ({**_told("", key, error), "part": here} for key, error in left.items() if error)


def _told(control: str, label: Any, error: Any, language: str = "") -> Told:
    text = str(error[0]) if isinstance(error, list) and error else str(error)
    return {"id": control, "label": label, "language": language, "text": text, "part": None}


def _control(field: Field, key: str) -> str:
    """The id of the form control at which the error of that key stands."""
    is_translated = translated.VALIDATOR in str(field.get("validators", "")).split()
    return f"field-{key}-el" if is_translated and key == field["field_name"] else f"field-{key}"
