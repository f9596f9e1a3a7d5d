"""The columns of a type's spreadsheet, derived from its definition: nothing about a type is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ckan.plugins import toolkit as tk

from ..records import translated

Text = Mapping[str, str]

KEY = "row"
"""The first column: what the other sheets call a row by."""
KEY_LABEL = {"el": "Α/Α", "en": "No."}
ENGLISH = {"el": "{} (αγγλικά)", "en": "{} (English)"}

LEFT_OUT = ("owner_org", "notes", "title", "spatial_uri")
"""Fields that no sheet has: the publisher is chosen once for all rows; core texts follow the translations."""
HIDDEN = ("hidden.html", None)
KINDS = {
    "translated_text": "translated",
    "translated_markdown": "translated",
    "vocabulary": "code",
    "vocabulary_multiple": "codes",
    "participation_date": "date",
    "participation_datetime": "datetime",
    "participation_time": "time",
    "participation_year": "integer",
    "participation_integer": "integer",
    "participation_number": "number",
    "participation_boolean": "boolean",
    "participation_relation": "name",
    "participation_relations": "names",
    "participation_organizations": "names",
    "participation_spatial": "place",
    "participation_computed": "computed",
}
"""What a cell holds, by the preset of its field; anything else is text."""
SEVERAL = ("codes", "names")
"""Kinds of which a cell may hold several, with ``;`` between them."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column.

    Args:
        field: the field of the record, or of the repeating part.
        kind: see ``KINDS``.
        label: the heading, in both languages.
        language: of a translated text, which; else nothing.
        part: the repeating field it belongs to; else nothing.
    """

    field: str
    kind: str
    label: Text
    language: str | None = None
    part: str | None = None
    required: bool = False
    about: Text | None = None
    vocabulary: str | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    unit: str | None = None
    placeholder: Text | None = None
    default: Any = None

    @property
    def name(self) -> str:
        """The machine name: ``title_translated.en``, ``theme``, ``options.label``."""
        own = f"{self.field}.{self.language}" if self.language else self.field
        return f"{self.part}.{own}" if self.part else own


@dataclass(frozen=True)
class Shape:
    """A type's spreadsheet: the columns of the main sheet, and those of each repeating part by its field."""

    type: str
    label: Text
    main: tuple[Column, ...]
    parts: Mapping[str, tuple[Column, ...]]
    part_labels: Mapping[str, Text]


def shape(record_type: str) -> Shape:
    """The spreadsheet of a type.

    Raises:
        ObjectNotFound: there is no such type.
    """
    definition = tk.h.scheming_get_dataset_schema(record_type)
    if not definition:
        raise tk.ObjectNotFound(tk._("There is no record type “{type}”.").format(type=record_type))
    main: list[Column] = []
    parts: dict[str, tuple[Column, ...]] = {}
    labels: dict[str, Text] = {}
    for field in definition["dataset_fields"]:
        if "repeating_subfields" in field:
            name = field["field_name"]
            inner = [one for sub in field["repeating_subfields"] for one in _columns(sub, part=name)]
            parts[name], labels[name] = _told_apart(inner), field["label"]
        else:
            main += _columns(field)
    label = definition.get("label") or {"el": record_type, "en": record_type}
    return Shape(record_type, label, _told_apart(main), parts, labels)


def _columns(field: Mapping[str, Any], part: str | None = None) -> Iterator[Column]:
    kind = KINDS.get(field.get("preset", ""), "code" if field.get("choices") else "text")
    hidden = "form_snippet" in field and field["form_snippet"] in HIDDEN
    if (field["field_name"] in LEFT_OUT and not part) or kind == "computed" or hidden:
        return
    column = Column(
        field=field["field_name"],
        kind=kind,
        label=field["label"],
        part=part,
        required=bool(field.get("required")) and "default" not in field,
        about=field.get("help_text"),
        vocabulary=field.get("vocabulary"),
        choices=tuple((each["value"], each["label"]) for each in field.get("choices", ())),
        unit=field.get("unit"),
        placeholder=field.get("form_placeholder"),
        default=field.get("default"),
    )
    if kind != "translated":
        yield column
        return
    for language in translated.LANGUAGES:
        main = language == translated.MAIN
        label = column.label if main else {key: ENGLISH[key].format(column.label[key]) for key in ENGLISH}
        yield replace(column, kind="text", language=language, label=label, required=column.required and main)


def _told_apart(columns: list[Column]) -> tuple[Column, ...]:
    """The columns; headings that are the same get their machine name added."""
    seen: set[str] = {KEY_LABEL["el"]}
    answer = []
    for column in columns:
        if column.label["el"] in seen:
            label = {key: f"{text} [{column.name}]" for key, text in column.label.items()}
            column = replace(column, label=label)
        seen.add(column.label["el"])
        answer.append(column)
    return tuple(answer)
