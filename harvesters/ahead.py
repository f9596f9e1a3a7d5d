"""Read one batch ahead: a thread takes the next one from the file while the last one is being mapped."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl


def ahead(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same batches in the same order; what reading raises is raised here.

    Two batches are in memory at a time, whatever the size of the file.
    """
    with ThreadPoolExecutor(1, "reader") as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch
