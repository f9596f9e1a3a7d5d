"""The GraphQL API of Decidim. Its fields change between releases: the server is asked which it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import SourceChanged
from ..plain_text import words
from .gather import Part
from .graphql import Cursor, ask, fields_of, objects
from .talk import Talk

Options = Mapping[str, Any]

VERSION = "{ decidim { version applicationName } }"
PAGE = """query($id: ID!, $after: String) { component(id: $id) { id __typename ... on %s {
    %s(%sfirst: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { %s } } } } }"""
RENAMED = {"likeCount": ("likeCount", "endorsementsCount")}
"""Columns whose field had another name in earlier releases."""
NESTED = {
    "title": "title { translations { locale text } }",
    "answer": "answer { translations { locale text } }",
    "status": "status { name { translations { locale text } } }",
    "coordinates": "coordinates { latitude longitude }",
}


@dataclass(frozen=True)
class Kind:
    """Where things of a kind stand: the ``type`` of one, and the component and field that lists them."""

    type: str
    component: str = ""
    field: str = ""
    order: str = ""


KINDS = {
    "participatory_processes": Kind("ParticipatoryProcess", field="participatoryProcesses"),
    "proposals": Kind("Proposal", "Proposals", "proposals", 'order: {publishedAt: "asc"}, '),
    "results": Kind("Result", "Accountability", "results"),
    "meetings": Kind("Meeting", "Meetings", "meetings"),
}


def parts(talk: Talk, options: Options, wanted: frozenset[str]) -> Iterator[Part]:
    """The things of the kind ``entity``: all processes, or what the ``components`` hold.

    Raises:
        SourceChanged: ``source_error``, ``answer_shape``, ``other_question`` for a component of another kind.
        SourceUnavailable: ``incomplete_pages``.
    """
    address = talk.address("/api")
    for known in objects([ask(talk, address, VERSION).get("decidim")]):
        talk.notes["decidim"] = str(known.get("version"))[:40]
    kind = KINDS[options["entity"]]
    fields = _fields(wanted, fields_of(talk, address, kind.type))
    if not kind.component:
        data = ask(talk, address, f"{{ {kind.field} {{ {' '.join(fields.values())} }} }}")
        for thing in objects(data.get(kind.field)):
            yield _part(thing, fields, wanted, None)
        return
    for component in options["components"]:
        yield from _component(talk, Asked(kind, fields, wanted, component))


def _fields(wanted: frozenset[str], there: frozenset[str]) -> dict[str, str]:
    """What to ask, by the first part of each wanted column: only fields that this server has."""
    asked = {"id": "id"}
    for column in sorted(wanted - {"component"}):
        name = column.split("/")[0]
        found = next((field for field in RENAMED.get(name, (name,)) if field in there), None)
        if found:
            asked[name] = NESTED.get(name, found)
    return asked


@dataclass(frozen=True)
class Asked:
    """What is asked of one component."""

    kind: Kind
    fields: Mapping[str, str]
    wanted: frozenset[str]
    component: str


def _component(talk: Talk, asked: Asked) -> Iterator[Part]:
    kind, address, number = asked.kind, talk.address("/api"), asked.component
    query = PAGE % (kind.component, kind.field, kind.order, " ".join(asked.fields.values()))
    cursor, after = Cursor(address), None
    while True:
        found = ask(talk, address, query, {"id": number, "after": after}).get("component")
        if not isinstance(found, dict):
            raise SourceChanged("answer_shape", address=address, problem=f"no component {number}")
        if found.get("__typename") != kind.component:
            told = {"wanted": f"{number}: {kind.component}", "found": str(found.get("__typename"))}
            raise SourceChanged("other_question", address=address, **told)
        connection = next(objects([found.get(kind.field)]), {})
        for thing in objects(connection.get("nodes")):
            yield _part(thing, asked.fields, asked.wanted, number)
        after = cursor.following(connection)
        if after is None:
            return


def _part(
    thing: Mapping[str, Any], fields: Mapping[str, str], wanted: frozenset[str], component: str | None
) -> Part:
    """A thing as cells; a language that it is not written in is an empty cell."""
    cells: dict[str, Any] = {name: None for name in wanted if name.split("/")[0] in fields}
    cells["component"] = component
    for name, asked in fields.items():
        value = thing.get(asked.split(" ")[0])
        cells |= dict(_flat(name, value))
    return Part(cells, key=f"{component}/{thing.get('id')}")


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Cells of a value: a translated text gives one for each language."""
    if isinstance(value, dict) and "translations" in value:
        for item in objects(value["translations"]):
            yield f"{name}/{item.get('locale')}", words(str(item.get("text") or "")) or None
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}/{key}", inner)
    else:
        yield name, words(value) if isinstance(value, str) else value
