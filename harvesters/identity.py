"""Make a lasting id where the source has none: from kind, position, attributes, ordinal among equals."""

from __future__ import annotations

from hashlib import sha1

import polars as pl

from .definitions import Source
from .seen import Seen

DECIMALS = 6
DIGITS = 12


class Identity:
    """The made ids of one load. Equal things get ordinals 0, 1, … in the order in which they come."""

    def __init__(self, source: Source) -> None:
        made = [item for item in source.fields if item.converter == "id"]
        self.column = made[0].outputs[0] if made else None
        self._options = made[0].options if made else {}
        point = next((item.outputs for item in source.fields if item.converter == "point"), ())
        self._position = tuple(point)
        self._seen = Seen()

    def give(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with their ids; as they are when the source has ids of its own."""
        if self.column is None or not rows.height:
            return rows
        told = rows.select(self._told().alias("told"))
        ordinals = self._seen.earlier(told).tolist()
        prefix = self._options["prefix"]
        ids = [
            f"{prefix}-{sha1(f'{prefix}|{text}|{ordinal}'.encode()).hexdigest()[:DIGITS].upper()}"
            for text, ordinal in zip(told["told"], ordinals, strict=True)
        ]
        return rows.with_columns(pl.Series(self.column, ids, dtype=pl.String))

    def _told(self) -> pl.Expr:
        """What tells one thing from another, as text that does not change between releases."""
        places = int(self._options.get("decimals", DECIMALS))
        scaled = [
            (pl.col(name) * 10**places).round().cast(pl.Int64).cast(pl.String) for name in self._position
        ]
        others = [pl.col(name).cast(pl.String) for name in self._options.get("of", ())]
        return pl.concat_str([part.fill_null("") for part in [*scaled, *others]], separator="|")
