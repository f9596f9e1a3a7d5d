"""Reading one batch ahead changes neither the batches nor the errors."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters.ahead import ahead
from ckanext.patrasparticipation.harvesters.errors import SourceUnavailable


def frames(count: int, taken: list[int]) -> Iterator[pl.DataFrame]:
    for number in range(count):
        taken.append(number)
        yield pl.DataFrame({"n": [number]})


def test_batches_come_in_their_order():
    assert [batch["n"][0] for batch in ahead(frames(5, []))] == [0, 1, 2, 3, 4]
    assert list(ahead(frames(0, []))) == []


def test_what_reading_raises_comes_after_the_batches_before_it():
    def breaks() -> Iterator[pl.DataFrame]:
        yield pl.DataFrame({"n": [0]})
        raise SourceUnavailable("truncated", where="line 2")

    batches = ahead(breaks())
    assert next(batches)["n"][0] == 0
    with pytest.raises(SourceUnavailable, match="line 2"):
        next(batches)


def test_a_reader_that_is_left_stops_after_one_more_batch():
    taken: list[int] = []
    batches = ahead(frames(100, taken))
    next(batches)
    batches.close()
    assert len(taken) <= 3
