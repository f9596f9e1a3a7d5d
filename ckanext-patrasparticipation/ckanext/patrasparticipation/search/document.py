"""What search needs of a record beyond CKAN's fields: other language, labels, publisher, codes, period."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ckan import model

from ckanext.patrasparticipation.records import translated, vocabularies

FACET = "vocab_"
RECORD_TYPE = "vocab_record_type"
ROLES, HAS_TABLE = "vocab_resource_role", "vocab_has_table"
STARTS = ("temporal_start", "open_date", "start_date", "actual_start_date", "planned_start_date")
ENDS = ("temporal_end", "close_date", "end_date", "actual_end_date", "planned_end_date")
"""The first of these that a record has is the beginning, or the end, of the time that it is about."""


def enrich(indexed: dict[str, Any], definition: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a record of that scheming definition, with our fields; changes what it is given.

    Lists go only into ``txt_*``, ``code_*`` and ``vocab_*``: Solr refuses them elsewhere.
    """
    indexed[RECORD_TYPE] = [definition["dataset_type"]]
    texts = {
        "txt_title": _elsewhere(indexed, "title"),
        "txt_notes": _elsewhere(indexed, "notes"),
        "txt_labels": [*_names(definition.get("label")), *_labels(indexed, definition)],
        "txt_org": list(_publisher(indexed.get("organization"))),
    }
    indexed |= {name: values for name, values in texts.items() if values}
    indexed |= _period(indexed)
    indexed |= _files(indexed)
    for field in definition["dataset_fields"]:
        code = indexed.get(field["field_name"])
        if field.get("code") and isinstance(code, str) and code:
            indexed[f"code_{field['field_name']}"] = [code]
    return indexed


def _elsewhere(indexed: Mapping[str, Any], name: str) -> list[str]:
    """A text in the languages that have no field of CKAN's own."""
    texts = (indexed.get(f"extras_{name}_{each}") for each in translated.LANGUAGES if each != translated.MAIN)
    return [text for text in texts if text]


def _names(label: Any) -> list[str]:
    return [str(name) for name in label.values()] if isinstance(label, Mapping) else []


def _labels(indexed: Mapping[str, Any], definition: Mapping[str, Any]) -> Iterator[str]:
    """The labels of every code the record has in a facet, in both languages."""
    for field in definition["dataset_fields"]:
        if not field.get("facet") or "vocabulary" not in field:
            continue
        name = field["field_name"]
        codes = indexed.get(f"{FACET}{name}") or indexed.get(name) or ()
        for code in [codes] if isinstance(codes, str) else codes:
            for language in translated.LANGUAGES:
                yield str(vocabularies.label(field["vocabulary"], code, language))


def _publisher(name: Any) -> Iterator[str]:
    """The publisher's title in each language."""
    group = model.Group.by_name(name) if isinstance(name, str) and name else None
    if group is None:
        return
    extras: Mapping[str, str] = getattr(group, "extras", None) or {}
    titles = translated.parse(extras.get("title_translated"))
    yield from dict.fromkeys([str(group.title or name), *_names(titles)])


def _files(indexed: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the record's files are for, and whether one is a table; read only where the text names either."""
    text = str(indexed.get("validated_data_dict") or "")
    if '"resource_role"' not in text and '"datastore_active"' not in text:
        return {}
    files = json.loads(text).get("resources", ())
    roles = sorted({str(one["resource_role"]) for one in files if one.get("resource_role")})
    found = {ROLES: roles} if roles else {}
    return found | ({HAS_TABLE: ["true"]} if any(one.get("datastore_active") for one in files) else {})


def _period(indexed: Mapping[str, Any]) -> dict[str, str]:
    """The days the record is about, as moments; a day that is none is left out, and the save goes on."""
    found = {}
    for field, names, hour in (("covers_from", STARTS, "00:00:00"), ("covers_to", ENDS, "23:59:59")):
        given = next((str(indexed[name]) for name in names if indexed.get(name)), "")
        try:
            day = date.fromisoformat(given[:10])
        except ValueError:
            continue
        found[field] = f"{day.isoformat()}T{hour}Z"
    return found
