"""The catalogue in RDF: DCAT-AP 3 as ckanext-dcat writes it, with authorities' URIs and both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.profiles import DCAT, DCT, LOCN, RDF, SKOS, VCARD, EuropeanDCATAP3Profile
from flask import g, has_request_context
from rdflib import FOAF, BNode, Literal, URIRef
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from ckanext.patrasparticipation.graph import things
from ckanext.patrasparticipation.records import dcat, formats, linked, place, translated, vocabularies
from ckanext.patrasparticipation.schemas.definitions import Term
from ckanext.patrasparticipation.schemas.load import vocabulary

UNKNOWN_LICENCE_TYPE = URIRef("http://purl.org/adms/licencetype/UnknownIPR")
# The fields of a record whose codes appear as URIs, with their vocabulary.
CODED = {**dcat.LISTS, **dcat.SINGLES}


class ParticipationProfile(EuropeanDCATAP3Profile):  # type: ignore[misc]
    """The RDF profile `participation_dcat_ap`."""

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add a dataset to the graph; what ckanext-dcat knows first, then what it leaves out."""
        if things.is_thing(dataset_dict):
            thing = things.describe(self.g, dataset_dict, linked.links(_reader(), dataset_dict["id"]))
            if not things.is_dataset(dataset_dict):
                return
            self.g.add((dataset_ref, DCT.subject, thing))
            dataset_dict = dcat.as_dataset(dataset_dict)
        publisher = _publisher(dataset_dict)
        said = dcat.dataset(dataset_dict, publisher)
        super().graph_from_dataset(said, dataset_ref)
        self.g.remove((None, DCT.type, UNKNOWN_LICENCE_TYPE))
        self._declare_contacts(dataset_ref)
        self._declare_concepts(dataset_dict, publisher or {})
        self._add_places(dataset_dict, dataset_ref)

    def parse_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> dict[str, Any]:
        """Read a dataset from the graph; ckanext-dcat knows no other two-language fields than fluent's."""
        super().parse_dataset(dataset_dict, dataset_ref)
        self._read_texts(dataset_dict, dataset_ref, {"title": DCT.title, "notes": DCT.description})
        for resource in dataset_dict.get("resources", []):
            distribution = URIRef(resource.get("distribution_ref", ""))
            self._read_texts(resource, distribution, {"name": DCT.title, "description": DCT.description})
        return dataset_dict

    def _read_texts(self, record: dict[str, Any], node: URIRef, predicates: Mapping[str, URIRef]) -> None:
        for core, predicate in predicates.items():
            texts = {text.language or translated.MAIN: str(text) for text in self.g.objects(node, predicate)}
            if texts:
                record[core + translated.SUFFIX] = texts

    def _declare_contacts(self, dataset_ref: URIRef) -> None:
        for contact in self.g.objects(dataset_ref, DCAT.contactPoint):
            self.g.add((contact, RDF.type, VCARD.Kind))
            self.g.add((contact, RDF.type, VCARD.Organization))

    def _declare_concepts(self, record: Mapping[str, Any], publisher: Mapping[str, Any]) -> None:
        """Label every authority's URI and name its scheme: a validator has nothing but the graph."""
        for field, name in CODED.items():
            codes = record.get(field) or []
            self._declare(name, codes if isinstance(codes, list) else [codes])
        self._declare("licence", [record.get("license_id")])
        self._declare("publisher_type", [publisher.get("publisher_type")])
        for resource in record.get("resources", []):
            self._declare("availability", [resource.get("availability")])
            found = formats.term(resource)
            self._declare(formats.VOCABULARY, [found.code] if found else [])

    def _declare(self, name: str, codes: Iterable[str | None]) -> None:
        for term in (vocabularies.terms(name).get(code or "") for code in codes):
            if term is None or not term.uri:
                continue
            concept, scheme = URIRef(term.uri), vocabulary(name).uri
            self.g.add((concept, RDF.type, SKOS.Concept))
            self._label(concept, SKOS.prefLabel, term.label)
            if scheme:
                self.g.add((concept, SKOS.inScheme, URIRef(scheme)))
                self.g.add((URIRef(scheme), RDF.type, SKOS.ConceptScheme))
                self._label(URIRef(scheme), DCT.title, vocabulary(name).label)

    def _label(self, node: URIRef, predicate: URIRef, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            self.g.add((node, predicate, Literal(text, lang=language)))

    def _add_places(self, record: Mapping[str, Any], dataset_ref: URIRef) -> None:
        """Where the record is about: the city by its URI and box, and the record's own outline beside it."""
        named = _place(record)
        bounds = place.city_box()
        if named is not None:
            city = URIRef(str(named.uri))
            self._label(city, SKOS.prefLabel, named.label)
            self._add_place(dataset_ref, city, box(*bounds) if bounds else None)
        if record.get("spatial"):
            own = BNode()
            self._add_place(dataset_ref, own, place.geometry(json.loads(record["spatial"])))
            self._add_spatial_value_to_graph(own, LOCN.geometry, record["spatial"])

    def _add_place(self, dataset_ref: URIRef, node: URIRef | BNode, shape: BaseGeometry | None) -> None:
        self.g.add((dataset_ref, DCT.spatial, node))
        self.g.add((node, RDF.type, DCT.Location))
        if shape is not None:
            self._add_spatial_value_to_graph(node, DCAT.bbox, json.dumps(mapping(shape.envelope)))
            self._add_spatial_value_to_graph(node, DCAT.centroid, json.dumps(mapping(shape.centroid)))

    def graph_from_catalog(self, catalog_dict: dict[str, Any] | None, catalog_ref: URIRef) -> None:
        """Describe the catalogue itself: ckanext-dcat's words, authorities' URIs, and who answers for it."""
        super().graph_from_catalog(catalog_dict, catalog_ref)
        self.g.add((catalog_ref, DCAT.themeTaxonomy, URIRef(str(vocabulary("theme").uri))))
        title = Literal(tk.config["ckan.site_title"])
        if (catalog_ref, DCT.description, None) not in self.g:
            self.g.add((catalog_ref, DCT.description, title))
        site = URIRef(tk.config["ckan.site_url"].rstrip("/") + "/about")
        for triple in (
            (catalog_ref, DCT.publisher, site),
            (site, RDF.type, FOAF.Agent),
            (site, FOAF.name, title),
        ):
            self.g.add(triple)
        self.g.remove((catalog_ref, DCT.language, None))
        for term in vocabulary("language").terms:
            if term.attributes.get("iso") in translated.LANGUAGES:
                self.g.add((catalog_ref, DCT.language, URIRef(str(term.uri))))
                self._declare("language", [term.code])


def _reader() -> Context:
    """Whose eyes decide which linked records stand in the graph; without a request nobody's in particular."""
    if not has_request_context():
        return {"user": ""}
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}


def _place(record: Mapping[str, Any]) -> Term | None:
    """The first of the record's areas that has a URI, its own or its parent's."""
    terms = vocabularies.terms("coverage")
    chosen = [terms[code] for code in record.get("municipal_unit") or [] if code in terms]
    named = (one if one.uri else terms.get(one.attributes.get("parent", "")) for one in chosen)
    return next((one for one in named if one and one.uri), None)


def _publisher(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The organisation of a dataset with all its fields; asked once a request."""
    organization = record.get("organization")
    if not organization:
        return None
    known = g.setdefault("participation_publishers", {}) if has_request_context() else {}
    if organization["id"] not in known:
        asked = {
            "id": organization["id"],
            "include_users": False,
            "include_groups": False,
            "include_tags": False,
        }
        known[organization["id"]] = tk.get_action("organization_show")({"ignore_auth": True}, asked)
    return known[organization["id"]]  # type: ignore[no-any-return]
