"""The facets of the record types in the list: which, under which label, and the labels of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import reader, translated, vocabularies
from ckanext.patrasparticipation.schemas.derive.facets import facet_field
from ckanext.patrasparticipation.schemas.derive.facets import facets as defined
from ckanext.patrasparticipation.schemas.load import feeds

KIND_OF_FEED = "participation_feed"


def facets(record_type: str) -> dict[str, str]:
    """The index fields to facet on and their labels in the reader's language; none for types not ours."""
    if record_type not in _definitions():
        return {}
    return defined(record_type, reader.language())


def label_items(search_facets: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the items of every facet over a vocabulary the label of their code in the reader's language."""
    names = _vocabularies()
    language = reader.language()
    for key, facet in search_facets.items():
        for item in facet.get("items", ()):
            if key in names:
                item["display_name"] = vocabularies.label(names[key], item["name"], language)
            elif key == KIND_OF_FEED and item["name"] in feeds():
                item["display_name"] = translated.in_language(feeds()[item["name"]].label, language)


def _definitions() -> Mapping[str, Mapping[str, Any]]:
    return tk.h.scheming_dataset_schemas() or {}


def _vocabularies() -> dict[str, str]:
    """The vocabulary of each index field that holds codes, over all record types."""
    fields = (field for definition in _definitions().values() for field in definition["dataset_fields"])
    return {facet_field(field): field["vocabulary"] for field in fields if "vocabulary" in field}
