"""The closed vocabulary of converters, on columns: a kind of value is a function here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from . import dates, moments, numbers, position, shapes, text
from .core import DTYPES, Converted, Rule

__all__ = ["CONVERTERS", "DTYPES", "Converted", "Rule"]

CONVERTERS: dict[str, Callable[[Rule], Converted]] = {
    "text": text.text,
    "choice": text.choice,
    "lookup": text.lookup,
    "constant": text.constant,
    "boolean": text.boolean,
    "integer": numbers.integer,
    "number": numbers.number,
    "date": dates.date,
    "timestamp": moments.timestamp,
    "point": position.point,
    "geometry": shapes.geometry,
    "area": shapes.area,
}
"""A converter by its name in ``as``; ``id`` needs the whole row: see ``identity``."""
