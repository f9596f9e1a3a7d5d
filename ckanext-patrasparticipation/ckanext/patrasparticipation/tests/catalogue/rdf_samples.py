"""A dataset with all that a feed says of it, and the graphs a harvester reads, for tests of the RDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ckan.plugins import toolkit as tk
from ckanext.dcat.profiles import DCAT
from rdflib import RDF, Graph, URIRef

from ckanext.patrasparticipation.tests.catalogue import samples

AREA = {
    "type": "Polygon",
    "coordinates": [[[21.7, 38.2], [21.8, 38.2], [21.8, 38.3], [21.7, 38.3], [21.7, 38.2]]],
}


def rich() -> dict[str, Any]:
    """A dataset as a feed leaves it: both languages, a period, an area, files of its own."""
    publisher = samples.publisher(
        title_translated={"el": "Δήμος Πατρέων", "en": "Municipality of Patras"},
        diavgeia_uid="6241",
        homepage="https://e-patras.example",
        contact_unit="Τμήμα Καθαριότητας",
    )
    return samples.dataset(
        owner_org=publisher["id"],
        tags=[{"name": "κάδοι"}, {"name": "καθαριότητα"}, {"name": "waste bins"}],
        theme=["ENVI", "TRAN"],
        hvd_category=["mobility"],
        frequency="DAILY",
        language=["ELL", "ENG"],
        spatial=json.dumps(AREA),
        temporal_start="2024-01-01",
        temporal_end="2024-12-31",
        source_system="municipal_feed",
        resources=[
            {
                "name_translated": {"el": "Κάδοι (CSV)", "en": "Bins (CSV)"},
                "url": f"{tk.config['ckan.site_url']}/feed/bins/current.csv",
                "format": "CSV",
                "mimetype": "text/csv",
                "size": 412345,
                "hash": "a" * 64,
            },
            {"name": "Αναφορά", "url": "https://example.gr/report", "format": "Σχέδιο", "hash": "short"},
        ],
    )


def filled() -> dict[str, Any]:
    """A dataset whose form was filled in to its last field."""
    texts = {"el": "Όπως τα μετρά η υπηρεσία.", "en": "As the department counts them."}
    return samples.dataset(
        url="https://e-patras.example/kadoi",
        contact_unit="Τμήμα Καθαριότητας",
        contact_email="kathariotita@patras.example",
        rights_translated=texts,
        provenance_translated=texts,
        municipal_unit=["370101"],
        spatial=json.dumps({"type": "Point", "coordinates": [21.7346, 38.2466]}),
        temporal_start="2024-01-01",
        frequency="IRREG",
        issued="2024-02-01",
        version="2024.1",
        source_url="https://e-patras.example/phge?id=1",
        related_dataset=[samples.dataset(name="apla")["name"]],
        documentation="https://e-patras.example/odhgies.pdf",
        applicable_legislation="http://data.europa.eu/eli/reg_impl/2023/138/oj",
        conforms_to="https://smart-data-models.example/WasteContainer",
        resources=[
            {
                "name_translated": {"el": "Κάδοι", "en": "Bins"},
                "description_translated": texts,
                "url": "https://e-patras.example/kadoi.geojson",
                "format": "GeoJSON",
                "availability": "STABLE",
            }
        ],
    )


def graph_of(app: Any, address: str) -> Graph:
    """The graph that an address answers with, in Turtle or JSON-LD."""
    answer = app.get(address, status=200)
    kind = "json-ld" if address.endswith("jsonld") else "turtle"
    return Graph().parse(data=answer.body, format=kind)


def only_dataset(graph: Graph) -> URIRef:
    """The dataset of a graph that has one."""
    return next(iter(graph.subjects(RDF.type, DCAT.Dataset)))


def answers(app: Any) -> Callable[[str], bool]:
    """Whether an address of the site answers 200; of a feed's file only the address is known here."""
    site = tk.config["ckan.site_url"]

    def ask(address: str) -> bool:
        if "/feed/" in address:
            return True
        return address.startswith(site) and app.get(urlsplit(address).path).status_code == 200

    return ask
