"""One load: raw batches in, typed batches out, and the counts that must add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from . import checks
from .aggregate.summing import Summing
from .ahead import ahead
from .areas import Areas
from .definitions import Source
from .duplicates import Counts, Duplicates, Keys
from .geography import Geography
from .guard import Guard
from .identity import Identity
from .last import Last
from .mapping import Mapper
from .readers import Asked, Raw, open_raw
from .readers.raw import REFUSED, ROW, TOLD
from .report import Reason, reason
from .sink import Batch, Totals
from .whole import Whole

FIXED = {"delimited", "spreadsheet", "vector", "pabulib"}
"""Readers whose first batch shows every column; with the others a key may appear in any record."""


class Load:
    """The state of one run between reading and publishing."""

    def __init__(self, source: Source, areas: Areas, today: date, last: Last, folder: Path) -> None:
        self.source, self.last, self._areas, self._today, self._folder = source, last, areas, today, folder
        self.totals = Totals(0, 0, 0, 0)
        self.choices: dict[str, str] = {}
        self.notes: Mapping[str, str] = {}  # what was told while the parts of the answer came
        self.columns: dict[str, None] = {}
        self.suggestions: list[Reason] = []
        self.refused: Counter[checks.Refusal] = Counter()
        self.sums = Summing(source)
        self._rows = source.of_rows
        self.guard = Guard(self._rows)
        self.whole = Whole(source)
        self._shown: dict[checks.Refusal, str] = {}

    def batches(self, path: Path) -> Iterator[Batch]:
        """Typed batches; ``totals``, ``columns`` and ``refused`` grow as they are taken.

        Raises:
            SourceChanged, SourceUnavailable: as the readers and ``checks`` say.
        """
        counts = Counts(self._rows, self._mapped_only(path)) if self.source.count_into else None
        parts = self.sums.batches(self._typed(self._open(path), Duplicates(self._rows, counts)))
        return self._at_once(parts) if self.whole.asked else parts

    def _at_once(self, parts: Iterator[Batch]) -> Iterator[Batch]:
        """All rows in one batch; of a table that is refused none is handed on, not even to be staged."""
        for batch in self.whole.batches(parts):
            stops = self.whole.unknown or self.whole.broken or self.guard.findings()
            yield replace(batch, rows=batch.rows.clear()) if stops else batch

    def finish(self) -> None:
        """What can only be asked when all rows are there.

        Raises:
            SourceChanged: ``missing_columns``, ``column_retyped``.
            SourceRefused: ``personal_data``, ``too_few_people``.
        """
        self.totals = self.sums.counted(self.totals)
        self.suggestions += self.sums.told()
        if self.totals.rows_in or self.columns:
            checks.missing_columns(self.source, self.columns)
        self.guard.refuse()
        self.sums.refuse()
        self.whole.refuse()
        self.suggestions += self.whole.told()
        self.suggestions += checks.hints(self._shown)
        checks.retyped(self.refused, self._shown, self.totals.rows_in)

    def _open(self, path: Path) -> Raw:
        reader, source = self.source.reader, self.source
        raw = open_raw(reader.type, Asked(path, reader.options, source.mapped | source.ignore), self._folder)
        self.choices = raw.choices
        self.choices |= self.notes
        return raw

    def _kept(self, raw: Raw) -> Iterator[pl.DataFrame]:
        """Raw batches that hold something, with only the rows that ``reader.only`` names."""
        only = self.source.reader.options.get("only", {})
        for batch in ahead(iter(raw.batches)):
            if only:
                wanted = [
                    pl.col(name).is_in(values) if name in batch.columns else pl.lit(False)
                    for name, values in only.items()
                ]
                batch = batch.filter(wanted)
            yield batch

    def _mapped_only(self, path: Path) -> Iterator[pl.DataFrame]:
        """A first look at the mapped rows, for ``count_into``; the file is read again afterwards."""
        raw = self._open(path)
        mapper: Mapper | None = None
        for batch in self._kept(raw):
            mapper = mapper or self._mapper(raw)
            yield mapper.map(batch)[0]

    def _mapper(self, raw: Raw) -> Mapper:
        geography = Geography(self._rows, self._areas, raw.choices.get("crs"))
        return Mapper(self._rows, geography, self._today)

    def _typed(self, raw: Raw, duplicates: Duplicates) -> Iterator[Batch]:
        mapper, identity, keys = self._mapper(raw), Identity(self._rows), Keys(self._rows)
        order = [column.name for column in self._rows.feed.columns]
        order = [ROW, *order] if self.whole.numbered else order
        for batch in self._kept(raw):
            mapper.geography.labelled = raw.choices.get("crs")
            self._look(batch)
            self.guard.look(batch)
            rows, bad = mapper.map(batch)
            if not self.totals.rows_in and mapper.geography.shifted(rows):
                self.suggestions.append(reason("datum_shift"))
            self._tell(mapper)
            rows, equal, dropped = duplicates.take_out(rows)
            rows, doubled = keys.take_out(identity.give(rows))
            rejected = self.sums.hide(self.guard.hide(pl.concat([bad, equal, doubled])))
            self._count(batch.height, rows.height, rejected, dropped)
            yield Batch(rows.select(order), rejected)

    def _look(self, batch: pl.DataFrame) -> None:
        names = [name for name in batch.columns if name not in (ROW, REFUSED, TOLD)]
        fresh = [name for name in names if name not in self.columns]
        first = not self.columns
        self.guard.names(fresh, self.choices)
        self.columns |= dict.fromkeys(names)
        if first and self.source.reader.type in FIXED:
            checks.missing_columns(self.source, names)
        if self.whole.numbered:
            self.whole.unknown += checks.unmapped(self.source, fresh)
        else:
            self.suggestions += checks.new_columns(self.source, fresh, self.last)

    def _tell(self, mapper: Mapper) -> None:
        for name, place in mapper.geography.places.items():
            self.choices[f"crs of {name}"] = place.told

    def _count(self, came: int, loaded: int, rejected: pl.DataFrame, dropped: int) -> None:
        now = self.totals
        self.totals = Totals(
            now.rows_in + came,
            now.loaded + loaded,
            now.rejected + rejected.height,
            now.deduplicated + dropped,
        )
        for column, code, raw in rejected.select("column", "code", "raw").iter_rows():
            self.refused[column, code] += 1
            self._shown.setdefault((column, code), raw)
