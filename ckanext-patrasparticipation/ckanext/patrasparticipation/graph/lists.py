"""Our code lists as SKOS, and our own terms: for whoever meets one of their addresses in a record's RDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef

from ckanext.patrasparticipation.graph import names
from ckanext.patrasparticipation.schemas.load import record_types, vocabularies, vocabulary

ROLES = "role"
ROLES_TITLE = {"el": "Ρόλοι των συνδέσεων", "en": "Roles of relations"}


def known(name: str) -> bool:
    """Whether something is published under ``/def/<name>``."""
    return name in (ROLES, names.OWN) or name in vocabularies()


def graph_of(name: str) -> Graph:
    """The list of that name: a vocabulary's codes, the roles of arrows, or our own properties."""
    graph = Graph()
    graph.bind("skos", SKOS)
    if name == names.OWN:
        for field in _fields():
            prefix, _, local = str(field.get("rdf", "")).partition(":")
            if prefix == "pat":
                node = URIRef(names.own() + local)
                graph.add((node, RDF.type, RDF.Property))
                _texts(graph, node, RDFS.label, field["label"])
        return graph
    scheme = URIRef(f"{names.site()}/def/{name}")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for code, labels, address in _concepts(name):
        graph.add((address, RDF.type, SKOS.Concept))
        graph.add((address, SKOS.inScheme, scheme))
        graph.add((scheme, SKOS.hasTopConcept, address))
        graph.add((address, SKOS.notation, Literal(code)))
        _texts(graph, address, SKOS.prefLabel, labels)
    _texts(graph, scheme, DCTERMS.title, ROLES_TITLE if name == ROLES else vocabulary(name).label)
    return graph


def _concepts(name: str) -> Iterator[tuple[str, Mapping[str, str], URIRef]]:
    if name == ROLES:
        for field in _fields():
            relation = field.get("relation") or {}
            if "role" in relation:
                role = str(relation["role"])
                yield role, field["label"], URIRef(f"{names.site()}/def/{ROLES}#{role}")
        return
    for term in vocabulary(name).terms:
        yield term.code, term.label, names.code(name, term.code)


def _fields() -> Iterator[Mapping[str, Any]]:
    """Every field of every record type, those inside parts too."""
    for definition in record_types().values():
        for field in definition.get("dataset_fields", ()):
            yield field
            yield from field.get("repeating_subfields", ())


def _texts(graph: Graph, node: URIRef, predicate: URIRef, texts: Mapping[str, str]) -> None:
    for language, text in texts.items():
        graph.add((node, predicate, Literal(text, lang=language)))
