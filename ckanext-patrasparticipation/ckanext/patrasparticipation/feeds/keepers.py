"""Who keeps the record of a table: a feed makes its dataset itself, a table of staff stands in theirs."""

from __future__ import annotations

from typing import Protocol

from ..model import SourceState, Version
from . import handed, records, upkeep
from .catalogue import Entry


class Keeper(Protocol):
    """What is done to a record around a swap; each may be done twice."""

    def ensure(self, entry: Entry, state: SourceState) -> str:
        """Before the first swap: the id of the resource that holds the table."""

    def apply(self, entry: Entry, state: SourceState, version: Version) -> None:
        """After a swap: the record as the generation has it."""

    def follow(self, entry: Entry, state: SourceState) -> None:
        """After a run that changed no row: what the definition says otherwise now."""


class FeedKeeper:
    """The dataset is the feed's own."""

    ensure = staticmethod(records.ensure)
    apply = staticmethod(upkeep.apply)
    follow = staticmethod(upkeep.follow)


class TableKeeper:
    """The dataset is a person's; only the resource of the table is ours to write."""

    ensure = staticmethod(handed.ensure)
    apply = staticmethod(handed.apply)
    follow = staticmethod(handed.follow)


def of(entry: Entry) -> Keeper:
    """The keeper of that entry's record."""
    return TableKeeper() if entry.handed else FeedKeeper()
