"""What a search box suggests: records from the index, publishers from the database, places from the city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ckan import model
from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.patrasparticipation import places
from ckanext.patrasparticipation.records import translated
from ckanext.patrasparticipation.search import beginnings, filters

MOST = 10
USUAL = 8
SHARE = 3
"""Of publishers, and of places, beside records."""
KINDS = ("record", "organisation", "place")
FIELDS = "title_suggest^4 title_key"
OTHERS = tuple(language for language in translated.LANGUAGES if language != translated.MAIN)
RECORD_FIELDS = (
    "name",
    "title",
    "dataset_type",
    "organization",
    *(f"extras_title_{each}" for each in OTHERS),
)

Suggestion = dict[str, Any]


class Publisher(NamedTuple):
    """A publisher as a list shows it, with its title in the site's languages."""

    id: str
    name: str
    kind: str
    titles: Mapping[str, str]


def language() -> str:
    """The reader's language; the main one where nobody reads a page, as in a job."""
    return str(tk.h.lang()) if has_request_context() else translated.MAIN


def publishers() -> dict[str, Publisher]:
    """Every publisher that is not deleted, by name: CKAN shows these to everybody. One light query."""
    group: Any = model.Group
    rows = (
        model.Session.query(group.id, group.name, group.type, group.title, group.extras)
        .filter(group.is_organization.is_(True), group.state == "active")
        .order_by(group.title, group.name)
    )
    return {
        row.name: Publisher(row.id, row.name, row.type, _titles(row.title or row.name, row.extras))
        for row in rows
    }


def named(known: Mapping[str, Publisher], asked: str | None) -> str | None:
    """The name of the publisher that is meant by a name or an id; nothing where there is none."""
    return next((each.name for each in known.values() if asked in (each.id, each.name)), None)


def _titles(title: str, extras: Mapping[str, str] | None) -> dict[str, str]:
    given = translated.parse((extras or {}).get("title_translated"))
    known = given.items() if isinstance(given, dict) else ()
    return {translated.MAIN: title, **{code: text for code, text in known if isinstance(text, str) and text}}


def of_publishers(wanted: Sequence[str], known: Mapping[str, Publisher], language: str) -> list[Suggestion]:
    """Publishers whose title has the words."""
    return [
        {
            "kind": "organisation",
            "title": translated.in_language(each.titles, language),
            "url": tk.h.url_for(f"{each.kind}.read", id=each.name),
            "detail": None,
        }
        for each in beginnings.matching(known.values(), lambda publisher: publisher.titles, wanted)
    ]


def of_places(wanted: Sequence[str], language: str) -> list[Suggestion]:
    """Places whose name has the words; each leads to the records that lie there."""
    details = {
        "municipal_unit": tk._("Municipal unit"),
        "community": tk._("Municipal community"),
        "neighbourhood": tk._("Neighbourhood"),
    }
    return [
        {
            "kind": "place",
            "title": translated.in_language(place["label"], language),
            "url": tk.h.url_for(f"{tk.h.default_package_type()}.search", ext_bbox=place["bbox"]),
            "detail": details.get(place["kind"]),
        }
        for place in beginnings.matching(places.named(), lambda place: place["label"], wanted)
    ]


def question(wanted: Sequence[str], rows: int, publisher: str | None) -> dict[str, Any]:
    """What ``package_search`` is asked: public records whose title has the words."""
    return {
        "q": beginnings.query(wanted),
        "qf": FIELDS,
        "defType": "edismax",  # here every word must be found, which is what a suggestion wants
        "fl": list(RECORD_FIELDS),
        "fq": f'+organization:"{publisher}"' if publisher else "",
        "rows": rows,
        "facet": "false",
        "extras": {filters.QUIET: "true"},  # half a word that finds nothing is no question of a reader
    }


def of_records(
    found: Iterable[Mapping[str, Any]], known: Mapping[str, Publisher], language: str
) -> list[Suggestion]:
    """Rows of the index, each with its publisher's title."""
    return [
        {
            "kind": "record",
            "title": row.get(f"title_{language}") or row.get("title") or row["name"],
            "url": tk.h.url_for(f"{row['dataset_type']}.read", id=row["name"]),
            "detail": _publisher(known.get(row.get("organization") or ""), language),
        }
        for row in found
    ]


def _publisher(known: Publisher | None, language: str) -> str | None:
    return translated.in_language(known.titles, language) if known else None


def beside(
    kinds: Sequence[str], wanted: Sequence[str], known: Mapping[str, Publisher], language: str
) -> list[Suggestion]:
    """Publishers and places, of the kinds that are asked for: a few of each, or as many as there may be."""
    share = SHARE if len(kinds) > 1 else MOST
    found = of_publishers(wanted, known, language)[:share] if "organisation" in kinds else []
    return found + (of_places(wanted, language)[:share] if "place" in kinds else [])


def shared(records: Sequence[Suggestion], others: Sequence[Suggestion], limit: int) -> list[Suggestion]:
    """Records first; the others get half the list, and what the records leave free."""
    room = max(limit // 2, limit - len(records))
    return [*records[: limit - len(others[:room])], *others[:room]]
