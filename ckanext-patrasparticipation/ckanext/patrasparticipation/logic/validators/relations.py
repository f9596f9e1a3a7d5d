"""Validators of fields that point at other records or at publishers: any name of theirs in, their ids out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.records import hidden, prepare, references, related, relations

MOST = 500
"""Records that one field may name."""
SHOWN = 100
"""Letters of a wrong value that an error repeats."""


@scheming_validator
def participation_relation(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept the id, name or address of one record of the types that the field's ``relation`` names."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        found = _checked(field, key, [data[key]], data, errors, context)
        if errors[key]:
            raise tk.StopOnError
        data[key] = found[0]

    return validator


@scheming_validator
def participation_relations(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept several such records, a list or one alone; JSON of their ids, in the order given, each once."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        given = _several(data.get(key))
        if len(given) > MOST:
            message = tk._("Names {given} records, at most {most} fit")
            errors[key].append(message.format(given=len(given), most=MOST))
            raise tk.StopOnError
        found = _checked(field, key, given, data, errors, context)
        _finish(key, data, errors, found, required=bool(field.get("required")))

    return validator


@scheming_validator
def participation_organizations(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept ids or names of publishers of the catalogue; JSON of their ids, each once."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        found = []
        for value in _several(data.get(key)):
            group = model.Group.get(_last_part(value))
            if group is None or not group.is_organization or group.state != model.State.ACTIVE:
                errors[key].append(tk._("There is no publisher '{value}'").format(value=str(value)[:SHOWN]))
            else:
                found.append(group.id)
        _finish(key, data, errors, found, required=bool(field.get("required")))

    return validator


def _last_part(value: Any) -> str:
    return value.strip().rstrip("/").rpartition("/")[2] if isinstance(value, str) else ""


def _finish(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, found: list[str], *, required: bool
) -> None:
    if required and not found and not errors[key]:
        errors[key].append(tk._("Select at least one"))
    if errors[key]:
        raise tk.StopOnError
    if not found:
        data.pop(key, None)
        raise tk.StopOnError
    data[key] = json.dumps(list(dict.fromkeys(found)))


def _several(value: Any) -> list[Any]:
    return [one for one in prepare.several(value) if not prepare.is_empty(one)]


@dataclass(frozen=True)
class _Field:
    """A field of a record that is being saved, and what it may name."""

    relation: Mapping[str, Any]
    predicate: str
    own: str | None
    stored: frozenset[str]
    seen: Mapping[str, model.Package]

    def problem(self, value: str, package: model.Package | None) -> str | None:
        """Why the record may not stand here; nothing of what the editor may not see is told."""
        if package is None or not self._may_name(package):
            message = tk._("There is no record '{value}' that you may see")
            return message.format(value=value[:SHOWN])
        if package.id == self.own:
            return tk._("A record cannot point at itself")
        if package.id in self.stored:
            return None
        if self.relation["to"] != "any" and package.type not in self.relation["to"]:
            message = tk._("'{value}' is of type {given}; expected: {expected}")
            expected = ", ".join(self.relation["to"])
            return message.format(value=value[:SHOWN], given=package.type, expected=expected)
        return self._cycle(value, package)

    def _may_name(self, package: model.Package) -> bool:
        """What stands in the field already may stay, also when it was hidden or deleted since."""
        is_there = package.state != model.State.DELETED and package.id in self.seen
        return is_there or package.id in self.stored or package.id == self.own

    def _cycle(self, value: str, package: model.Package) -> str | None:
        if not (self.own and self.relation.get("acyclic")):
            return None
        if not related.reaches([package.id], self.predicate, self.own):
            return None
        message = tk._("'{value}' already leads back to this record; the two would stand in a circle")
        return message.format(value=value[:SHOWN])


def _checked(
    field: Mapping[str, Any],
    key: FlattenKey,
    given: Iterable[Any],
    data: FlattenDataDict,
    errors: FlattenErrorDict,
    context: Context,
) -> list[str]:
    """The ids of the records that the values name; what may not stand there becomes an error of the field."""
    texts, stored = [], _stored(key, _own_id(data, context))
    for value in given:
        if isinstance(value, str):
            texts.append(value.strip())
        else:
            errors[key].append(tk._("Expected text, got {kind}").format(kind=type(value).__name__))
    named = references.records(texts)
    seen = hidden.readable(context, {each.id for each in named.values()})
    about = _Field(field["relation"], _predicate(key), _own_id(data, context), stored, seen)
    found = []
    for value in texts:
        if value in stored:  # also where the record is gone for good
            found.append(value)
        elif problem := about.problem(value, named.get(value)):
            errors[key].append(problem)
        else:
            found.append(named[value].id)
    return found


def _predicate(key: FlattenKey) -> str:
    return ".".join(str(part) for part in key if isinstance(part, str))


def _stored(key: FlattenKey, own: str | None) -> frozenset[str]:
    """The ids that stand in this field of the record now."""
    rows = relations.objects([own]) if own else []
    return frozenset(row.object for row in rows if row.predicate == _predicate(key))


def _own_id(data: FlattenDataDict, context: Context) -> str | None:
    package: Any = context.get("package")
    return package.id if package is not None else data.get(("id",))
