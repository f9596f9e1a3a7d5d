"""The polygons of a city: in which unit, community or neighbourhood a position falls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import orjson
import polars as pl
import shapely

from .errors import DefinitionError
from .places import Box, Floats

MARGIN = 0.02
"""Degrees around the polygons in which a position still counts as the city's."""


@dataclass(frozen=True)
class Layer:
    """Polygons that share out the city; ``codes`` has one code for each."""

    codes: tuple[str, ...]
    polygons: tuple[shapely.Geometry, ...]

    def box(self) -> Box:
        """The rectangle around the polygons."""
        return Box(*(float(edge) for edge in shapely.total_bounds(np.array(self.polygons))))

    def locate(self, lon: pl.Series, lat: pl.Series) -> pl.Series:
        """The code of the polygon of each position, null outside all; on a border the first one counts."""
        x, y = lon.to_numpy().astype(np.float64), lat.to_numpy().astype(np.float64)
        place = np.full(x.size, len(self.codes), dtype=np.uint32)
        for number in range(len(self.codes) - 1, -1, -1):
            near = self._near(number, x, y)
            inside = shapely.intersects_xy(self.polygons[number], x[near], y[near])
            place[near[inside]] = number
        return pl.Series([*self.codes, None], dtype=pl.String).gather(place)

    def _near(self, number: int, x: Floats, y: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        west, south, east, north = shapely.bounds(self.polygons[number])
        return np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))


@dataclass(frozen=True)
class Areas:
    """The layers of a city by name, and the box in which its positions must fall."""

    layers: Mapping[str, Layer] = field(default_factory=dict)
    box: Box | None = None


def load_layer(path: Path, code: str = "code") -> Layer:
    """A layer from a GeoJSON file in WGS 84 whose features have the property ``code``.

    Raises:
        DefinitionError: the file is missing, or a feature has no code or no polygon.
    """
    try:
        features = orjson.loads(path.read_bytes())["features"]
        codes = tuple(str(feature["properties"][code]) for feature in features)
        shapes = shapely.from_geojson([orjson.dumps(feature["geometry"]).decode() for feature in features])
    except (OSError, ValueError, KeyError, TypeError, shapely.GEOSException) as error:
        raise DefinitionError("not_yaml", file=path.name, problem=str(error)) from error
    for shape in shapes:
        shapely.prepare(shape)
    return Layer(codes, tuple(shapes))


def load_areas(files: Mapping[str, Path]) -> Areas:
    """The layers of a city; the box is that of the first layer, with a margin."""
    layers = {name: load_layer(path) for name, path in files.items()}
    first = next(iter(layers.values()), None)
    return Areas(layers, first.box().grown(MARGIN) if first else None)
