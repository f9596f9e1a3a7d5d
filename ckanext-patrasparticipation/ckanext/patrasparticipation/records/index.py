"""A record as the search index holds it: both languages, codes one by one, nothing that Solr refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckanext.patrasparticipation.records import translated, vocabularies

CODES = "participation_vocabulary_codes"
CODE = "participation_vocabulary_code"
FACET = "vocab_"

# A plain string of Solr ends at 32,766 bytes, 16,383 Greek letters; a longer one makes the whole save fail.
MAX_BYTES = 32_000
# Stored whole, never indexed: the record itself, from which pages and the API answer.
STORED = ("data_dict", "validated_data_dict")
# Fields of the index that are no text: a free extra of that name stays searchable, but must not be put there.
TYPED = (
    "_version_",
    "resources_accessed_recent",
    "resources_accessed_total",
    "spatial_bbox",
    "spatial_geom",
    "views_recent",
    "views_total",
)


def document(indexed: dict[str, Any], definition: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a record with that scheming definition, made fit for Solr; changes what it is given."""
    for field in definition["dataset_fields"]:
        validators = str(field.get("validators", "")).split()
        if translated.VALIDATOR in validators:
            _spread_languages(indexed, field["field_name"])
        elif CODES in validators:
            _spread_codes(indexed, field["field_name"], field["vocabulary"])
        elif CODE in validators:
            _label_code(indexed, field["field_name"], field["vocabulary"])
    for name in TYPED:
        if f"extras_{name}" in indexed:
            indexed.pop(name, None)
    return {key: value if key in STORED else _cut(value) for key, value in indexed.items()}


def _spread_languages(indexed: dict[str, Any], name: str) -> None:
    """`title_translated` becomes `extras_title_en`: the core field holds the Greek, Solr takes no dict."""
    value = translated.parse(indexed.pop(name, None))
    indexed.pop(f"extras_{name}", None)
    if not isinstance(value, dict):
        return
    core = name.removesuffix(translated.SUFFIX)
    for language in translated.LANGUAGES:
        if language != translated.MAIN and value.get(language):
            indexed[f"extras_{core}_{language}"] = value[language]


def _spread_codes(indexed: dict[str, Any], name: str, vocabulary: str) -> None:
    """The codes for facets in `vocab_<name>`, which alone takes several; their labels for search."""
    value = indexed.pop(name, None)
    codes = json.loads(value) if isinstance(value, str) and value.startswith("[") else value or []
    indexed.pop(f"extras_{name}", None)
    if codes:
        indexed[f"{FACET}{name}"] = codes
        indexed[f"extras_{name}"] = " · ".join(_labels(vocabulary, code) for code in codes)


def _label_code(indexed: dict[str, Any], name: str, vocabulary: str) -> None:
    """The code stays in its own field, for facets; its labels are searched."""
    code = indexed.get(name)
    if isinstance(code, str) and code:
        indexed[f"extras_{name}"] = _labels(vocabulary, code)


def _labels(vocabulary: str, code: str) -> str:
    return " ".join(vocabularies.label(vocabulary, code, language) for language in translated.LANGUAGES)


def _cut(value: Any) -> Any:
    """The value, its texts cut at what a plain string of Solr holds; the record itself stays whole."""
    if isinstance(value, list):
        return [_cut(one) for one in value]
    if not isinstance(value, str) or len(value) * 4 <= MAX_BYTES:
        return value
    return value.encode()[:MAX_BYTES].decode(errors="ignore")
