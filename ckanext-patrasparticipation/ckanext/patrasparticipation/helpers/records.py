"""What templates may ask about a record: its texts in the reader's language, labels of codes, its form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.helpers.numbers import written_day
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


def participation_date(value: str) -> str:
    """An ISO date in the reader's words: ``7 Μαΐου 2024``, ``7 May 2024``."""
    try:
        return written_day(date.fromisoformat(value), reader.language())
    except ValueError:
        return value


def participation_max_upload() -> int:
    """The size in bytes up to which the site takes a file."""
    return int(tk.config["ckan.max_resource_size"]) * 1024 * 1024
