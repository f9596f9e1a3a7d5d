"""Converters that look at outlines: a geometry in WGS 84, and the area in which a position falls."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from ..areas import Layer
from ..places import Place
from .core import Converted, Rule, because
from .numbers import finite
from .position import DECIMALS

Shapes = npt.NDArray[Any]


def geometry(rule: Rule) -> Converted:
    """A GeoJSON geometry in WGS 84, two-dimensional, rounded to ``decimals`` (7), inside the box.

    Refused: what is no geometry, outlines that cross themselves (``repair: true`` mends them), and what
    lies outside the box.
    """
    cell = rule.cell()
    read = cell.map_batches(
        lambda text: _geometries(text, rule), return_dtype=pl.Struct({"shape": pl.String, "why": pl.String})
    )
    return Converted({rule.field.outputs[0]: read.struct.field("shape")}, read.struct.field("why"))


def area(rule: Rule, layer: Layer) -> Converted:
    """The code of the polygon in which the source's position falls; nothing where it falls in none."""
    if rule.position is None:
        raise ValueError("an area needs a point")
    pair = pl.struct(rule.position[0].alias("lon"), rule.position[1].alias("lat"))
    code = pair.map_batches(
        lambda at: layer.locate(at.struct.field("lon"), at.struct.field("lat")), return_dtype=pl.String
    )
    return Converted({rule.field.outputs[0]: code})


def _geometries(text: pl.Series, rule: Rule) -> pl.Series:
    shapes = shapely.from_geojson(text.to_numpy(), on_invalid="ignore")
    shapes = shapely.force_2d(_moved(shapes, rule.place))
    if rule.field.options.get("repair"):
        shapes = shapely.make_valid(shapes)
    places = int(rule.field.options.get("decimals", DECIMALS))
    shapes = shapely.transform(shapes, lambda pairs: np.round(pairs, places))
    given = text.is_not_null().to_numpy()
    good = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    outside = good & ~_inside(shapes, rule.place)
    shapes[~good | outside] = None
    written = shapely.to_geojson(shapes)
    return (
        pl.DataFrame({"shape": pl.Series(written, dtype=pl.String), "bad": given & ~good, "out": outside})
        .select(
            pl.struct(
                "shape",
                why=pl.coalesce(
                    because(pl.col("bad"), "not_a_geometry"), because(pl.col("out"), "outside_box")
                ),
            )
        )
        .to_series()
    )


def _moved(shapes: Shapes, place: Place) -> Shapes:
    if place.plain and not place.swapped:
        return shapes
    moved: Shapes = shapely.transform(
        shapes, lambda pairs: np.column_stack(place.degrees(pairs[:, 0], pairs[:, 1]))
    )
    return moved


def _inside(shapes: Shapes, place: Place) -> npt.NDArray[np.bool_]:
    if place.box is None:
        return np.ones(len(shapes), dtype=bool)
    west, south, east, north = shapely.bounds(shapes).T
    box = place.box
    within: npt.NDArray[np.bool_] = (
        (west >= box.west) & (south >= box.south) & (east <= box.east) & (north <= box.north)
    )
    return within


def corners(rule: Rule) -> tuple[pl.Expr, pl.Expr]:
    """The first corner of each geometry, to recognise the coordinate system by."""
    first = rule.cell().str.extract_groups(r'\[\s*"?([-+\d.eE]+)"?\s*,\s*"?([-+\d.eE]+)')
    return finite(first.struct.field("1"), None), finite(first.struct.field("2"), None)
