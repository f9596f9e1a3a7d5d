"""What a published table holds, by the hashes of its rows, so that only what differs has to be staged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from psycopg import sql

from . import database
from .layout import HASH

SCHEMA = {HASH: pl.Int64, "_id": pl.Int32}


class Known:
    """Thirteen bytes a row. It speaks of the generation it was read at: the swap refuses any other one.

    A row is known by its 64-bit hash alone. That one of 10,000 changed rows has the hash of one of a million
    others happens once in two thousand million runs.
    """

    def __init__(self, live: str) -> None:
        self.live = live
        self.passed = 0
        """Rows of the load that the table holds already."""
        self._hashes: npt.NDArray[np.int64] | None = None
        self._ids: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._met: npt.NDArray[np.bool_] = np.empty(0, bool)

    def news(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows (with their hash) that the table does not hold."""
        if self._hashes is None:
            self._hashes = self._read()
        if not self._hashes.size:
            return rows
        wanted = rows[HASH].to_numpy()
        place = np.searchsorted(self._hashes, wanted)
        place[place == self._hashes.size] = 0
        there = self._hashes[place] == wanted
        self._met[place[there]] = True
        self.passed += int(there.sum())
        return rows.filter(~pl.Series(there))

    def gone(self) -> npt.NDArray[np.int32]:
        """The ``_id`` of each row that the load did not show: it was changed, or is no longer there."""
        return self._ids[~self._met]

    @property
    def usable(self) -> bool:
        """Whether the table was read; one without rows, or with a hash twice, tells nothing."""
        return bool(self._ids.size)

    def _read(self) -> npt.NDArray[np.int64]:
        query = sql.SQL("COPY (SELECT {}, _id FROM {}) TO STDOUT (FORMAT csv)")
        with database.connect(database.WRITE) as connection, connection.cursor() as cursor:
            if cursor.execute("SELECT to_regclass(%s)", [f'public."{self.live}"']).fetchone() == (None,):
                return np.empty(0, np.int64)
            with cursor.copy(query.format(sql.Identifier(HASH), sql.Identifier(self.live))) as copy:
                text = b"".join(copy)
        if not text:
            return np.empty(0, np.int64)
        found = pl.read_csv(text, has_header=False, schema=SCHEMA).sort(HASH)
        if found[HASH].null_count() or found[HASH].n_unique() < found.height:
            return np.empty(0, np.int64)
        self._ids, self._met = found["_id"].to_numpy(), np.zeros(found.height, dtype=bool)
        hashes: npt.NDArray[np.int64] = found[HASH].to_numpy()
        return hashes
