"""What templates may ask about a record: its texts in the reader's language, labels of codes, its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import greek, translated, vocabularies


def participation_text(value: Any, fallback: str = "") -> str:
    """The text of ``{"el": …, "en": …}`` in the reader's language, else in Greek, else ``fallback``."""
    return translated.in_language(value, tk.h.lang(), fallback)


def participation_other_language(value: Any) -> str:
    """The code of the language that is shown when it is not the reader's own, or nothing."""
    shown = translated.language_read(value, tk.h.lang())
    return "" if shown == tk.h.lang() else shown


def participation_label(vocabulary: str, code: str) -> str:
    """The label of a vocabulary's code in the reader's language; the code itself when it has none."""
    return vocabularies.label(vocabulary, code, tk.h.lang())


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


def participation_sections(fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The fields of a form in its sections, in order: ``[{"label": {el, en} | None, "fields": […]}]``.

    A field's ``section`` (``{el, en}``) opens a section that lasts until the next field with one.
    """
    sections: list[dict[str, Any]] = []
    for field in fields:
        if field.get("form_snippet", "") is None:
            continue
        if "section" in field or not sections:
            sections.append({"label": field.get("section"), "fields": []})
        sections[-1]["fields"].append(field)
    return sections
