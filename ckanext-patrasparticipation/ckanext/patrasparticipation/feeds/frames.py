"""From frames to what PostgreSQL takes: lines of CSV with the row's hash, and the box round positions."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from ..harvesters.errors import HarvestError
from .layout import Layout, hashed

MOMENT, DAY = "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d"

Box = list[float]
"""West, south, east, north."""


def lines(
    rows: pl.DataFrame, layout: Layout, chosen: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows
) -> bytes:
    """The rows as CSV without a header: the layout's columns in order, then the hash. Null is empty.

    ``chosen`` gives those rows, with their hashes, that are to be written.

    Raises:
        HarvestError: ``key_twice`` when a row has no key.
    """
    if missing := rows[layout.key].null_count():
        raise HarvestError("key_twice", column=layout.key, detail=f"{missing} NULL")
    ordered = rows.select(layout.names)
    text: str = chosen(ordered.with_columns(hashed(ordered))).write_csv(
        include_header=False, datetime_format=MOMENT, date_format=DAY
    )
    return text.encode()


def extent(rows: pl.DataFrame, layout: Layout) -> Box | None:
    """The box round the rows' positions, or nothing where they have none."""
    if layout.geometry == "point":
        lon, lat = rows["lon"], rows["lat"]
        box = [lon.min(), lat.min(), lon.max(), lat.max()]
        return None if None in box else [float(side) for side in box]  # type: ignore[arg-type]
    if layout.geometry_column:
        return _bounds(rows[layout.geometry_column].drop_nulls().to_list())
    return None


def _bounds(geometries: list[str]) -> Box | None:
    import shapely  # slow to load, and only areas need it

    if not geometries:
        return None
    return [float(side) for side in shapely.total_bounds(shapely.from_geojson(geometries))]


def wider(one: Box | None, other: Box | None) -> Box | None:
    """The box round both boxes."""
    if one is None or other is None:
        return one or other
    return [min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])]
