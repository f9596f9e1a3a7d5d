"""JSON Schema out of an action's own validators, so that no parameter is described in two places."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

JsonSchema = dict[str, Any]

PLAIN: dict[str, JsonSchema] = {
    "boolean_validator": {"type": "boolean"},
    "int_validator": {"type": "integer"},
    "natural_number_validator": {"type": "integer", "minimum": 0},
    "is_positive_integer": {"type": "integer", "minimum": 1},
    "unicode_safe": {"type": "string"},
    "unicode_only": {"type": "string"},
    "unicode_or_json_validator": {"type": "string"},
    "isodate": {"type": "string"},
    "email_validator": {"type": "string", "format": "email"},
    "dict_only": {"type": "object"},
    "json_object": {"type": "object"},
    "json_validator": {"type": "object"},
    "list_of_strings": {"type": "array", "items": {"type": "string"}},
    "list_of_strings_or_string": {"type": "array", "items": {"type": "string"}},
    "list_of_strings_or_lists": {"type": "array"},
}
"""What a validator says of a value, by its name; of one that is not here nothing is claimed."""

REQUIRED = ("not_missing", "not_empty")
OPTIONAL = ("ignore_missing", "ignore_empty", "default")


class Unsaid(ValueError):
    """The parameter is not for callers."""


def parameters(schema: Mapping[str, Any]) -> tuple[dict[str, JsonSchema], list[str]]:
    """The properties of a validation schema, and the names that must be there.

    Args:
        schema: CKAN's: a parameter's name -> its validators, or a schema for the items of a list.
    """
    aliases = _aliases(schema)
    found: dict[str, JsonSchema] = {}
    required = []
    for name, rules in schema.items():
        if not isinstance(name, str) or name.startswith("__") or name in aliases:
            continue
        try:
            found[name], needed = _parameter(rules)
        except Unsaid:
            continue
        if needed:
            required.append(name)
    return found, required


def _aliases(schema: Mapping[str, Any]) -> set[str]:
    """Second names, which the DataStore renames before it looks: ``rename("id", "resource_id")``."""
    return {_closed(rule)["old"] for rule in schema.get("__before", ()) if _name(rule) == "rename"}


def _parameter(rules: Any) -> tuple[JsonSchema, bool]:
    """One parameter, and whether it must be there.

    Raises:
        Unsaid: whatever is sent is ignored or refused.
    """
    if isinstance(rules, Mapping):
        properties, required = parameters(rules)
        return {"type": "array", "items": _object(properties, required)}, False
    names = [_name(rule) for rule in rules]
    if names in (["ignore"], ["empty"]):
        raise Unsaid
    said: JsonSchema = {}
    for name, rule in zip(names, rules, strict=True):
        said |= PLAIN.get(name, {})
        said |= TOLD[name](_closed(rule)) if name in TOLD else {}
    first = next((name for name in names if name in REQUIRED + OPTIONAL), "")
    return said, first in REQUIRED


def _object(properties: dict[str, JsonSchema], required: list[str]) -> JsonSchema:
    return {"type": "object", "properties": properties} | ({"required": required} if required else {})


def _name(rule: Callable[..., Any]) -> str:
    """A validator's own name; of one made by a factory, the factory's."""
    return str(getattr(rule, "__qualname__", "")).split(".", maxsplit=1)[0]


def _closed(rule: Callable[..., Any]) -> dict[str, Any]:
    """What a factory was given, as the validator it made keeps it."""
    return dict(inspect.getclosurevars(rule).nonlocals)


def _default(given: dict[str, Any]) -> JsonSchema:
    value = given.get("default_value")
    return {"default": value} if isinstance(value, (str, int, float, list, dict)) else {}


def _one_of(given: dict[str, Any]) -> JsonSchema:
    return {"enum": sorted(map(str, given["list_of_value"]))}


def _one_of_or_boolean(given: dict[str, Any]) -> JsonSchema:
    return {"enum": [*map(str, given["list_of_value"]), True, False]}


def _capped(given: dict[str, Any]) -> JsonSchema:
    from ckan.common import config

    most = config.get(given["config_option"], given["default_limit"])
    return {"description": f"More than {most} is cut to {most}."}


TOLD: dict[str, Callable[[dict[str, Any]], JsonSchema]] = {
    "default": _default,
    "one_of": _one_of,
    "one_of_or_boolean": _one_of_or_boolean,
    "limit_to_configured_maximum": _capped,
}
