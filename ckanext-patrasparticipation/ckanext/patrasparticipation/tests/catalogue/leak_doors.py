"""Every door at which a hidden record could be told of: name -> the addresses to ask, given the scene.

A room that opens a door adds a row: a function from the scene to addresses; ``test_leaks.py`` asks them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

from .leak_scene import BEGINNING, KINDS, MARK, Scene

API = "/api/3/action/"
Door = Callable[[Scene], Iterable[str]]


def _each(scene: Scene, *patterns: str) -> Iterator[str]:
    """The patterns for every public record: ``{type}``, ``{name}``, ``{id}``."""
    for record in scene.public.values():
        yield from (pattern.format(**record) for pattern in patterns)


def pages(scene: Scene) -> Iterator[str]:
    """The pages of the records."""
    yield from _each(scene, "/{type}/{name}")
    yield "/en/consultation/in-sight-consultation"


def lists(scene: Scene) -> Iterator[str]:
    """Lists by type and their maps, the publisher's page and the front pages."""
    yield "/participation"
    yield from (f"/participation/places/{kind}.geojson" for kind in KINDS if kind != "dataset")
    yield from (f"/{kind}/" for kind in KINDS)
    yield from (f"/{kind}/?{urlencode({'q': BEGINNING})}" for kind in KINDS)
    yield from ("/", "/organization/visible")


def reverse_lists(scene: Scene) -> Iterator[str]:
    """``package_show`` with ``linked_from``."""
    yield from _each(scene, API + "package_show?id={id}", API + "package_show?id={name}&use_default_schema=1")


def chains(scene: Scene) -> Iterator[str]:
    """The chain, from each record that stands in one."""
    for kind in ("consultation", "initiative", "works_project", "indicator"):
        yield f"{API}participation_chain?id={scene.public[kind]['id']}"


def outcomes(scene: Scene) -> Iterator[str]:
    """What came of the consultation, and how far the group's voice reached."""
    yield f"{API}participation_influence?id={scene.public['citizen_group']['name']}"
    yield f"{API}participation_outcome_summary?id={scene.public['consultation']['name']}"


def searches(scene: Scene) -> Iterator[str]:
    """The search by every word, in every way of asking for more."""
    fields = ["run_by", "leads_to_works", "impact", "member_of", "extras_impact", "extras_run_by"]
    more = {"include_private": "true", "include_drafts": "true", "include_deleted": "true", "rows": "100"}
    facets = {"facet.field": json.dumps(["name", "organization", *fields])}
    for typed in (BEGINNING, "Κρυφόδεντρα", "unseen", "*:*", f"name:{MARK}*"):
        yield f"{API}package_search?{urlencode({'q': typed, **more, **facets})}"
    yield f"{API}package_search?{urlencode([('rows', 100), *(('fl', name) for name in ('id', *fields))])}"
    yield f"{API}package_search?{urlencode({'fl': 'told:validated_data_dict', 'rows': 100})}"
    yield f"{API}package_search?{urlencode({'use_default_schema': 'true', 'rows': 100})}"
    yield f"{API}current_package_list_with_resources?limit=100"


def suggestions(scene: Scene) -> Iterator[str]:
    """What is suggested while somebody types, to readers and in the form."""
    for typed in (BEGINNING, "unse", MARK[:5]):
        yield f"{API}participation_search_suggest?{urlencode({'q': typed})}"
        yield f"{API}package_autocomplete?{urlencode({'q': typed})}"
        yield f"/api/util/dataset/autocomplete?{urlencode({'incomplete': typed})}"
        for field, kind in PICKED.items():
            asked = {"field": field, "type": kind, "q": typed}
            yield f"{API}participation_relation_suggest?{urlencode(asked)}"


PICKED = {
    "run_by": "initiative",
    "leads_to_works": "consultation",
    "impact.indicator": "works_project",
    "related_dataset": "dataset",
}
"""A field that names records, and the type whose form has it."""


def graphs(scene: Scene) -> Iterator[str]:
    """Records and catalogue in RDF."""
    yield from _each(scene, "/{type}/{name}.ttl", "/{type}/{name}.jsonld")
    yield from ("/catalog.ttl", "/catalog.jsonld", "/catalog.xml")


def search_files(scene: Scene) -> Iterator[str]:
    """A search as a file, and CKAN's own feeds."""
    yield from ("/dataset/search.csv", "/dataset/search.json", "/dataset/search.atom")
    yield from ("/feeds/dataset.atom", "/feeds/organization/visible.atom")


def calendars(scene: Scene) -> Iterator[str]:
    """The dates, as a file and for programs: all, of one group, of one record."""
    group = scene.public["citizen_group"]["name"]
    for asked in ("", f"?group={group}", "?type=initiative", "?id=in-sight-consultation"):
        yield f"/participation/calendar.ics{asked}"
        yield f"{API}participation_calendar{asked}"


def feeds(scene: Scene) -> Iterator[str]:
    """What changed last, of all and of each type; the podcasts."""
    yield from ("/participation/feed.atom", "/participation/podcast.rss")
    yield from (f"/{kind}/feed.atom" for kind in KINDS)
    yield f"/citizen_group/{scene.public['citizen_group']['name']}/podcast.rss"


def reports(scene: Scene) -> Iterator[str]:
    """The counts of a period: for programs, as a page and as files."""
    for address in (f"{API}participation_report", *(f"/participation/report{end}" for end in REPORT_FORMS)):
        yield f"{address}?first=2026-01-01&last=2026-12-31"


REPORT_FORMS = ("", ".csv", ".json")


DOORS: dict[str, Door] = {
    "pages": pages,
    "lists": lists,
    "reverse lists": reverse_lists,
    "chain": chains,
    "outcome summary": outcomes,
    "search": searches,
    "suggestions": suggestions,
    "RDF": graphs,
    "search files": search_files,
    "calendar": calendars,
    "feeds": feeds,
    "report": reports,
}
ANSWERED = tuple(name for name in DOORS if name not in ("search", "suggestions"))
"""Doors that are open to everybody: no hidden record may break one of their pages."""
SHOW_TO_THE_OWNER = ("pages", "reverse lists", "chain", "outcome summary", "search", "suggestions")
"""Doors at which somebody of the publisher's own does find the private records: the test can fail there."""
