"""How to cite a dataset, or one version of a table: a line in both languages, BibTeX and CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date
from ckan import model
from ckan.plugins import toolkit as tk

from ..feeds.site import address
from ..helpers.numbers import moment
from ..model import SourceState, Version
from ..records import translated

VERSION = {"el": "Έκδοση {number}, {day}", "en": "Version {number}, {day}"}
"""Not through gettext: a citation is in both languages at once, whoever asks."""
SPECIAL = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """Texts as ``{el, en}``; ``address`` is the version's own file, which never changes, else the page."""

    name: str
    publisher: Mapping[str, str]
    title: Mapping[str, str]
    when: datetime
    page: str
    address: str
    version: int | None = None

    def text(self, language: str) -> str:
        """``Publisher (year). Title. Version 12, 7 May 2026.``, without the address."""
        day = format_date(self.when, "d MMMM yyyy", locale=language)
        if self.version is not None:
            day = VERSION[language].format(number=self.version, day=day)
        title = self.title[language]
        stop = "" if title.endswith((".", "?", "!", ";")) else "."
        return f"{self.publisher[language]} ({self.when.year}). {title}{stop} {day}."

    def bibtex(self, language: str) -> str:
        """An entry for LaTeX and for programs that keep references."""
        fields = {
            "author": "{" + _tex(self.publisher[language]) + "}",  # one name, not first and last
            "title": _tex(self.title[language]),
            "year": str(self.when.year),
            "month": str(self.when.month),
            "version": str(self.version) if self.version is not None else "",
            "url": self.address.translate({ord("{"): "%7B", ord("}"): "%7D"}),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        number = f"-{self.version}" if self.version is not None else ""
        return f"@misc{{{self.name}{number},\n{lines}}}\n"

    def csl(self, language: str) -> dict[str, Any]:
        """An item of CSL-JSON, which Zotero and pandoc read."""
        item = {
            "id": self.name,
            "type": "dataset",
            "title": self.title[language],
            "author": [{"literal": self.publisher[language]}],
            "publisher": self.publisher[language],
            "issued": {"date-parts": [[self.when.year, self.when.month, self.when.day]]},
            "URL": self.address,
            "language": language,
        }
        return item | ({"version": str(self.version)} if self.version is not None else {})


def of(package: dict[str, Any], resource_id: str | None = None) -> Citation:
    """The citation of a dataset, or of what a feed publishes as that resource now."""
    version = published(resource_id) if resource_id else None
    organization = package.get("organization") or {}
    site = str(tk.config.get("ckan.site_title") or "")
    page = address(f"/{package.get('type') or 'dataset'}/{package['name']}")
    given = version.created if version else package["metadata_modified"]
    return Citation(
        name=str(package["name"]),
        publisher=_both(organization.get("title_translated") or organization.get("title") or site),
        title=_both(package.get("title_translated") or package.get("title") or package["name"]),
        when=_moment(given),
        page=page,
        address=permanent(version) if version else page,
        version=version.generation if version else None,
    )


def published(resource_id: str) -> Version | None:
    """The version that a feed publishes as that resource, or nothing where none does."""
    state = model.Session.query(SourceState).filter_by(resource_id=resource_id).first()
    found = model.Session.get(Version, (state.source, state.generation)) if state else None
    return found if found is not None and not found.pruned else None


def permanent(version: Version) -> str:
    """The address of a version's CSV."""
    return address(f"/feed/{version.source}/{version.generation}/{version.source}.csv")


def _moment(value: Any) -> datetime:
    found = moment(value)
    if found is None:
        raise ValueError(value)
    return found


def _both(text: Any) -> dict[str, str]:
    """The text in each language, on one line."""
    return {
        language: re.sub(r"\s+", " ", translated.in_language(text, language))
        for language in translated.LANGUAGES
    }


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in text)
