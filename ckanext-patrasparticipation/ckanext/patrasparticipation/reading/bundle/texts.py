"""The texts of a dataset's zip: README in both languages, the licence, and the dictionary of all columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from ckan.plugins import toolkit as tk

from ... import clock
from ...records import translated, vocabularies
from ..citation import Citation
from .contents import Contents

HERE = Path(__file__).parent
COLUMNS = (
    "table", "column", "type", "label_el", "label_en", "notes_el", "notes_en", "unit", "choices_el",
    "choices_en",
)  # fmt: skip


def readme(package: dict[str, Any], citation: Citation, contents: Contents) -> bytes:
    """What this is, whose, under which licence, of which version and day, and how to cite it."""
    return "\n\n".join(
        _one(language, package, citation, contents) for language in translated.LANGUAGES
    ).encode()


def _one(language: str, package: dict[str, Any], citation: Citation, contents: Contents) -> str:
    template = (HERE / f"readme.{language}.txt").read_text(encoding="utf-8")
    notes = translated.in_language(package.get("notes_translated") or package.get("notes"), language)
    return template.format(
        title=citation.title[language],
        line="=" * len(citation.title[language]),
        notes=notes,
        publisher=citation.publisher[language],
        licence=_licence(package, language),
        version=citation.version if citation.version is not None else "–",
        published=citation.when.date().isoformat(),
        made=clock.now().date().isoformat(),
        citation=f"{citation.text(language)} {citation.address}",
        page=citation.page,
        files="\n".join(f"  {line}" for line in contents.lines) or "  –",
        left="\n".join(f"  {line}" for line in contents.left) or "  –",
    )


def _licence(package: dict[str, Any], language: str) -> str:
    code = str(package.get("license_id") or "")
    title = vocabularies.label("licence", code, language) if code else ""
    title = title if title and title != code else str(package.get("license_title") or code or "–")
    return " ".join(part for part in (title, str(package.get("license_url") or "")) if part)


def licence(package: dict[str, Any]) -> bytes:
    """The licence's name in both languages, and its address."""
    return "".join(_licence(package, language) + "\n" for language in translated.LANGUAGES).encode()


def dictionary(package: dict[str, Any]) -> bytes:
    """Every column of every table, as CSV: labels and meanings in both languages, unit, closed lists."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for resource in package["resources"]:
        if resource.get("datastore_active"):
            found = tk.get_action("datastore_info")({}, {"id": resource["id"]})
            for column in found["fields"]:
                if not column["id"].startswith("_"):
                    rows.writerow([resource.get("name") or resource["id"], *_column(column)])
    return out.getvalue().encode()


def _column(column: dict[str, Any]) -> list[str]:
    info = column.get("info") or {}
    texts = [
        str(info.get(f"{part}_{language}") or info.get(part) or "")
        for part in ("label", "notes")
        for language in translated.LANGUAGES
    ]
    return [column["id"], column["type"], *texts, str(info.get("unit") or ""), *_choices(info)]


def _choices(info: dict[str, Any]) -> list[str]:
    given = info.get("choices") or {}
    return [
        "; ".join(f"{code}={translated.in_language(label, language)}" for code, label in given.items())
        for language in translated.LANGUAGES
    ]
