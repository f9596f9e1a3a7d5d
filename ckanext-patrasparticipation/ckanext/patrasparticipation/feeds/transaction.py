"""The one transaction that changes what readers see: rows, count and generation together."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import psycopg

from ..harvesters import faults
from ..harvesters.errors import HarvestError
from ..harvesters.sink import Published, Totals
from . import database, generation
from .beside import Beside
from .fresh import Fresh
from .layout import ALGORITHM, Layout

SETTINGS = (
    "SET LOCAL lock_timeout = '5s'",
    "SET LOCAL statement_timeout = '30min'",
    "SET LOCAL work_mem = '128MB'",
    "SET LOCAL random_page_cost = 1.1",  # few rows of many are fetched by their place, not by a scan of all
)


@dataclass(frozen=True)
class Load:
    """What a load is of: the source, the look of its table, the run, and the generation it follows."""

    source: str
    layout: Layout
    run_id: str
    language: str = "simple"
    follows: int = 0
    fresh: bool = True  # nothing published yet, or with other columns
    known: str | None = None  # the published table, when the hashes of its rows are of this release
    schema_hash: str | None = None
    restored_from: int | None = None


@dataclass(frozen=True)
class Swap:
    """A load that is staged: how it lands, in which table, with which counts and which facts to keep."""

    load: Load
    way: Fresh | Beside
    live: str
    totals: Totals
    entry: generation.Entry


def publish(connection: psycopg.Connection[Any], swap: Swap) -> Published:
    """Swap the staged rows in; nothing is written, no generation either, when no row and no count differs.

    Raises:
        HarvestError: ``moved_on``, ``key_twice`` or ``counts_differ``; all is as before.
    """
    with connection.transaction():
        for setting in SETTINGS:
            connection.execute(setting)
        before = _claimed(connection, swap.live, swap.load)
        done = _landed(connection, swap, before)
        if before and before.entry.totals == swap.entry.totals and not _touched(done):
            return replace(done, generation=before.generation)
        _count(connection, swap.live, swap.totals)
        now = (before.generation if before else 0) + 1
        generation.write(
            connection, generation.Current(swap.live, swap.load.source, now, ALGORITHM, swap.entry)
        )
        faults.point("in_swap")
    return replace(done, generation=now)


def _claimed(connection: psycopg.Connection[Any], live: str, load: Load) -> generation.Current | None:
    """The generation that this load follows, ours until the end; another one is an error."""
    key = database.lock_key("swap", load.source)
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    before = generation.read(connection, resource_id=live)
    found = before.generation if before else 0
    if found != load.follows:
        raise HarvestError("moved_on", found=found, wanted=load.follows)
    return before


def _landed(connection: psycopg.Connection[Any], swap: Swap, before: generation.Current | None) -> Published:
    """The rows, in the place of the old ones."""
    if before and before.algorithm != ALGORITHM and isinstance(swap.way, Beside):
        swap.way.rehash(connection, swap.live)
        generation.write(connection, replace(before, algorithm=ALGORITHM))
    try:
        return swap.way.land(connection, swap.live, swap.totals.loaded)
    except psycopg.errors.UniqueViolation as error:
        detail = str(error.diag.message_detail)
        raise HarvestError("key_twice", column=swap.load.layout.key, detail=detail) from error


def _touched(done: Published) -> bool:
    return bool(done.inserted or done.updated or done.deleted)


def _count(connection: psycopg.Connection[Any], live: str, totals: Totals) -> None:
    """CKAN's cached count, refreshed in this transaction, must be the number of rows loaded."""
    row = connection.execute("SELECT update_cached_table_row_count(%s::name)", [live]).fetchone()
    if row != (totals.loaded,):
        raise HarvestError("counts_differ", staged=row[0] if row else None, **asdict(totals))
