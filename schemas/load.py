"""Read the definitions that ship with the project: feeds, vocabularies and record types, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .build import build_feed, build_vocabulary, spread_fields
from .definitions import Feed, Text, Vocabulary
from .errors import InvalidDefinition, Problem
from .validate import HERE, accepted, checked


def _named(folder: str, name: str) -> Path:
    """The file of a definition, or an error that lists those there are."""
    there = sorted(path.stem for path in (HERE / folder).glob("*.yaml"))
    if name not in there:
        raise InvalidDefinition([Problem(folder, "", f"no {name!r}; there are: {', '.join(there)}")])
    return HERE / folder / f"{name}.yaml"


@cache
def column_groups() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The groups of columns that feeds share (``schemas/columns.yaml``), as they are written."""
    return MappingProxyType(checked(HERE / "columns.yaml", "columns.schema.yaml"))


@cache
def feed(name: str) -> Feed:
    """The feed of that name.

    Raises:
        InvalidDefinition: there is no such feed, or its file is not sound.
    """
    path = _named("feeds", name)
    return build_feed(checked(path, "feed.schema.yaml"), column_groups(), vocabulary, path.name)


@cache
def feeds() -> Mapping[str, Feed]:
    """Every feed of ``schemas/feeds/`` by its name, in the order of the names."""
    return MappingProxyType({path.stem: feed(path.stem) for path in sorted((HERE / "feeds").glob("*.yaml"))})


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of that name; one that includes another carries its terms too, first.

    Raises:
        InvalidDefinition: there is no such vocabulary, or its file is not sound.
    """
    path = _named("vocabularies", name)
    return build_vocabulary(checked(path, "vocabulary.schema.yaml"), vocabulary, path.name)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Every vocabulary of ``schemas/vocabularies/`` by its name, in the order of the names."""
    names = sorted(path.stem for path in (HERE / "vocabularies").glob("*.yaml"))
    return MappingProxyType({name: vocabulary(name) for name in names})


@cache
def shared_fields() -> Mapping[str, Mapping[str, Any]]:
    """The fields that record types share (``schemas/fields.yaml``), as they are written."""
    return MappingProxyType(checked(HERE / "fields.yaml", "fields.schema.yaml"))


@cache
def record_type(name: str) -> dict[str, Any]:
    """The scheming definition of a record type, shared fields put in place; do not change it.

    Raises:
        InvalidDefinition: there is no such type, or its file is not sound.
    """
    path = _named("types", name)
    written = checked(path, "definition.schema.yaml")
    spread = spread_fields(written, shared_fields(), path.name)
    content: dict[str, Any] = accepted(spread, "definition.schema.yaml", path.name)
    return content


@cache
def record_types() -> Mapping[str, dict[str, Any]]:
    """Every record type of ``schemas/types/`` by its name, in the order of the names."""
    names = sorted(path.stem for path in (HERE / "types").glob("*.yaml"))
    return MappingProxyType({name: record_type(name) for name in names})


def table_feed(columns: Sequence[Mapping[str, Any]], label: Text, about: Text, key: str) -> Feed:
    """The generic ``table``: a feed whose columns its source declares, in the words of a feed's file.

    Raises:
        InvalidDefinition: a column is not sound, or ``key`` is not one of them.
    """
    content = {"name": "table", "label": label, "about": about, "key": key, "columns": list(columns)}
    return build_feed(accepted(content, "feed.schema.yaml", "table"), column_groups(), vocabulary, "table")
