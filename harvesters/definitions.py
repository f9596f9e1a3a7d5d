"""The values that a source YAML becomes: frozen, complete, the same for every reader of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..schemas.definitions import Feed, Text
    from .aggregate.definition import Aggregate

MISSING = ("", "-", "—", "n/a", "NULL")
"""Cells that mean “nothing”, unless the reader's ``missing`` says otherwise."""


@dataclass(frozen=True)
class About:
    """Whose the data are. ``license``, ``theme`` and ``frequency`` are codes of the vocabularies."""

    title: Text
    license: str
    publisher: str
    contact: Mapping[str, Any]
    theme: str
    frequency: str
    notes: Text = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    sample: bool = False


@dataclass(frozen=True)
class Reader:
    """Where the data lie: the kind of reader, and its options as the YAML gives them."""

    type: str
    options: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The ``url``, or the ``path`` inside the folder of incoming files."""
        return str(self.options.get("url") or self.options["path"])

    @property
    def missing(self) -> tuple[str, ...]:
        """Cells that mean “nothing”."""
        return tuple(self.options.get("missing", MISSING))


@dataclass(frozen=True)
class Field:
    """One line of ``fields``: raw columns in, a converter with its options, columns of the feed out."""

    name: str
    converter: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    options: Mapping[str, Any]
    optional: bool = False


@dataclass(frozen=True)
class Expect:
    """What is normal; shares are between 0 and 1, ``growth`` is a factor."""

    min_rows: int
    max_rows: int
    rejected: float
    drop: float = 0.2
    growth: float = 3.0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A raw row and what it becomes, or the column that is refused and why; or raw rows and their sums."""

    given: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    becomes: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    rejected: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """A source, ready to be harvested. ``duplicates`` is ``reject``, ``keep``, ``drop`` or ``count_into``."""

    name: str
    feed: Feed
    about: About
    reader: Reader
    fields: tuple[Field, ...]
    ignore: frozenset[str]
    expect: Expect
    examples: tuple[Example, ...]
    duplicates: str = "reject"
    count_into: str | None = None
    schedule: str | None = None
    file: str | None = None
    schema_hash: str = ""
    guarded: bool = False  # its cells are looked at for personal data before anything is published
    aggregate: Aggregate | None = None  # rows are summed, and only sums are published
    k: int = 5  # the smallest number of people that a fixed table shows
    hide_small: bool = False  # hide smaller ones instead of refusing the table
    record: Mapping[str, float] = field(default_factory=dict)  # what the table's record states, by field
    records: str | None = None  # the type whose records its rows are, in place of rows of a table
    absent: str = "mark"  # what becomes of a record that the source does not have any more: mark or keep

    @property
    def of_rows(self) -> Source:
        """The source of the rows before they are summed; itself where nothing is."""
        return replace(self, feed=self.aggregate.rows, aggregate=None) if self.aggregate else self

    @property
    def mapped(self) -> frozenset[str]:
        """Every raw column that a field reads."""
        return frozenset(raw for item in self.fields for raw in item.inputs)

    @property
    def kept(self) -> frozenset[str]:
        """The raw columns that may be kept of a source which is asked in many parts: no other is written."""
        return self.mapped | set(self.expect.columns) | set(self.reader.options.get("only", ()))

    @property
    def required(self) -> frozenset[str]:
        """The raw columns without which nothing is published."""
        needed = {raw for item in self.fields if not item.optional for raw in item.inputs}
        return frozenset(needed | set(self.expect.columns) | set(self.reader.options.get("only", ())))
