"""Case F 28: what a harvester reads of a published dataset passes the official shapes of DCAT-AP 3.0.1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckanext.dcat.profiles import DCAT, DCT, SKOS
from rdflib import RDF, Graph, Literal, URIRef

from ckanext.patrasparticipation.graph import lists
from ckanext.patrasparticipation.schemas.load import vocabularies

from . import mqa, samples
from . import participation_samples as made
from .chain_samples import CONSULTATION, INDICATOR, create
from .rdf_samples import answers, filled, graph_of, only_dataset, rich
from .role_files import SOUND
from .shapes import shapes, validate

__all__ = ["shapes"]  # a fixture
pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context", "clean_datastore", "own_storage")

DESCRIBED = {
    "license_id": "CC_BY_4_0",
    "tags": [{"name": name} for name in ("ψηφοφορία", "πλατεία", "participation")],
}
"""What a record's form asks for and does not insist on."""


def smallest() -> dict[str, Any]:
    """A dataset with what it must have, and one address that says nothing of its format."""
    return samples.dataset(resources=[{"url": "https://example.gr/x"}])


def with_table(record: dict[str, Any], role: str, content: str) -> dict[str, Any]:
    """The record, once staff have published a table on it."""
    said = samples.hand_over_table(content, role, package_id=record["id"])
    assert samples.publish_table(said["resource_id"])["outcome"] == "published", said["check"]
    return record


def staff_table() -> dict[str, Any]:
    """A dataset whose table staff uploaded and published."""
    return with_table(samples.dataset(), "", "a;b\n1;2\n3;4\n")


def consultation(**more: Any) -> dict[str, Any]:
    """A poll with the table of its votes."""
    poll = create({**CONSULTATION, "consultation_type": "poll", "votes": 227, "participants": 90, **more})
    return with_table(poll, "tally", SOUND["tally"])


def indicator(**more: Any) -> dict[str, Any]:
    """An indicator with the table of its values."""
    return with_table(create({**INDICATOR, **more}), "observations", SOUND["observations"])


DATASETS = (rich, filled, smallest, staff_table, consultation, indicator)


def graph_of_record(app: Any, record: dict[str, Any]) -> Graph:
    """What the page of a record gives whoever asks for RDF."""
    return graph_of(app, f"/{record['type']}/{record['name']}.ttl")


def test_f_28_every_published_dataset_passes_and_so_does_the_catalogue(app: Any, shapes: Graph) -> None:
    graphs = {make.__name__: graph_of_record(app, make()) for make in DATASETS}
    assert all((only_dataset(graph), DCAT.distribution, None) in graph for graph in graphs.values())
    made.group()
    graphs["catalogue"] = graph_of(app, "/catalog.ttl")
    listed = set(graphs["catalogue"].objects(None, DCAT.dataset))
    assert listed == set(graphs["catalogue"].subjects(RDF.type, DCAT.Dataset))
    assert listed >= {only_dataset(graphs[make.__name__]) for make in DATASETS}
    violations = {name: validate(graph, shapes).violations for name, graph in graphs.items()}
    assert violations == dict.fromkeys(graphs, [])


@pytest.mark.parametrize("make", [made.group, made.initiative])
def test_f_28_a_record_that_is_no_dataset_claims_nothing_that_the_shapes_refuse(
    app: Any, shapes: Graph, make: Callable[[], dict[str, Any]]
) -> None:
    assert validate(graph_of_record(app, make()), shapes).violations == []


def test_f_28_every_code_list_of_ours_passes(shapes: Graph) -> None:
    graph = Graph()
    for name in (lists.ROLES, *vocabularies()):
        graph += lists.graph_of(name)
    assert validate(graph, shapes).violations == []


CSV = URIRef(mqa.EU + "file-type/CSV")
SPOILT: dict[str, tuple[URIRef, Callable[[Graph, URIRef], Any]]] = {
    "no title": (DCT.title, lambda graph, dataset: graph.remove((dataset, DCT.title, None))),
    "a theme in words": (
        DCAT.theme,
        lambda graph, dataset: graph.add((dataset, DCAT.theme, Literal("ENVI"))),
    ),
    "a day in words": (
        DCT.issued,
        lambda graph, dataset: graph.set((dataset, DCT.issued, Literal("χθες"))),
    ),
    "a format of no authority's list": (
        DCT["format"],
        lambda graph, dataset: graph.remove((CSV, SKOS.inScheme, None)),
    ),
}


def test_f_28_a_graph_that_is_spoilt_does_not_pass(app: Any, shapes: Graph) -> None:
    sound = graph_of_record(app, rich())
    for how, (path, spoil) in SPOILT.items():
        graph = Graph() + sound
        spoil(graph, only_dataset(graph))
        assert {found.path for found in validate(graph, shapes).violations} == {str(path)}, how
    assert validate(sound, shapes).violations == []


def test_the_dataset_of_a_consultation_says_who_may_read_it_and_of_which_days_it_is(app: Any) -> None:
    graph = graph_of_record(app, consultation(open_date="2026-03-01", close_date="2026-03-31"))
    dataset = only_dataset(graph)
    assert graph.value(dataset, DCT.accessRights) == URIRef(mqa.EU + "access-right/PUBLIC")
    period = graph.value(dataset, DCT.temporal)
    days = [str(graph.value(period, end)) for end in (DCAT.startDate, DCAT.endDate)]
    assert days == ["2026-03-01", "2026-03-31"]


def test_f_28_a_publisher_outside_the_institutions_of_the_union_is_a_warning_alone(
    app: Any, shapes: Graph
) -> None:
    report = validate(graph_of_record(app, smallest()), shapes)
    assert report.violations == []
    assert {found.path for found in report.warnings} == {str(DCT.publisher)}


@pytest.mark.parametrize("make", [consultation, indicator])
def test_f_28_the_table_of_a_record_is_excellent_by_the_european_score(
    app: Any, shapes: Graph, make: Callable[..., dict[str, Any]]
) -> None:
    graph = graph_of_record(app, make(**DESCRIBED))
    conforms = not validate(graph, shapes).violations
    points = mqa.score(graph, only_dataset(graph), answers(app), conforms)
    assert sum(points.values()) >= 351, points
