"""Remember which rows a load has shown, in eight bytes a row."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint64]


class Seen:
    """Counts how often a row was there before. Rows are known by a 64-bit hash of this process.

    Two different rows of a million share a hash with a chance of one in 37 million.
    Memory: sorted runs that are merged when they are of one size, and a counter of what repeats.
    """

    def __init__(self) -> None:
        self._runs: list[Hashes] = []
        self._again: Counter[int] = Counter()

    def earlier(self, rows: pl.DataFrame) -> npt.NDArray[np.int64]:
        """For each row, how many equal ones came before it, in this batch or an earlier one."""
        if not rows.height:
            return np.zeros(0, dtype=np.int64)
        hashes = rows.hash_rows().to_numpy()
        firsts, where = np.unique(hashes, return_index=True)
        counts = np.zeros(hashes.size, dtype=np.int64)
        before = firsts[self._known(firsts)]
        if not before.size and firsts.size == hashes.size:
            self._keep(firsts)
            return counts
        known = np.isin(hashes, before)
        suspects = known.copy()
        if firsts.size < hashes.size:
            repeated = np.ones(hashes.size, dtype=bool)
            repeated[where] = False
            suspects |= np.isin(hashes, hashes[repeated])
        for place in np.flatnonzero(suspects).tolist():
            value = int(hashes[place])
            if value not in self._again and known[place]:
                self._again[value] = 1
            counts[place] = self._again[value]
            self._again[value] += 1
        self._keep(firsts)
        return counts

    def _known(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Which of these sorted hashes an earlier batch showed; sorted ones are found many times faster."""
        known = np.zeros(hashes.size, dtype=bool)
        for run in self._runs:
            place = np.searchsorted(run, hashes)
            place[place == run.size] = 0
            known |= run[place] == hashes
        return known

    def _keep(self, firsts: Hashes) -> None:
        """Runs are merged like the digits of a number, so that each hash moves only a few times."""
        self._runs.append(firsts)
        while len(self._runs) > 1 and self._runs[-1].size * 2 > self._runs[-2].size:
            last, before = self._runs.pop(), self._runs.pop()
            self._runs.append(np.sort(np.concatenate([before, last])))
