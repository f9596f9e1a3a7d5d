"""Which fields of a record type are facets of the list, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..load import record_type


def facets(name: str, lang: str) -> dict[str, str]:
    """Names in the index and labels in ``lang``, in the order of the definition.

    Solr takes several values only in fields that begin with ``vocab_``, so a field that holds a list is
    faceted there (``vocab_theme``) and one that holds a single value under its own name.
    """
    fields = record_type(name).get("dataset_fields", [])
    return {facet_field(field): field["label"][lang] for field in fields if field.get("facet")}


def facet_field(field: Mapping[str, Any]) -> str:
    """The name in the index of a field of a definition."""
    several = field.get("preset") in ("vocabulary_multiple", "participation_organizations")
    multiple = several or field.get("several", False)
    return f"vocab_{field['field_name']}" if multiple else str(field["field_name"])
