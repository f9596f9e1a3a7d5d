"""What the fields of a record type become in RDF: properties, and the authority's URI of a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..load import record_type, vocabulary

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
OWN_TERMS = "pat"
"""Prefix of our own terms; their address begins with the site's: ``<site>/def/participation#``."""


@dataclass(frozen=True)
class Property:
    """A field that says something in RDF: the property, and the vocabulary of its codes if it has one."""

    field: str
    prefix: str
    term: str
    vocabulary: str | None = None

    def address(self, own: str) -> str:
        """The property's full address; ``own`` is the address our own terms begin with."""
        return PREFIXES.get(self.prefix, own) + self.term


def properties(name: str, part: str = "dataset_fields") -> tuple[Property, ...]:
    """The properties of a record type, in the order of its definition.

    Args:
        name: the record type, such as ``dataset``.
        part: ``dataset_fields``, ``resource_fields``, or ``fields`` of an organisation.
    """
    return tuple(_properties(record_type(name).get(part, [])))


def _properties(fields: Iterable[Mapping[str, Any]]) -> Iterable[Property]:
    for field in fields:
        if "rdf" in field:
            prefix, term = field["rdf"].split(":")
            yield Property(field["field_name"], prefix, term, field.get("vocabulary"))


def uri(name: str, code: str) -> str | None:
    """The authority's URI of a code of a vocabulary; nothing when the authority has none, or no such code."""
    return next((term.uri for term in vocabulary(name).terms if term.code == code), None)
