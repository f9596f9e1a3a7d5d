"""The thing a record is about, its entry in the catalogue, and its arrows to other things, in one graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef

from ckanext.patrasparticipation.graph import names, values
from ckanext.patrasparticipation.records import definitions, vocabularies

NOT_SAID = ("name", "owner_org", "license_id", "tag_string", "spatial")
"""Fields whose property belongs to a dataset or to the entry, not to the thing."""
AS_DATASETS = ("consultation", "indicator")
"""The types that are datasets besides, once they have a table."""

Links = Mapping[str, list[dict[str, Any]]]


def is_thing(record: Mapping[str, Any]) -> bool:
    """Whether the record is about something that is no dataset."""
    definition = definitions.of(str(record.get("type")))
    return definition is not None and "thing" in definition


def is_dataset(record: Mapping[str, Any]) -> bool:
    """Whether the record is a dataset: a consultation or indicator only with a table, a group never."""
    if not is_thing(record):
        return True
    has_table = any(resource.get("datastore_active") for resource in record.get("resources", ()))
    return record["type"] in AS_DATASETS and has_table


def describe(graph: Graph, record: Mapping[str, Any], links: Links) -> URIRef:
    """Add the entry, the thing and its arrows; gives the thing.

    Args:
        graph: what they are added to.
        record: as ``package_show`` gives it.
        links: by field, the records it points at that its reader may see (``records.linked.links``).
    """
    definition = definitions.of(record["type"]) or {}
    thing, entry = names.thing(record), names.entry(record)
    _entry(graph, record, entry, thing)
    for one in definition["thing"]["classes"]:
        graph.add((thing, RDF.type, names.term(one)))
    if record["type"] == "citizen_group" and record.get("legal_status") == "registered":
        graph.add((thing, RDF.type, names.term("schema:NGO")))
    for field in definition["dataset_fields"]:
        _field(graph, thing, field, record)
    for predicate, field in definitions.relations(definition):
        for target in links.get(predicate, ()):
            _arrow(graph, (thing, entry), field, target)
    return thing


def _entry(graph: Graph, record: Mapping[str, Any], entry: URIRef, thing: URIRef) -> None:
    graph.add((entry, RDF.type, FOAF.Document))  # DCAT-AP's catalogue records are of datasets alone
    graph.add((entry, FOAF.primaryTopic, thing))
    graph.add((thing, FOAF.isPrimaryTopicOf, entry))
    for predicate, name in ((DCTERMS.issued, "metadata_created"), (DCTERMS.modified, "metadata_modified")):
        if record.get(name):
            graph.add((entry, predicate, Literal(f"{str(record[name])[:19]}Z", datatype=XSD.dateTime)))


def _field(graph: Graph, thing: URIRef, field: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    name = field["field_name"]
    value = record.get(name)
    if "rdf" not in field or "relation" in field or name in NOT_SAID or value in (None, "", []):
        return
    for node in values.of(graph, field, value):
        graph.add((thing, names.term(field["rdf"]), node))
        if "vocabulary" in field and isinstance(node, URIRef):
            _label(graph, field["vocabulary"], node, value)


def _label(graph: Graph, vocabulary: str, node: URIRef, value: Any) -> None:
    """A reader of the graph alone learns what a code is called, in both languages."""
    codes = value if isinstance(value, list) else [value]
    code = next((one for one in codes if names.code(vocabulary, str(one)) == node), None)
    found = vocabularies.terms(vocabulary).get(str(code))
    if found is None:
        return
    graph.add((node, RDF.type, SKOS.Concept))
    graph.add((node, SKOS.inScheme, names.scheme(vocabulary)))
    for language, text in found.label.items():
        graph.add((node, SKOS.prefLabel, Literal(text, lang=language)))


def _arrow(
    graph: Graph, ends: tuple[URIRef, URIRef], field: Mapping[str, Any], target: Mapping[str, Any]
) -> None:
    """The arrow between the things, and between the entries with its role."""
    if not target.get("name"):
        return
    thing, entry = ends
    other = names.thing(target) if is_thing(target) else names.entry(target)
    if "rdf" in field:
        graph.add((thing, names.term(field["rdf"]), other))
    if role := field["relation"].get("role"):
        node = BNode()
        graph.add((entry, DCAT.qualifiedRelation, node))
        graph.add((node, RDF.type, DCAT.Relationship))
        graph.add((node, DCTERMS.relation, names.entry(target)))
        graph.add((node, DCAT.hadRole, URIRef(f"{names.site()}/def/role#{role}")))
