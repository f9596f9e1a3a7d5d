"""Turn the content of a definition that its schema accepts into the frozen values everybody reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .definitions import Choice, Column, Feed, Term, Vocabulary
from .errors import InvalidDefinition, Problem
from .rules import build_checks, build_counts, build_plausible

Groups = Mapping[str, Sequence[Mapping[str, Any]]]
Lookup = Callable[[str], Vocabulary]


def build_feed(content: Mapping[str, Any], groups: Groups, lookup: Lookup, file: str) -> Feed:
    """A feed from its file: groups of columns put in place, choices resolved, geometry recognised.

    Raises:
        InvalidDefinition: an unknown group or vocabulary, a column given twice, a key that is no column.
    """
    written = list(_spread(content["columns"], groups, file))
    columns = tuple(_column(column, lookup, file) for column in written)
    names = [column.name for column in columns]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidDefinition([Problem(file, "columns", f"given twice: {', '.join(twice)}")])
    key = content.get("key", "asset_id")
    if key not in names:
        message = f"{key!r} is not a column; there are: {', '.join(names)}"
        raise InvalidDefinition([Problem(file, "key", message)])
    return Feed(
        name=content["name"],
        label=content["label"],
        about=content["about"],
        columns=columns,
        key=key,
        geometry=_geometry(columns),
        based_on=content.get("based_on"),
        fixed=content.get("fixed", False),
        key_of=tuple(content.get("key_of", ())),
        checks=build_checks(content, names, file),
        counts=build_counts(content, names, file),
        plausible=build_plausible(content, names, file),
    )


def _spread(written: Iterable[Mapping[str, Any]], groups: Groups, file: str) -> Iterator[Mapping[str, Any]]:
    """The columns one after another, each group in the place where it is named."""
    for entry in written:
        if "extends" not in entry:
            yield entry
            continue
        if (name := entry["extends"]) not in groups:
            message = f"no group {name!r}; there are: {', '.join(groups)}"
            raise InvalidDefinition([Problem(file, "columns", message)])
        yield from groups[name]


def _column(written: Mapping[str, Any], lookup: Lookup, file: str) -> Column:
    if wrong := list(_wrong(written)):
        raise InvalidDefinition([Problem(file, written["name"], message) for message in wrong])
    plain = {key: value for key, value in written.items() if key not in ("choices", "choices_from")}
    choices = tuple(Choice(code, label) for code, label in written.get("choices", {}).items())
    if "choices_from" in written:
        choices = tuple(Choice(term.code, term.label) for term in lookup(written["choices_from"]).terms)
    return Column(**plain, choices=choices)


def _wrong(written: Mapping[str, Any]) -> Iterator[str]:
    """What two keys of a column say against each other, and a pattern that is none."""
    kind = written["type"]
    if "choices" in written and "choices_from" in written:
        yield "either `choices` or `choices_from`, not both"
    for key in ("minimum", "maximum"):
        if key in written and not isinstance(written[key], _BOUNDS.get(kind, ())):
            yield f"`{key}` cannot be {written[key]!r} in a column of type {kind}"
    for key in ("pattern", "max_length", "choices", "choices_from", "search", "reviewed"):
        if written.get(key) and kind != "text":
            yield f"`{key}` is for columns of type text, not {kind}"
    try:
        re.compile(written.get("pattern", ""))
    except re.error as error:
        yield f"`pattern` is not a regular expression: {error}"


_BOUNDS: dict[str, tuple[type, ...]] = {
    "integer": (int, float),
    "number": (int, float),
    "date": (str,),
    "timestamp": (str,),
}
"""What a limit may be, by type of column; the other types have no limits."""


def _geometry(columns: Sequence[Column]) -> str | None:
    """``area`` with a geometry column, ``point`` with ``lon`` and ``lat``, or nothing."""
    if any(column.type == "geometry" for column in columns):
        return "area"
    return "point" if {"lon", "lat"} <= {column.name for column in columns} else None


def build_vocabulary(content: Mapping[str, Any], lookup: Lookup, file: str) -> Vocabulary:
    """A vocabulary from its file; the terms of the one it includes stand first.

    Raises:
        InvalidDefinition: a code given twice, or an included vocabulary that is not there.
    """
    included = lookup(content["include"]).terms if "include" in content else ()
    terms = included + tuple(Term(**term) for term in content["terms"])
    codes = [term.code for term in terms]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise InvalidDefinition([Problem(file, "terms", f"given twice: {', '.join(twice)}")])
    return Vocabulary(content["name"], content["label"], terms, content.get("uri"))


FIELD_LISTS = ("dataset_fields", "resource_fields", "fields", "repeating_subfields")
"""The keys of a record type, and of a field, that hold fields."""


def spread_fields(
    written: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]], file: str
) -> dict[str, Any]:
    """A record type, or a field of one, with each shared field in its place; keys beside ``extends`` win.

    Raises:
        InvalidDefinition: an unknown shared field.
    """
    spread = dict(written)
    for part in FIELD_LISTS:
        if part in spread:
            spread[part] = [_shared(field, shared, f"{file} {part}") for field in spread[part]]
    return spread


def _shared(field: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]], place: str) -> dict[str, Any]:
    own = {key: value for key, value in field.items() if key != "extends"}
    if "extends" not in field:
        return spread_fields(own, shared, place)
    if (name := field["extends"]) not in shared:
        message = f"no shared field {name!r}; there are: {', '.join(shared)}"
        raise InvalidDefinition([Problem(place, name, message)])
    return spread_fields({**shared[name], **own}, shared, place)
