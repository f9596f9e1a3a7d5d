"""Record types as scheming has them: shared fields put in their place, and what else code asks of a type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckanext.scheming import helpers as scheming

from ckanext.patrasparticipation.schemas.build import FIELD_LISTS, spread_fields
from ckanext.patrasparticipation.schemas.load import shared_fields

COMPUTED = "participation_computed"
DRAFTS = "participation_draft_may_lack"
"""The last rule of every type: an import keeps what lacks something as a draft."""
RELATIONS = ("participation_relation", "participation_relations")


def install() -> None:
    """Give scheming's definitions the fields of ``schemas/fields.yaml`` where a type names them.

    Scheming reads each file by itself and knows no shared fields. Its two sets of definitions, as written
    and with presets in place, are changed where they stand; the second time nothing is left to do.
    """
    for is_expanded in (False, True):
        for name, definition in (scheming.scheming_dataset_schemas(expanded=is_expanded) or {}).items():
            spread = spread_fields(definition, shared_fields(), name)
            definition.update({part: spread[part] for part in FIELD_LISTS if part in spread})
            if is_expanded:
                _take_presets(definition)
                _allow_drafts(definition)


def _allow_drafts(definition: dict[str, Any]) -> None:
    rules = str(definition.get("after_validators") or "").split()
    definition["after_validators"] = " ".join([*(rule for rule in rules if rule != DRAFTS), DRAFTS])


def _take_presets(definition: dict[str, Any]) -> None:
    """What each field's preset says, under what the field says itself."""
    for part in FIELD_LISTS:
        if part not in definition:
            continue
        definition[part] = [{**_preset(field), **field} for field in definition[part]]
        for field in definition[part]:
            _take_presets(field)


def _preset(field: Mapping[str, Any]) -> Mapping[str, Any]:
    name = field.get("preset")
    return scheming.scheming_get_preset(name) or {} if name else {}


def of(record_type: str) -> Mapping[str, Any] | None:
    """The definition of a record type, presets in place; nothing of a type that is not ours."""
    found: Mapping[str, Any] | None = (scheming.scheming_dataset_schemas() or {}).get(record_type)
    return found


def types() -> list[str]:
    """The names of the record types, as the site's setting lists them."""
    return list(scheming.scheming_dataset_schemas() or {})


def computed(definition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The fields that nobody types."""
    return [field for field in definition["dataset_fields"] if field.get("preset") == COMPUTED]


def relations(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field that points at records, by predicate: ``run_by``, or ``impact.indicator`` in a part."""
    for field in definition["dataset_fields"]:
        if "relation" in field:
            yield field["field_name"], field
        for inner in field.get("repeating_subfields", ()):
            if "relation" in inner:
                yield f"{field['field_name']}.{inner['field_name']}", inner
