"""A question to a table, read from the parameters of ``participation_table_aggregate`` and checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore.filters import FilterOp

from . import filters
from .columns import Columns
from .conditions import Condition, conditions
from .grouping import Group, groups
from .measures import Measure, measures
from .values import shown

LIMIT = 10_000
"""Groups of one answer."""


@dataclass(frozen=True)
class Question:
    """What is asked of which table."""

    table: str
    groups: list[Group]
    measures: list[Measure]
    condition: Condition
    filtered: tuple[str, ...]
    sort: list[tuple[str, bool]]
    limit: int
    words: bool

    @property
    def ids(self) -> list[str]:
        """The names of the answer's columns."""
        return [*(group.id for group in self.groups), *(measure.id for measure in self.measures)]


def question(table: str, given: dict[str, Any], known: Columns) -> Question:
    """The question.

    Raises:
        tk.ValidationError: by parameter.
    """
    types = {name: column.type for name, column in known.items()}
    by = groups(listed("group_by", given.get("group_by")), known)
    wanted = measures(listed("measures", given.get("measures")), known)
    ids = [*(group.id for group in by), *(measure.id for measure in wanted)]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise _wrong("measures", tk._("{name} is asked for twice.").format(name=shown(twice)))
    return Question(
        table=table,
        groups=by,
        measures=wanted,
        condition=conditions(types, given.get("filters"), given.get("q")),
        filtered=tuple(dict.fromkeys(_named(filters.parse(given.get("filters"))))),
        sort=_sort(listed("sort", given.get("sort")), ids),
        limit=given["limit"],
        words=bool(given.get("q")),
    )


def listed(name: str, value: Any) -> list[str]:
    """A parameter that is a list: of texts, as JSON, or separated by commas."""
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise _wrong(name, tk._("This is not JSON: {value}").format(value=shown(value))) from error
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if not isinstance(value, (list, type(None))) or not all(isinstance(part, str) for part in value or ()):
        raise _wrong(name, tk._("{name} is a list of texts.").format(name=name))
    return [part for part in value or () if part]


def _sort(asked: list[str], ids: list[str]) -> list[tuple[str, bool]]:
    found = []
    for text in asked:
        name, _, way = text.rpartition(" ")
        if text in ids or way.lower() not in ("asc", "desc"):
            name, way = text, "asc"
        if name.strip() not in ids:
            sentence = tk._("{name} is not a column of the answer; there are {known}.")
            raise _wrong("sort", sentence.format(name=shown(name), known=", ".join(ids)))
        found.append((name.strip(), way.lower() == "desc"))
    return found


def _named(tree: FilterOp | None) -> list[str]:
    """The columns of a filter."""
    if tree is None:
        return []
    if tree.field is not None:
        return [tree.field]
    return [name for part in tree.value for name in _named(part)]


def _wrong(name: str, sentence: str) -> tk.ValidationError:
    return tk.ValidationError({name: [sentence]})
