"""The catalogue in RDF: every dataset answers, in both languages, and scores as excellent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.dcat.profiles import DCAT, DCT, SKOS, VCARD
from rdflib import FOAF, RDF, Graph, Literal, URIRef

from ckanext.patrasparticipation.tests.catalogue import mqa, samples

from .rdf_samples import answers, graph_of, only_dataset, rich
from .shapes import shapes, validate

__all__ = ["shapes"]  # a fixture

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

EU = "http://publications.europa.eu/resource/authority/"


def test_codes_become_the_authorities_uris_with_labels_in_both_languages(app: Any) -> None:
    made = rich()
    graph = graph_of(app, f"/dataset/{made['name']}.ttl")
    dataset = only_dataset(graph)
    assert set(graph.objects(dataset, DCAT.theme)) == {
        URIRef(EU + "data-theme/ENVI"),
        URIRef(EU + "data-theme/TRAN"),
    }
    assert graph.value(dataset, DCT.accrualPeriodicity) == URIRef(EU + "frequency/DAILY")
    assert graph.value(dataset, DCT.accessRights) == URIRef(EU + "access-right/PUBLIC")
    assert set(graph.objects(dataset, DCT.language)) == {
        URIRef(EU + "language/ELL"),
        URIRef(EU + "language/ENG"),
    }
    theme = URIRef(EU + "data-theme/ENVI")
    assert {label.language for label in graph.objects(theme, SKOS.prefLabel)} == {"el", "en"}
    assert (theme, SKOS.inScheme, URIRef(EU + "data-theme")) in graph


def test_texts_are_there_in_both_languages(app: Any) -> None:
    made = rich()
    for ending in ("ttl", "jsonld"):
        graph = graph_of(app, f"/dataset/{made['name']}.{ending}")
        dataset = only_dataset(graph)
        assert set(graph.objects(dataset, DCT.title)) == {
            Literal(samples.TITLE[lang], lang=lang) for lang in ("el", "en")
        }
        assert {text.language for text in graph.objects(dataset, DCT.description)} == {"el", "en"}
        assert Literal("waste bins", lang="en") in graph.objects(dataset, DCAT.keyword)
        assert Literal("κάδοι", lang="el") in graph.objects(dataset, DCAT.keyword)


def test_a_distribution_names_its_file_type_media_type_licence_and_addresses(
    app: Any, ckan_config: Any
) -> None:
    site = ckan_config["ckan.site_url"]
    made = rich()
    graph = graph_of(app, f"/dataset/{made['name']}.ttl")
    csv = next(graph.subjects(DCAT.mediaType, URIRef(mqa.IANA + "text/csv")))
    assert graph.value(csv, DCT["format"]) == URIRef(EU + "file-type/CSV")
    assert graph.value(csv, DCT.license) == URIRef(EU + "licence/CC_BY_4_0")
    assert graph.value(csv, DCAT.downloadURL) == URIRef(f"{site}/feed/bins/current.csv")
    assert (
        str(graph.value(csv, DCAT.accessURL))
        == f"{site}/dataset/{made['name']}/resource/{made['resources'][0]['id']}"
    )
    assert int(graph.value(csv, DCAT.byteSize)) == 412345
    report = next(graph.subjects(DCAT.accessURL, URIRef("https://example.gr/report")))
    assert (report, DCT["format"], None) not in graph  # a format that no table knows is no literal either
    assert (report, DCAT.downloadURL, None) not in graph
    assert "UnknownIPR" not in graph.serialize()


def test_publisher_contact_and_place(app: Any) -> None:
    made = rich()
    graph = graph_of(app, f"/dataset/{made['name']}.ttl")
    dataset = only_dataset(graph)
    publisher = graph.value(dataset, DCT.publisher)
    assert {name.language for name in graph.objects(publisher, FOAF.name)} == {"el", "en"}
    contact = graph.value(dataset, DCAT.contactPoint)
    assert graph.value(contact, VCARD.hasEmail) == URIRef("mailto:anoixta@patras.example")
    assert graph.value(contact, VCARD.fn) == Literal("Τμήμα Καθαριότητας", lang="el")
    city = URIRef("https://sws.geonames.org/255683/")
    (own,) = set(graph.objects(dataset, DCT.spatial)) - {city}
    assert {label.language for label in graph.objects(city, SKOS.prefLabel)} == {"el", "en"}
    assert str(graph.value(own, DCAT.centroid)).startswith("POINT (21.75")
    assert len(list(graph.objects(own, DCAT.bbox))) == len(list(graph.objects(city, DCAT.bbox))) == 1


def test_a_feeds_dataset_is_excellent_by_the_european_score(app: Any, shapes: Graph) -> None:
    made = rich()
    graph = graph_of(app, f"/dataset/{made['name']}.ttl")
    conforms = not validate(graph, shapes).violations
    points = mqa.score(graph, only_dataset(graph), answers(app), conforms)
    assert sum(points.values()) >= 351, points


def test_the_smallest_dataset_answers_everywhere(app: Any) -> None:
    made = samples.dataset(resources=[{"url": "https://example.gr/x"}])
    for ending in ("ttl", "xml", "rdf", "n3", "jsonld"):
        assert app.get(f"/dataset/{made['name']}.{ending}", status=200).body
    for address in ("/catalog.ttl", "/catalog.jsonld", "/catalog.xml"):
        app.get(address, status=200)
    graph = graph_of(app, "/catalog.ttl")
    assert only_dataset(graph).endswith(made["id"])
    catalogue = next(graph.subjects(RDF.type, DCAT.Catalog))
    for predicate in (DCT.title, DCT.description, DCT.publisher, DCT.language, DCAT.themeTaxonomy):
        assert (catalogue, predicate, None) in graph, predicate
    page = app.get(f"/dataset/{made['name']}", status=200).body
    assert '"@type": "schema:Dataset"' in page or '"schema:Dataset"' in page
    croissant = app.get(f"/dataset/{made['name']}/croissant.jsonld", status=200)
    assert json.loads(croissant.body)["@type"].endswith("Dataset")
