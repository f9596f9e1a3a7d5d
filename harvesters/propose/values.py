"""What a person wishes of an uploaded file, and what is proposed to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ColumnWish:
    """What a person changed of one raw column; ``None`` leaves it as proposed."""

    name: str | None = None
    type: str | None = None
    label_el: str | None = None
    label_en: str | None = None
    about_el: str | None = None
    about_en: str | None = None
    unit: str | None = None
    skip: bool | None = None


@dataclass(frozen=True)
class Wish:
    """What a person chose for the whole file; ``None`` leaves it to be proposed."""

    sheet: str | None = None  # a sheet of a workbook, a layer, or a file of an archive
    layer: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None
    decimal: str | None = None
    crs: str | None = None
    feed: str | None = None  # "table" or the name of a feed
    key: str | None = None  # the name of a column; "" makes one
    columns: Mapping[str, ColumnWish] = field(default_factory=dict)  # by raw header

    def column(self, raw: str) -> ColumnWish:
        """What was wished of a raw column."""
        return self.columns.get(raw, _NOTHING)


_NOTHING = ColumnWish()


@dataclass(frozen=True)
class ProposedColumn:
    """One raw column and what becomes of it; ``filled`` is the share of rows that hold something.

    ``type`` is a type of a feed's columns, or ``point`` for what gives longitude and latitude. ``note`` says
    in Greek and English why, where it is not obvious.
    """

    raw: str
    name: str
    type: str
    label: dict[str, str]
    about: dict[str, str]
    unit: str | None
    samples: tuple[str, ...]
    filled: float
    skip: bool
    note: dict[str, str] | None


@dataclass(frozen=True)
class FeedFit:
    """A known feed that the file's columns fit: raw column to column of the feed, and the share that fits."""

    name: str
    label: dict[str, str]
    matched: dict[str, str]
    share: float


@dataclass(frozen=True)
class Proposal:
    """A definition in the words of a source YAML, without ``name``, ``about``, ``expect`` and ``examples``.

    ``whole`` says whether all rows were looked at; ``sheets`` is what there is to choose from (sheets,
    layers, files of an archive); ``lost`` are raw columns of the previous definition that this file lacks.
    """

    content: dict[str, Any]
    columns: tuple[ProposedColumn, ...]
    recognised: dict[str, str]
    sheets: tuple[str, ...]
    feeds: tuple[FeedFit, ...]
    key: str
    rows_seen: int
    whole: bool
    lost: tuple[str, ...]
