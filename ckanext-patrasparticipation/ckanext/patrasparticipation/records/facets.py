"""The facets of the record types: which fields, under which label, and the labels of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.patrasparticipation.records import index, vocabularies


def facets(record_type: str) -> dict[str, str]:
    """The index fields to facet on, with their labels in the reader's language, in the definition's order."""
    definition = _definitions().get(record_type, {})
    marked = (field for field in definition.get("dataset_fields", ()) if field.get("facet"))
    return {_key(field): tk.h.scheming_language_text(field["label"]) for field in marked}


def label_items(search_facets: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the items of every facet over a vocabulary the label of their code in the reader's language."""
    names = _vocabularies()
    # A command line has no reader: it sees what the site shows by default.
    language = tk.h.lang() if has_request_context() else tk.config["ckan.locale_default"]
    for key, facet in search_facets.items():
        for item in facet.get("items", ()) if key in names else ():
            item["display_name"] = vocabularies.label(names[key], item["name"], language)


def _definitions() -> Mapping[str, Mapping[str, Any]]:
    return tk.h.scheming_dataset_schemas() or {}


def _key(field: Mapping[str, Any]) -> str:
    """Several codes are only kept apart in `vocab_…`; one lies in the field itself."""
    several = index.CODES in str(field.get("validators", "")).split()
    return f"{index.FACET}{field['field_name']}" if several else field["field_name"]


def _vocabularies() -> dict[str, str]:
    """The vocabulary of each index field that holds codes, over all record types."""
    fields = (field for definition in _definitions().values() for field in definition["dataset_fields"])
    return {_key(field): field["vocabulary"] for field in fields if "vocabulary" in field}
