"""Records as an Atom feed (RFC 4287), with the addresses of the pages before and after (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from feedgen.feed import FeedGenerator

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import reader
from ckanext.patrasparticipation.syndication import words

MIME = "application/atom+xml; charset=utf-8"
UNNAMED = "—"


def feed(head: Mapping[str, str], records: Iterable[Mapping[str, Any]], links: Mapping[str, str]) -> bytes:
    """The feed.

    Args:
        head: ``id`` (an address that never changes), ``title``, ``author``, ``page`` (the list for people).
        records: as ``package_search`` gives them.
        links: addresses by relation: ``self``, and of ``first previous next last`` those there are.
    """
    atom = FeedGenerator()
    atom.id(head["id"])
    atom.title(words.plain(head["title"]))
    atom.author({"name": words.plain(head["author"])})
    atom.language(reader.language())
    atom.link(href=head["page"], rel="alternate", type="text/html")
    for relation, address in links.items():
        atom.link(href=address, rel=relation, type="application/atom+xml")
    newest = datetime.min.replace(tzinfo=timezone.utc)
    for record in records:
        entry = atom.add_entry(order="append")
        newest = max(newest, _describe(entry, record))
    atom.updated(newest if newest.year > 1 else clock.now())
    return atom.atom_str(pretty=True)


def _describe(entry: Any, record: Mapping[str, Any]) -> datetime:
    """Fill in an entry; gives the moment at which its record was changed."""
    changed = moment(str(record["metadata_modified"]))
    organization = record.get("organization") or {}
    entry.id(f"urn:uuid:{record['id']}")
    entry.title(words.title(record))
    entry.link(href=words.page(record), rel="alternate", type="text/html")
    entry.updated(changed)
    entry.published(moment(str(record["metadata_created"])))
    entry.author(
        {"name": words.text(organization.get("title_translated"), organization.get("title") or UNNAMED)}
    )
    entry.summary(words.summary(record) or UNNAMED)
    entry.category({"term": record["type"], "label": words.kind(record["type"])})
    return changed


def moment(text: str) -> datetime:
    """An ISO moment; CKAN's carry no zone and mean UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
