"""Converters that look at outlines: a geometry in WGS 84, and the area in which a position falls."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from ..areas import Layer
from ..places import Place
from .core import Converted, Rule, because, hidden
from .numbers import finite
from .position import DECIMALS

Shapes = npt.NDArray[Any]
_CORNER = r'\[\s*"?([-+\d.eE]+)"?\s*,\s*"?([-+\d.eE]+)'

_WKT_CORNER = r"\(\s*([-+\d.eE]+)\s+([-+\d.eE]+)"


def prepare(rule: Rule, raw: pl.DataFrame) -> pl.DataFrame:
    """The batch with each geometry as GeoJSON in WGS 84, and why not, as hidden columns of the field."""
    text = raw.select(rule.cell().alias("text")).to_series()
    shapes = shapely.force_2d(_moved(_read(text, rule.field.options.get("form")), rule.place))
    if rule.field.options.get("repair"):
        shapes = shapely.make_valid(shapes)
    places = int(rule.field.options.get("decimals", DECIMALS))
    shapes = shapely.transform(shapes, lambda pairs: np.round(pairs, places))
    good = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    outside = good & ~_inside(shapes, rule.place)
    shapes[~good | outside] = None
    name = rule.field.name
    return raw.with_columns(
        pl.Series(hidden(name, "shape"), shapely.to_geojson(shapes), dtype=pl.String),
        pl.Series(hidden(name, "bad"), text.is_not_null().to_numpy() & ~good),
        pl.Series(hidden(name, "outside"), outside),
    )


def _read(text: pl.Series, form: str | None) -> Shapes:
    """Outlines out of GeoJSON, or out of WKT; nothing where a cell is neither."""
    if form == "wkt":
        bare = text.str.replace(r"^(?i:SRID)=\d+;\s*", "")
        written: Shapes = shapely.from_wkt(bare.to_numpy(), on_invalid="ignore")
        return written
    found: Shapes = shapely.from_geojson(text.to_numpy(), on_invalid="ignore")
    return found


def geometry(rule: Rule) -> Converted:
    """A GeoJSON geometry in WGS 84, two-dimensional, rounded to ``decimals`` (7), inside the box.

    Refused: what is no geometry, outlines that cross themselves (``repair: true`` mends them), and what
    lies outside the box.
    """
    name = rule.field.name
    refused = pl.coalesce(
        because(pl.col(hidden(name, "bad")), "not_a_geometry"),
        because(pl.col(hidden(name, "outside")), "outside_box"),
    )
    return Converted({rule.field.outputs[0]: pl.col(hidden(name, "shape"))}, refused)


def prepare_area(rule: Rule, raw: pl.DataFrame, point: str, layer: Layer) -> pl.DataFrame:
    """The batch with the code of the polygon in which the position of the field ``point`` falls."""
    codes = layer.locate(raw[hidden(point, "lon")], raw[hidden(point, "lat")])
    return raw.with_columns(codes.alias(hidden(rule.field.name, "code")))


def area(rule: Rule) -> Converted:
    """The code of the polygon in which the source's position falls; nothing where it falls in none."""
    return Converted({rule.field.outputs[0]: pl.col(hidden(rule.field.name, "code"))})


def corners(rule: Rule, raw: pl.DataFrame) -> pl.DataFrame:
    """The first corner of each geometry as ``x`` and ``y``, to recognise the coordinate system by."""
    form = rule.field.options.get("form")
    first = rule.cell().str.extract_groups(_WKT_CORNER if form == "wkt" else _CORNER)
    return raw.select(x=finite(first.struct.field("1"), None), y=finite(first.struct.field("2"), None))


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
    within: npt.NDArray[np.bool_] = (west >= box.west) & (south >= box.south)
    within &= (east <= box.east) & (north <= box.north)
    return within
