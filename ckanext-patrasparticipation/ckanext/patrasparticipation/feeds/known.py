"""What a published table holds, by the hashes of its rows, so that only what differs has to be staged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
from psycopg import sql

from . import database
from .layout import HASH

ROW = np.dtype([("hash", ">i8"), ("id", ">i4")])
PACKED = """
SELECT string_agg(int8send({hash}) || int4send(_id), ''), bool_and({hash} IS NOT NULL)
FROM {live} GROUP BY _id / 50000
"""
"""Hash and ``_id`` of 50,000 rows at a time as bytes; a row without a hash spoils its part."""


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
        """The table's hashes in order, and the ``_id`` of each; none where they tell nothing."""
        nothing = np.empty(0, np.int64)
        with database.connect(database.WRITE) as connection, connection.cursor(binary=True) as cursor:
            if cursor.execute("SELECT to_regclass(%s)", [f'public."{self.live}"']).fetchone() == (None,):
                return nothing
            query = sql.SQL(PACKED).format(hash=sql.Identifier(HASH), live=sql.Identifier(self.live))
            parts = [np.frombuffer(packed, ROW) for packed, whole in cursor.execute(query) if whole]
            packed = np.concatenate(parts) if parts and len(parts) == cursor.rowcount else np.empty(0, ROW)
        hashes = packed["hash"].astype(np.int64)
        order = np.argsort(hashes)
        hashes = hashes[order]
        if (hashes[1:] == hashes[:-1]).any():
            return nothing
        self._ids, self._met = packed["id"].astype(np.int32)[order], np.zeros(hashes.size, dtype=bool)
        return hashes
