"""Converter to a position: longitude and latitude in WGS 84, inside the city's box."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from ..places import Box, Place
from .core import Converted, Rule, because, hidden
from .numbers import decimal_mark, finite

DECIMALS = 7
_WRITTEN = re.compile(r'(\{"type": ?"Point", ?"coordinates": ?\[)[^\[\], ]+(, ?)[^\[\]{}]+(\]\})$')
"""How libraries write a point: what stands before, between and after its numbers."""
_NUMBER = r"([-+]?\d+(?:\.\d+)?)"
_FORMS = {
    "wkt": rf"(?i)^(?:SRID=\d+;)?\s*POINT\s*(?:ZM?|M)?\s*\(\s*{_NUMBER}\s+{_NUMBER}(?:\s+[-+.\deE]+)*\s*\)$",
    "pair": rf"^[(\[]?\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*[)\]]?$",
}
"""How one column writes a position, unless it is GeoJSON."""
_NOTHING = r'("coordinates"\s*:\s*|^)\[\s*(null\s*,\s*null\s*)?\]'


def numbers(rule: Rule, raw: pl.DataFrame) -> pl.DataFrame:
    """The two numbers of each position as the source gives them: ``x``, longitude or easting, and ``y``."""
    if len(rule.field.inputs) == 2:
        mark = decimal_mark(rule)
        return raw.select(x=finite(rule.cell(0), mark), y=finite(rule.cell(1), mark))
    if form := rule.field.options.get("form"):
        groups = rule.cell().str.extract_groups(_FORMS[form])
        return raw.select(x=finite(groups.struct.field("1"), None), y=finite(groups.struct.field("2"), None))
    cells = raw.select(rule.cell()).to_series()
    if (usual := _usual(cells)) is not None:
        return usual
    x, y = pair(rule.cell())
    return raw.select(x=x, y=y)


def _usual(cells: pl.Series) -> pl.DataFrame | None:
    """The numbers where all points are written letter by letter like the first one; nothing where one is not.

    A seventh of the time that ``pair`` takes, and a file's points are nearly always written alike.
    """
    written = _WRITTEN.match(cells.drop_nulls().head(1).item()) if cells.null_count() < cells.len() else None
    if written is None:
        return None
    before, comma, after = written.groups()
    inside = pl.col(cells.name).str.strip_prefix(pl.lit(before)).str.strip_suffix(pl.lit(after))
    parts = inside.str.split_exact(comma, 1)
    read = cells.to_frame().select(
        parts.struct.field(part).cast(pl.Float64, strict=False).alias(name)
        for part, name in (("field_0", "x"), ("field_1", "y"))
    )
    alike = all(number.null_count() == cells.null_count() and number.is_finite().all() for number in read)
    return read if alike else None


def pair(cell: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The numbers of a GeoJSON point, or of its coordinates alone: ``[21.73, 38.24]``."""
    opened = cell.str.split_exact("[", 1)
    before = opened.struct.field("field_0").str.strip_chars_end()
    inside = opened.struct.field("field_1").str.split_exact("]", 1).struct.field("field_0")
    parts = (
        pl.when((before == "") | before.str.ends_with('"coordinates":')).then(inside).str.split_exact(",", 1)
    )
    x, y = (parts.struct.field(name).str.strip_chars('" ') for name in ("field_0", "field_1"))
    return finite(x, None), finite(y, None)


def prepare(rule: Rule, raw: pl.DataFrame) -> pl.DataFrame:
    """The batch with longitude and latitude, wherever they fall, and whether there was anything to read, as
    hidden columns of the field.

    Projections are worked out here, on the caller's thread: PROJ needs more stack than polars' threads have.
    """
    found = _degrees(numbers(rule, raw), rule.place)
    places = int(rule.field.options.get("decimals", DECIMALS))
    name = rule.field.name
    all_there = not found["lon"].null_count() and not found["lat"].null_count()
    return raw.with_columns(
        (pl.lit(True) if all_there else _given(rule)).alias(hidden(name, "given")),
        found["lon"].round(places).alias(hidden(name, "lon")),
        found["lat"].round(places).alias(hidden(name, "lat")),
    )


def point(rule: Rule) -> Converted:
    """Longitude and latitude, rounded to ``decimals`` (7).

    Refused: what is no pair of numbers, and what lies outside the box; a pair whose axes are swapped, in a
    file where the others are not, is told as such.
    """
    lon, lat = (pl.col(hidden(rule.field.name, part)) for part in ("lon", "lat"))
    box = rule.place.box or Box()
    inside = box.inside(lon, lat).fill_null(False)
    refused = pl.coalesce(
        because(pl.col(hidden(rule.field.name, "given")) & (lon.is_null() | lat.is_null()), "not_a_position"),
        because(lon.is_not_null() & ~inside & box.inside(lat, lon), "swapped_position"),
        because(lon.is_not_null() & ~inside, "outside_box"),
    )
    outputs = zip(rule.field.outputs, (lon, lat), strict=True)
    return Converted({name: pl.when(inside).then(value) for name, value in outputs}, refused)


def _given(rule: Rule) -> pl.Expr:
    """Whether there is anything to read; an empty or null geometry is nothing."""
    if len(rule.field.inputs) == 2:
        return rule.cell(0).is_not_null() | rule.cell(1).is_not_null()
    cell = rule.cell()
    return cell.is_not_null() & ~cell.str.contains(_NOTHING)


def _degrees(pairs: pl.DataFrame, place: Place) -> pl.DataFrame:
    if place.plain:
        return pairs.rename({"x": "lat", "y": "lon"} if place.swapped else {"x": "lon", "y": "lat"})
    lon, lat = place.degrees(*(pairs[name].to_numpy().astype(np.float64) for name in ("x", "y")))
    answer = pl.DataFrame({"lon": lon, "lat": lat})
    finite_both = pl.all_horizontal(pl.col("lon").is_finite(), pl.col("lat").is_finite())
    return answer.select(pl.when(finite_both).then(pl.all()))
