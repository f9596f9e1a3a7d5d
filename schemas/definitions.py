"""The values that a definition becomes: frozen, complete, and the same for every reader of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Text = Mapping[str, str]
"""One text in several languages: ``{"el": "Ισχύς", "en": "Power"}``; Greek is always there."""

COLUMN_TYPES = ("text", "integer", "number", "boolean", "date", "timestamp", "geometry")
"""``timestamp`` is UTC; ``geometry`` is a GeoJSON geometry in WGS 84, as text, longitude first."""


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: the code that is stored, the label that is read."""

    code: str
    label: Text


@dataclass(frozen=True)
class Column:
    """One column of a feed: what it means, its unit, and which values it takes."""

    name: str
    type: str
    label: Text
    about: Text = field(default_factory=dict)
    unit: str | None = None
    required: bool = False
    unique: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: float | str | None = None
    maximum: float | str | None = None
    pattern: str | None = None
    max_length: int | None = None
    index: bool = False
    search: bool = False
    reviewed: bool = False  # what people wrote: published once somebody says that it was read
    based_on: str | None = None


@dataclass(frozen=True)
class Check:
    """A rule over several columns: its kind, and the columns and codes it is about (``feed.schema.yaml``)."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """Which columns count people, by which columns, and where it is said that they are hidden.

    Nothing is added up over the columns of ``within``. ``totals`` are the codes that stand for all values
    of a column; ``least`` is the smallest k.
    """

    columns: tuple[str, ...]
    by: tuple[str, ...]
    flag: str
    within: tuple[str, ...] = ()
    least: int = 5
    totals: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plausible:
    """Which column is a series, by which it goes, and where it is said that a value does not fit in.

    There is one series for each value of the columns ``within``.
    """

    value: str
    by: str
    flag: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A kind of municipal table: its columns in order, its key, and the public model it follows."""

    name: str
    label: Text
    about: Text
    columns: tuple[Column, ...]
    key: str = "asset_id"
    geometry: str | None = None  # "point" (columns lon, lat), "area" (a geometry column) or None
    based_on: str | None = None
    fixed: bool = False  # the columns are an allow-list
    key_of: tuple[str, ...] = ()  # the key is made of these
    checks: tuple[Check, ...] = ()
    counts: Counts | None = None
    plausible: Plausible | None = None

    def column(self, name: str) -> Column | None:
        """The column of that name, or nothing."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Term:
    """One entry of a vocabulary: code, labels, the authority's URI, and attributes (slug, parent…)."""

    code: str
    label: Text
    uri: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """A closed list that records and feeds share."""

    name: str
    label: Text
    terms: tuple[Term, ...]
    uri: str | None = None
