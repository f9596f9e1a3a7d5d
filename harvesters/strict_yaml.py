"""Read a YAML definition strictly: no key twice, no key unknown, no value that YAML guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from .errors import DefinitionError

FOLDER = Path(__file__).parent


_BOOLEAN = re.compile("^(?:true|false)$")
_LOOSE = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _Loader(yaml.SafeLoader):
    """YAML without its surprises: ``no`` and ``2024-01-01`` stay text, and every key is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LOOSE]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_LOOSE[0], _BOOLEAN, list("tf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str) or key in found:
            problem = f"the key {key!r} stands twice or is no text"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, file: str) -> dict[str, Any]:
    """The content of a definition; raises ``DefinitionError`` when it is not a YAML mapping."""
    try:
        content = yaml.load(text, Loader=_Loader)  # a SafeLoader
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise DefinitionError("not_yaml", file=file, problem=problem) from error
    if not isinstance(content, dict):
        raise DefinitionError("not_yaml", file=file, problem="not a mapping")
    return content


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    content = yaml.safe_load((FOLDER / schema).read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(content)


def check(content: Mapping[str, Any], schema: str, file: str) -> None:
    """Raise ``DefinitionError`` for the first thing that a schema of this folder does not allow."""
    errors = sorted(_validator(schema).iter_errors(content), key=_where)
    if errors:
        raise _named(errors[0], file)


def _where(error: jsonschema.ValidationError) -> tuple[int, str]:
    """Unknown keys first: a misspelt key explains the missing one."""
    return (error.validator != "additionalProperties", error.json_path)


def _named(error: jsonschema.ValidationError, file: str) -> DefinitionError:
    path = ".".join(str(part) for part in error.absolute_path)
    schema: Any = error.schema
    value: Any = error.instance
    if error.validator == "additionalProperties":
        known = sorted(schema["properties"])
        key = next(name for name in value if name not in known)
        return DefinitionError("unknown_key", file=file, key=_join(path, key), allowed=known)
    if error.validator == "required":
        key = next(name for name in schema["required"] if name not in value)
        return DefinitionError("missing_key", file=file, key=_join(path, key))
    return DefinitionError("wrong_value", file=file, key=path, value=_short(value), allowed=_allowed(error))


def _allowed(error: jsonschema.ValidationError) -> str:
    """What was expected: a list of values, a type, a pattern, or one of several shapes."""
    value: Any = error.validator_value
    if error.validator == "oneOf":
        return " / ".join(_short(choice.get("required") or choice.get("enum") or choice) for choice in value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return f"{error.validator} {_short(value)}"


def _short(value: object, limit: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
