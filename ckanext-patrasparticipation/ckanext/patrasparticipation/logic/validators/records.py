"""Validators of whole records: what is filled in and refused before any field is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.records import names, prepare, translated

# CKAN's own fields whose validators, or its queries, break at anything but text.
CORE_TEXTS = ("tag_string", "owner_org", "url", "format", "image_url")


@scheming_validator
def participation_prepare(field: None, schema: Mapping[str, Any]) -> Validator:
    """Fill core texts from their translations and an empty address from the title, before all checks.

    Belongs in ``before_validators``. Refuses what no field may hold: a text with NUL or half a character, and
    something other than text where a core text belongs.
    """

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        _refuse_unstorable(data, errors)
        _refuse_twice(data, errors)
        for text_key in [one for one in data if one[-1] in CORE_TEXTS]:
            _is_text_or_nothing(text_key, data, errors)
        keys = list(prepare.translated_keys(data, schema))
        for translated_key in keys:
            core = (*translated_key[:-1], translated_key[-1].removesuffix(translated.SUFFIX))
            if _is_text_or_nothing(core, data, errors):
                prepare.fill_translation(data, translated_key, _stored(context, data, core))
        _fill_name(data, context, is_dataset="dataset_fields" in schema)

    return validator


def _refuse_unstorable(data: FlattenDataDict, errors: FlattenErrorDict) -> None:
    for key, value in data.items():
        if isinstance(value, str) and translated.UNSTORABLE.search(value):
            errors.setdefault(key, []).append(tk._("The text contains a character that cannot be stored"))
            data[key] = translated.UNSTORABLE.sub("", value)


def _refuse_twice(data: FlattenDataDict, errors: FlattenErrorDict) -> None:
    """Refuse two extras of one key, as CKAN does in the place that ``before_validators`` takes."""
    keys = [str(value) for key, value in data.items() if key[0] == "extras" and key[-1] == "key"]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        errors["extras_validation",] = [tk._('Duplicate key "%s"') % twice[0]]


def _is_text_or_nothing(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict) -> bool:
    value = data.get(key)
    if prepare.is_empty(value) or isinstance(value, str):
        return True
    errors.setdefault(key, []).append(tk._("Expected text, got {kind}").format(kind=type(value).__name__))
    data[key] = ""
    return False


def _stored(context: Context, data: FlattenDataDict, core: FlattenKey) -> str | None:
    """The core text that the catalogue holds now, or nothing for a new record."""
    entity = context.get("package") or context.get("group")
    if len(core) == 1 or entity is None:
        return getattr(entity, core[0], None)
    wanted = data.get((*core[:-1], "id"))
    resource = next((one for one in getattr(entity, "resources_all", ()) if one.id == wanted), None)
    return getattr(resource, core[-1], None)


def _fill_name(data: FlattenDataDict, context: Context, *, is_dataset: bool) -> None:
    """A record keeps its address; a new one without takes it from its title."""
    name, title = data.get(("name",)), data.get(("title",))
    if not prepare.is_empty(name) and not names.is_no_name(name):
        return
    entity = context.get("package") or context.get("group")
    if entity is not None and entity.name:
        data["name",] = entity.name
    elif isinstance(title, str) and title:
        data["name",] = names.dataset_name(title) if is_dataset else names.group_name(title)


def participation_name_or_title(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Say nothing of an empty address: it is made from the title, and a missing title has its own error."""
    if prepare.is_empty(data.get(key)):
        raise tk.StopOnError
