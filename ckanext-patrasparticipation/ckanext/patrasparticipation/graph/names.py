"""The addresses of things, entries, terms and codes in RDF; each is also an address that answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from rdflib import URIRef

from ckanext.patrasparticipation.schemas.derive.rdf import OWN_TERMS, PREFIXES
from ckanext.patrasparticipation.schemas.load import vocabulary

OWN = "participation"


def site() -> str:
    """The site's address, without a slash at its end."""
    return str(tk.config["ckan.site_url"]).rstrip("/")


def kind(record_type: str) -> str:
    """The type as it stands in the address of a thing: ``citizen-group``."""
    return record_type.replace("_", "-")


def thing(record: Mapping[str, Any]) -> URIRef:
    """The thing a record is about: the group itself, not the page about it."""
    return URIRef(f"{site()}/id/{kind(str(record['type']))}/{record['name']}")


def entry(record: Mapping[str, Any]) -> URIRef:
    """The catalogue's entry: the record's page."""
    return URIRef(f"{site()}/{record['type']}/{record['name']}")


def term(name: str) -> URIRef:
    """A property or class from a definition (``org:purpose``, ``pat:kThreshold``)."""
    prefix, local = name.split(":")
    return URIRef((own() if prefix == OWN_TERMS else PREFIXES[prefix]) + local)


def own() -> str:
    """What the addresses of our own terms begin with."""
    return f"{site()}/def/{OWN}#"


def code(name: str, value: str) -> URIRef:
    """The authority's address of a code of a vocabulary, or ours where no authority has one."""
    found = next((one for one in vocabulary(name).terms if one.code == value), None)
    if found is not None and found.uri:
        return URIRef(found.uri)
    return URIRef(f"{site()}/def/{name}#{value}")


def scheme(name: str) -> URIRef:
    """The list that a vocabulary is: the authority's, or ours."""
    return URIRef(vocabulary(name).uri or f"{site()}/def/{name}")
