"""A field's value as RDF: texts with their language, codes by address, numbers and days with their type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ckanext.patrasparticipation.graph import names

DAY, YEAR = "participation_date", "participation_year"
ADDRESSES = ("participation_url",)
TYPED = {DAY: XSD.date, YEAR: XSD.gYear}
NO_ADDRESS = set(' <>"{}|\\^`')


def of(graph: Graph, field: Mapping[str, Any], value: Any) -> Iterator[Node]:
    """The nodes that the value of a field becomes; parts of a repeating field are put into the graph too.

    Args:
        graph: where the parts go.
        field: its definition, preset in place.
        value: as ``package_show`` answers it; relations are no values, they are drawn elsewhere.
    """
    if "repeating_subfields" in field:
        yield from (_part(graph, field, one) for one in value if isinstance(one, Mapping))
    elif isinstance(value, Mapping):
        yield from (Literal(text, lang=language) for language, text in value.items() if text)
    elif isinstance(value, list):
        for one in value:
            yield from of(graph, field, one)
    elif value not in (None, ""):
        yield _one(field, value)


def _one(field: Mapping[str, Any], value: Any) -> Node:
    preset = str(field.get("preset"))
    if "vocabulary" in field:
        return names.code(field["vocabulary"], str(value))
    if preset in TYPED:
        return Literal(str(value), datatype=TYPED[preset])
    if preset in ADDRESSES and not NO_ADDRESS & set(str(value)):
        return URIRef(str(value))
    return Literal(value)


def _part(graph: Graph, field: Mapping[str, Any], part: Mapping[str, Any]) -> BNode:
    """One of the parts of a repeating field, as a node of its own."""
    node = BNode()
    for inner in field["repeating_subfields"]:
        value = part.get(inner["field_name"])
        if value in (None, "", []) or "relation" in inner:
            continue
        predicate = (
            names.term(inner["rdf"]) if "rdf" in inner else URIRef(names.own() + _camel(inner["field_name"]))
        )
        for one in of(graph, inner, value):
            graph.add((node, predicate, one))
    return node


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
