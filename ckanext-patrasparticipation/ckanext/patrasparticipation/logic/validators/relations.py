"""Validators of fields that point at other records or at publishers: any name of theirs in, their ids out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.records import prepare

ADDRESS = re.compile(r"https?://[^\s]+?/([^/?#\s]+)/?")


@scheming_validator
def participation_relation(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept the id, name or address of one record of the types that the field's ``relation`` names."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        data[key] = _record(field, data[key], _own_id(data, context), context)

    return validator


@scheming_validator
def participation_relations(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept several such records, a list or one alone; JSON of their ids, in the order given, each once."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        own, found = _own_id(data, context), []
        for value in _several(data.get(key)):
            try:
                found.append(_record(field, value, own, context))
            except tk.Invalid as problem:
                errors[key].append(problem.error)
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
                errors[key].append(tk._("There is no publisher '{value}'").format(value=str(value)[:100]))
            else:
                found.append(group.id)
        _finish(key, data, errors, found, required=bool(field.get("required")))

    return validator


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
    """The single values of what a form, an API caller or a stored record gives."""
    if prepare.is_empty(value):
        return []
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    several = value if isinstance(value, list) else [value]
    return [one for one in several if not prepare.is_empty(one)]


def _last_part(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    found = ADDRESS.fullmatch(text)
    return found[1] if found else text


def _own_id(data: FlattenDataDict, context: Context) -> str | None:
    package: Any = context.get("package")
    return package.id if package is not None else data.get(("id",))


def _record(field: Mapping[str, Any], value: Any, own: str | None, context: Context) -> str:
    """The id of the record that the value names, when the caller may see it and the field may point at it."""
    package = model.Package.get(_last_part(value))
    if package is None or not _may_see(package, context):
        message = tk._("There is no record '{value}' that you may see")
        raise tk.Invalid(message.format(value=str(value)[:100]))
    if package.id == own:
        raise tk.Invalid(tk._("A record cannot point at itself"))
    wanted = field["relation"]["to"]
    if wanted != "any" and package.type not in wanted:
        message = tk._("'{value}' is of type {given}; expected: {expected}")
        raise tk.Invalid(message.format(value=package.name, given=package.type, expected=", ".join(wanted)))
    return str(package.id)


def _may_see(package: Any, context: Context) -> bool:
    if context.get("ignore_auth"):
        return True
    asked: Context = {"user": context.get("user", ""), "auth_user_obj": context.get("auth_user_obj")}
    try:
        tk.check_access("package_show", asked, {"id": package.id})
    except tk.NotAuthorized:
        return False
    return True
