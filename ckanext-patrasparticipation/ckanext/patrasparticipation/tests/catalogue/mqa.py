"""The quality score of data.europa.eu (MQA), from a dataset's graph: 405 points, "Excellent" from 351."""

from __future__ import annotations

from collections.abc import Callable

from ckanext.dcat.profiles import DCAT, DCT
from rdflib import Graph, Literal, URIRef

EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
OPEN_FORMATS = {
    "CSV",
    "TSV",
    "JSON",
    "JSON_LD",
    "GEOJSON",
    "NDJSON",
    "XML",
    "RDF_TURTLE",
    "ODS",
    "GPKG",
    "KML",
    "GML",
}
MACHINE_READABLE = OPEN_FORMATS | {"XLSX", "XLS", "SHP"}
DATASET = ((DCAT.keyword, 30), (DCAT.theme, 30), (DCT.spatial, 20), (DCT.temporal, 20))
REUSE = ((DCAT.contactPoint, 20), (DCT.publisher, 10), (DCT.issued, 5), (DCT.modified, 5))


def score(graph: Graph, dataset: URIRef, answers: Callable[[str], bool], conforms: bool) -> dict[str, int]:
    """The points by metric; of several distributions the best one counts.

    Args:
        answers: whether a GET of that address answers 200.
        conforms: what a SHACL validator says of the graph.
    """
    points = {str(p): n for p, n in DATASET + REUSE if (dataset, p, None) in graph}
    rights = graph.value(dataset, DCT.accessRights)
    points |= {"accessRights": 10, "accessRights from vocabulary": 5 * _is_in(rights, EU)} if rights else {}
    distributions = [_distribution(graph, one, answers) for one in graph.objects(dataset, DCAT.distribution)]
    best = max(distributions, key=lambda one: sum(one.values()), default={})
    return points | best | {"DCAT-AP": 30 * conforms}


def _distribution(graph: Graph, one: URIRef, answers: Callable[[str], bool]) -> dict[str, int]:
    access, download = graph.value(one, DCAT.accessURL), graph.value(one, DCAT.downloadURL)
    kind, media, licence = (graph.value(one, p) for p in (DCT["format"], DCAT.mediaType, DCT.license))
    code = str(kind).rsplit("/", 1)[-1]
    return {
        "accessURL answers": 50 * bool(access and answers(str(access))),
        "downloadURL": 20 * bool(download),
        "downloadURL answers": 30 * bool(download and answers(str(download))),
        "format": 20 * bool(kind),
        "mediaType": 10 * bool(media),
        "from vocabulary": 10 * (_is_in(kind, EU) and _is_in(media, IANA)),
        "non-proprietary": 20 * (code in OPEN_FORMATS),
        "machine-readable": 20 * (code in MACHINE_READABLE),
        "licence": 20 * bool(licence),
        "licence from vocabulary": 10 * _is_in(licence, EU),
        "rights": 5 * ((one, DCT.rights, None) in graph),
        "byteSize": 5 * ((one, DCAT.byteSize, None) in graph),
    }


def _is_in(node: object, start: str) -> bool:
    return not isinstance(node, Literal) and str(node or "").startswith(start)
