"""A record that lacks what is required: a draft that says what is missing, instead of a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from . import prepare, translated

ALLOWED = "participation_draft"
"""The key of a context that allows it, with a ``Draft``."""

NEEDED = ("title", "title_translated", "name", "type", "owner_org", "state")
"""Fields without which there is no record at all."""


@dataclass
class Draft:
    """What a record was given, by name, and (afterwards) what it lacks."""

    given: frozenset[str]
    missing: list[str] = field(default_factory=list)


def excuse(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Where the context allows it, turn errors of empty fields into a draft; others stay errors.

    Belongs last among a type's ``after_validators``, so that rules about two fields have spoken.
    """
    draft: Draft | None = context.get(ALLOWED)  # type: ignore[assignment]
    if draft is None:
        return
    for where, name in list(_empty(data, errors, draft)):
        errors[where] = []
        data.pop(name, None)
        if name[0] not in draft.missing:
            draft.missing.append(str(name[0]))
    if draft.missing:
        data["state",] = "draft"


def _empty(
    data: FlattenDataDict, errors: FlattenErrorDict, draft: Draft
) -> Iterator[tuple[FlattenKey, FlattenKey]]:
    """The places of errors that only say that nothing is there, each with its field."""
    for where, messages in errors.items():
        name = _field(where)
        needed = name[0] in NEEDED or str(where[-1]).startswith("__")
        given = len(name) == 1 and name[0] in draft.given  # a wrong value may have been taken out since
        if messages and not needed and not given and _is_nothing(data, name):
            yield where, name


def _field(where: FlattenKey) -> FlattenKey:
    """The field of an error: ``notes_translated-el`` is a part of ``notes_translated``."""
    last = str(where[-1])
    for language in translated.LANGUAGES:
        if last.endswith(f"{translated.SUFFIX}-{language}"):
            return (*where[:-1], last.removesuffix(f"-{language}"))
    return where


def _is_nothing(data: FlattenDataDict, name: FlattenKey) -> bool:
    parts = any(key[: len(name)] == name and len(key) > len(name) for key in data)
    return not parts and (prepare.is_empty(data.get(name)) or data.get(name) == "[]")


def labels(definition: Mapping[str, Any], fields: list[str], language: str) -> list[str]:
    """The fields' labels in the reader's language."""
    names = {each["field_name"]: each.get("label") for each in definition.get("dataset_fields", ())}
    return [translated.in_language(names.get(name), language, name) for name in fields]
