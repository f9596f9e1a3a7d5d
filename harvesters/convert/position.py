"""Converter to a position: longitude and latitude in WGS 84, inside the city's box."""

from __future__ import annotations

import numpy as np
import polars as pl

from ..places import Box, Place
from .core import Converted, Rule, because
from .numbers import decimal_mark, finite

DECIMALS = 7
_PAIR = r'^(?:\{.*"coordinates"\s*:\s*)?\[\s*"?([^\[\],"\s]+)"?\s*,\s*"?([^\[\],"\s]+)"?'
"""A GeoJSON point, or its coordinates alone: ``[21.73, 38.24]``."""


def numbers(rule: Rule) -> tuple[pl.Expr, pl.Expr]:
    """The two numbers of a position as the source gives them, longitude or easting first."""
    mark = decimal_mark(rule)
    if len(rule.field.inputs) == 2:
        return finite(rule.cell(0), mark), finite(rule.cell(1), mark)
    cell = rule.cell()
    return finite(cell.str.extract(_PAIR, 1), None), finite(cell.str.extract(_PAIR, 2), None)


def point(rule: Rule) -> Converted:
    """Longitude and latitude, rounded to ``decimals`` (7).

    Refused: what is no pair of numbers, and what lies outside the box; a pair whose axes are swapped, in a
    file where the others are not, is told as such.
    """
    lon, lat = degrees(rule)
    box = rule.place.box or Box()
    inside = box.inside(lon, lat).fill_null(False)
    refused = pl.coalesce(
        because(_given(rule) & (lon.is_null() | lat.is_null()), "not_a_position"),
        because(lon.is_not_null() & ~inside & box.inside(lat, lon), "swapped_position"),
        because(lon.is_not_null() & ~inside, "outside_box"),
    )
    values = {
        name: pl.when(inside).then(value) for name, value in zip(rule.field.outputs, (lon, lat), strict=True)
    }
    return Converted(values, refused)


def degrees(rule: Rule) -> tuple[pl.Expr, pl.Expr]:
    """Longitude and latitude as expressions, wherever they fall."""
    x, y = numbers(rule)
    places = int(rule.field.options.get("decimals", DECIMALS))
    if rule.place.plain:
        lon, lat = (y, x) if rule.place.swapped else (x, y)
        return lon.round(places), lat.round(places)
    both = pl.struct(x.alias("x"), y.alias("y")).map_batches(
        lambda pairs: _degrees(pairs, rule.place),
        return_dtype=pl.Struct({"lon": pl.Float64, "lat": pl.Float64}),
    )
    return both.struct.field("lon").round(places), both.struct.field("lat").round(places)


def _given(rule: Rule) -> pl.Expr:
    """Whether there is anything to read; an empty or null geometry is nothing."""
    if len(rule.field.inputs) == 2:
        return rule.cell(0).is_not_null() | rule.cell(1).is_not_null()
    cell = rule.cell()
    return cell.is_not_null() & ~cell.str.contains(r'("coordinates"\s*:\s*|^)\[\s*(null\s*,\s*null\s*)?\]')


def _degrees(pairs: pl.Series, place: Place) -> pl.Series:
    x, y = (pairs.struct.field(name).to_numpy().astype(np.float64) for name in ("x", "y"))
    lon, lat = place.degrees(x, y)
    answer = pl.DataFrame({"lon": lon, "lat": lat}, nan_to_null=True)
    finite_both = pl.all_horizontal(pl.col("lon").is_finite(), pl.col("lat").is_finite())
    return answer.select(pl.when(finite_both).then(pl.all())).to_struct()
