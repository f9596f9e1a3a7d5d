"""A search as a file: every record in CSV, page after page in JSON, what changed last in Atom."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any
from xml.etree import ElementTree

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import reader, translated, vocabularies

CAP = 10_000
"""Records of one CSV; the site answers no deeper search either."""
COLUMNS = (
    "name", "type", "title_el", "title_en", "publisher", "publisher_title", "themes", "theme_titles",
    "licence", "licence_title", "formats", "period_start", "period_end", "modified", "address",
)  # fmt: skip
"""The names stay as they are in every language; the titles are in the reader's."""
ATOM = "http://www.w3.org/2005/Atom"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
_FORMULA = ("=", "+", "-", "@")
_BETWEEN = "; "


def line(text: Any) -> str:
    """A text on one line, without letters that XML and tables cannot hold."""
    return _CONTROLS.sub(" ", "" if text is None else str(text)).strip()


def cell(text: Any) -> str:
    """The same, as text also for a program that takes what begins with ``=`` for a formula."""
    told = line(text)
    return f"'{told}" if told.startswith(_FORMULA) else told


def address(record: Mapping[str, Any]) -> str:
    """The page of a record."""
    return str(tk.h.url_for(f"{record['type']}.read", id=record["name"], qualified=True))


def title(record: Mapping[str, Any]) -> str:
    """A record's title in the reader's language."""
    texts = record.get("title_translated")
    return line(translated.in_language(texts, reader.language(), record.get("title") or record["name"]))


def publisher_title(record: Mapping[str, Any]) -> str:
    """The title of its publisher in the reader's language; nothing where it has none."""
    publisher = record.get("organization") or {}
    texts = publisher.get("title_translated")
    return line(translated.in_language(texts, reader.language(), publisher.get("title") or ""))


def _moment(record: Mapping[str, Any]) -> str:
    """When a record last changed, as RFC 3339 writes it."""
    moment = datetime.fromisoformat(str(record["metadata_modified"]).replace("Z", "+00:00"))
    aware = moment.replace(tzinfo=moment.tzinfo or timezone.utc, microsecond=0)
    return aware.isoformat().replace("+00:00", "Z")


def row(record: Mapping[str, Any]) -> dict[str, str]:
    """A record as a line of the table."""
    titles = translated.parse(record.get("title_translated"))
    titles = titles if isinstance(titles, Mapping) else {translated.MAIN: record.get("title")}
    formats = dict.fromkeys(each["format"] for each in record["resources"] if each.get("format"))
    told = {
        "name": record["name"],
        "type": record["type"],
        **{f"title_{language}": titles.get(language) for language in translated.LANGUAGES},
        "publisher": (record.get("organization") or {}).get("name"),
        "publisher_title": publisher_title(record),
        **_coded("theme", "themes", "theme_titles", record.get("theme") or ()),
        **_coded("licence", "licence", "licence_title", [record.get("license_id") or ""]),
        "formats": _BETWEEN.join(formats),
        "period_start": record.get("temporal_start"),
        "period_end": record.get("temporal_end"),
        "modified": _moment(record),
        "address": address(record),
    }
    return {name: cell(value) for name, value in told.items()}


def _coded(vocabulary: str, codes: str, labels: str, values: Iterable[str]) -> dict[str, str]:
    """Two cells: the codes, and their labels in the reader's language."""
    told = [value for value in values if value]
    language = reader.language()
    return {
        codes: _BETWEEN.join(told),
        labels: _BETWEEN.join(vocabularies.label(vocabulary, each, language) for each in told),
    }


def table(pages: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    """The CSV of all pages of an answer, a block of lines per page."""
    for number, records in enumerate(pages):
        out = io.StringIO()
        lines = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
        if not number:
            lines.writeheader()
        lines.writerows(row(record) for record in records)
        yield out.getvalue()


def feed(records: list[dict[str, Any]], head: Mapping[str, str], links: Mapping[str, str]) -> bytes:
    """The Atom feed of records; ``head``: title, author, empty; ``links``: address by relation."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": reader.language()})
    updated = _moment(records[0]) if records else head["empty"]
    for name, text in (("id", links["self"]), ("title", line(head["title"])), ("updated", updated)):
        ElementTree.SubElement(root, name).text = text
    author = ElementTree.SubElement(root, "author")
    ElementTree.SubElement(author, "name").text = line(head["author"])
    for relation, href in links.items():
        kind = "text/html" if relation == "alternate" else "application/atom+xml"
        ElementTree.SubElement(root, "link", {"rel": relation, "href": href, "type": kind})
    for record in records:
        _entry(root, record)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ElementTree.Element, record: Mapping[str, Any]) -> None:
    entry = ElementTree.SubElement(root, "entry")
    notes = translated.in_language(
        record.get("notes_translated"), reader.language(), record.get("notes") or ""
    )
    told = {
        "id": f"urn:uuid:{record['id']}",
        "title": title(record),
        "updated": _moment(record),
        "summary": line(tk.h.markdown_extract(notes, extract_length=400)),
    }
    for name, text in told.items():
        ElementTree.SubElement(entry, name).text = text
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": address(record), "type": "text/html"})
    if publisher := publisher_title(record):
        author = ElementTree.SubElement(entry, "author")
        ElementTree.SubElement(author, "name").text = publisher
    for code in record.get("theme") or ():
        label = vocabularies.label("theme", code, reader.language())
        ElementTree.SubElement(entry, "category", {"term": code, "label": label})
