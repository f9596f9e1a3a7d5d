"""What ``aggregate`` of a source says: how rows are grouped, what is measured, what is too small to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

SUPPRESSED = "suppressed"
"""Column of the feed that says of a row that its measures are withheld."""


@dataclass(frozen=True)
class Group:
    """A column of the feed that groups: the value of a mapped ``column``, or the month of its day."""

    name: str
    column: str
    month: bool = False


@dataclass(frozen=True)
class Measure:
    """A column of the feed that is measured: ``kind`` is count, distinct, sum or median_days."""

    name: str
    kind: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aggregate:
    """``rows`` are the columns that ``fields`` give, of which no row is ever published."""

    by: tuple[Group, ...]
    measures: tuple[Measure, ...]
    rows: Feed
    suppress_below: int | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The columns of the feed that come out of it, its key apart."""
        withheld = (SUPPRESSED,) if self.suppress_below else ()
        return (*(group.name for group in self.by), *(measure.name for measure in self.measures), *withheld)
