"""The words of an entry and of a record in the language of whoever follows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import definitions, reader, translated
from ckanext.patrasparticipation.syndication.entries import Entry

SUMMARY = 600
"""Letters of a description that a feed carries."""
KEPT = ("\n", "\t")


def plain(text: str) -> str:
    """The text without the characters that XML and calendars refuse."""
    return "".join(one for one in text if one in KEPT or unicodedata.category(one)[0] != "C")


def text(value: Any, fallback: str = "") -> str:
    """A text of two languages, or of one, for the reader."""
    return plain(translated.in_language(value, reader.language(), fallback))


def title(record: Mapping[str, Any]) -> str:
    """A record's title; a feed has no entry without one."""
    return text(record.get("title_translated"), str(record.get("title") or record["name"]))


def kind(record_type: str) -> str:
    """What a record of that type is called."""
    definition = definitions.of(record_type)
    return text(definition["label"]) if definition else record_type


def summary(record: Mapping[str, Any]) -> str:
    """What a record is about, without its Markdown, cut at a word."""
    html = tk.h.render_markdown(text(record.get("notes_translated"), str(record.get("notes") or "")))
    words = plain(BeautifulSoup(html, "html.parser").get_text(" ", strip=True))
    return words if len(words) <= SUMMARY else words[:SUMMARY].rsplit(" ", 1)[0] + " …"


def page(record: Mapping[str, Any]) -> str:
    """The whole address of a record's page."""
    return str(tk.url_for(f"{record['type']}.read", id=record["name"], qualified=True))


def of_entry(entry: Entry) -> dict[str, str]:
    """``title``, ``about``, ``category`` and ``page`` of a calendar's entry."""
    name = text(entry["title"])
    sentences = {
        "consultation_opens": tk._("The consultation opens: {title}"),
        "consultation_closes": tk._("The consultation closes: {title}"),
        "applications_open": tk._("Applications open: {title}"),
        "applications_close": tk._("Applications close: {title}"),
        "event": "{title}",
    }
    address = page(entry["record"])
    about = "\n".join(one for one in (title(entry["record"]), entry["url"] or "", address) if one)
    said = sentences[entry["kind"]].format(title=name)
    return {"title": said, "about": plain(about), "category": kind(entry["record"]["type"]), "page": address}
