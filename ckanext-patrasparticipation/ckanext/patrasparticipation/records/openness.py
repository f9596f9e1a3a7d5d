"""How open a resource is, by 5-star open data: its stars, why, and the cheapest step to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ckanext.patrasparticipation.records import formats, vocabularies
from ckanext.patrasparticipation.schemas.definitions import Term

MOST = 5
LINKED = ("RDF_XML", "RDF_TURTLE", "JSON_LD")
"""Formats that are linked data by what they are; whether the links lead anywhere, no format tells."""
SERVICES = ("WFS_SRVC",)
TABLES = ("CSV", "TSV", "JSON", "GEOJSON", "NDJSON", "XLSX", "XLS", "ODS", "GPKG", "SHP")
"""Formats that may be uploaded as a table."""
OF_DOCUMENT = {
    "PDF": "source_of_pdf",
    "ZIP": "unpack",
    "HTML": "data_behind_page",
    "WMS_SRVC": "features_instead_of_pictures",
}
"""What to do about what people read; about any other document, ``table_of_document``."""


@dataclass(frozen=True)
class Table:
    """What is known of the table that a resource is, or whose file it is.

    ``published``: rows are there. ``described``: every column has a label. ``shared``: the columns follow a
    definition that other tables follow too, with the public model it is based on.
    """

    published: bool = True
    described: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Score:
    """Stars from 0 to 5, nothing while a table waits; codes of the reason and of the next step, if any."""

    stars: int | None
    reason: str
    advice: str | None = None


def score(resource: Mapping[str, Any], licence: str, table: Table | None = None) -> Score:
    """The openness of one resource.

    Args:
        resource: ``url``, ``format`` and ``mimetype`` as CKAN has them.
        licence: the code of its dataset's licence.
        table: what is known of its table, where it has one.
    """
    if table and not table.published:
        return Score(None, "waiting", "publish")
    if not is_open(licence):
        return Score(0, "no_licence", "choose_licence")
    if table:
        return _of_table(table)
    if not resource.get("url"):
        return Score(0, "no_file", "give_file")
    return _of_format(formats.term(resource))


def is_open(licence: str) -> bool:
    """Whether a licence is open, as the vocabulary says of it by the Open Definition."""
    term = vocabularies.terms("licence").get(licence)
    return term is not None and term.attributes.get("od_conformance") == "approved"


def _of_table(table: Table) -> Score:
    """A table has addresses and an API; a fifth star where its columns mean what others' mean."""
    if not table.described:
        return Score(4, "table", "describe_columns")
    return Score(5, "shared_model") if table.shared else Score(4, "table", "follow_model")


def _of_format(term: Term | None) -> Score:
    if term is None:
        return Score(1, "unknown_format", "state_format")
    if term.code in LINKED:
        return Score(5, "linked")
    if term.code in SERVICES:
        return Score(4, "service")
    if term.attributes.get("machine_readable") != "true":
        return Score(1, "document", OF_DOCUMENT.get(term.code, "table_of_document"))
    advice = "upload_as_table" if term.code in TABLES else None
    if term.attributes.get("proprietary") == "true":
        return Score(2, "proprietary", advice)
    return Score(3, "open_format", advice)


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    """The sentences, by ``reasons`` or ``advice`` and by code."""
    path = Path(__file__).with_name("openness.yaml")
    found: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def told(found: Score) -> dict[str, Any]:
    """A score as the API gives it: ``stars``, ``reason`` and ``advice`` as ``{code, el, en}`` or null."""
    texts = _texts()
    advice = {"code": found.advice, **texts["advice"][found.advice]} if found.advice else None
    reason = {"code": found.reason, **texts["reasons"][found.reason]}
    return {"stars": found.stars, "reason": reason, "advice": advice}
