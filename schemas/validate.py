"""Hold a definition against its JSON Schema, and say what is wrong in words an author can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .errors import InvalidDefinition, Problem
from .read import read_yaml

HERE = Path(__file__).parent
COMMON = "common.schema.yaml"


@cache
def _validator(schema: str) -> Draft202012Validator:
    content = read_yaml(HERE / schema)
    Draft202012Validator.check_schema(content)
    common = DRAFT202012.create_resource(read_yaml(HERE / COMMON))
    registry: Registry[Any] = Registry().with_resource(COMMON, common)
    return Draft202012Validator(content, registry=registry)


def problems(content: Any, schema: str, file: str) -> list[Problem]:
    """Every fault of a definition, by place; an empty list means that it is sound."""
    errors = sorted(_validator(schema).iter_errors(content), key=lambda error: [str(x) for x in error.path])
    return [problem for error in errors for problem in _explain(error, file)]


def _explain(error: ValidationError, file: str) -> Iterator[Problem]:
    """One fault in words; an unknown key is shown with the keys that are known."""
    place = "/".join(str(step) for step in error.absolute_path)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        wanted = schema.get("description")
        yield Problem(file, place, f"{error.instance!r} is not {wanted}" if wanted else error.message)
        return
    allowed = sorted(schema.get("properties", {}))
    for key in sorted(set(error.instance) - set(allowed), key=str):
        yield Problem(file, place, f"unknown key {key!r}; allowed: {', '.join(allowed)}")


def checked(path: Path, schema: str) -> Any:
    """The content of a definition that its schema accepts.

    Raises:
        InvalidDefinition: with every fault: file, place, what was expected.
    """
    return accepted(read_yaml(path), schema, path.name)


def accepted(content: Any, schema: str, file: str) -> Any:
    """The content, when its schema accepts it.

    Raises:
        InvalidDefinition: with every fault: file, place, what was expected.
    """
    if found := problems(content, schema, file):
        raise InvalidDefinition(found)
    return content
