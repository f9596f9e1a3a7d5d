"""What the official SHACL shapes of DCAT-AP 3.0.1 have against a graph, violations apart from warnings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pyshacl
import pytest
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from ckanext.patrasparticipation import harvesters

ROOT = Path(harvesters.__file__).resolve().parents[1]
FILES = ("dcat-ap_3.0.1_shacl_shapes.ttl", "dcat-ap_3.0.1_shacl_mdr-vocabularies.ttl")
OLD_NODE = URIRef(f"{SH}shape")
"""A draft's word for ``sh:node``: the files still use it for some dates, and validators pass over it."""


class Finding(NamedTuple):
    """One result of a validation, as an assertion shows it."""

    focus: str
    path: str
    value: str
    message: str


class Report(NamedTuple):
    """What a validation found, by how grave it is."""

    violations: list[Finding]
    warnings: list[Finding]


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The shapes of DCAT-AP and of its vocabularies; they are not part of the project."""
    folder = Path(os.environ.get("PATRAS_SHARED", ROOT.parent / "shared" / "data")) / "participation"
    if not all((folder / name).is_file() for name in FILES):
        pytest.skip(f"no DCAT-AP shapes at {folder} (set PATRAS_SHARED to what holds participation/)")
    graph = Graph()
    for name in FILES:
        graph.parse(folder / name, format="turtle")
    for shape, asked in list(graph.subject_objects(OLD_NODE)):
        graph.add((shape, SH.node, asked))
    return graph


def validate(graph: Graph, shapes: Graph) -> Report:
    """Ask of a graph what a harvester asks that has nothing but the graph: nothing is inferred."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(results, Graph), results
    found: dict[Node | None, list[Finding]] = {SH.Violation: [], SH.Warning: []}
    for one in results.objects(None, SH.result):
        said = (results.value(one, p) for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage))
        found[results.value(one, SH.resultSeverity)].append(Finding(*(str(part or "") for part in said)))
    return Report(sorted(found[SH.Violation]), sorted(found[SH.Warning]))
