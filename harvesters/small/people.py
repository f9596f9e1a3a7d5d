"""Rows that stand for persons: how many of them their own features single out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl


@dataclass(frozen=True)
class People:
    """``persons`` rows; ``unique`` share their features with nobody, ``below`` are in groups under k."""

    persons: int
    features: tuple[str, ...]
    unique: int
    below: int
    k: int

    @property
    def params(self) -> dict[str, Any]:
        """The numbers by name, for a sentence."""
        return {
            "persons": self.persons,
            "features": list(self.features),
            "unique": self.unique,
            "below": self.below,
            "k": self.k,
        }


def people(rows: pl.DataFrame, features: Sequence[str], k: int) -> People:
    """How far rows can be told apart by these columns; an empty cell is a value like any other."""
    if not features:
        return People(rows.height, (), 0, rows.height if rows.height < k else 0, k)
    sizes = rows.group_by(list(features)).len("size")["size"]
    return People(
        rows.height, tuple(features), int((sizes == 1).sum()), int(sizes.filter(sizes < k).sum()), k
    )
