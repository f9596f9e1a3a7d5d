"""Where a city is, and in which coordinates a source tells positions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Transformer
from pyproj.exceptions import CRSError

from .errors import SourceChanged

Floats = npt.NDArray[np.float64]

WGS84 = "EPSG:4326"
CANDIDATES = ((WGS84, False), (WGS84, True), ("EPSG:2100", False), ("EPSG:2100", True), ("EPSG:3857", False))
"""Coordinate systems (and whether the axes are swapped) that numbers alone are allowed to show."""
ASK = "EPSG:32634"
"""UTM 34N looks so much like other systems that a person must name it."""
ENOUGH = 0.5
"""Share of the first batch that must fall inside the box for its system to be recognised."""
SAME_AS_WGS84 = {WGS84, "OGC:CRS84", "EPSG:4979"}


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees of WGS 84."""

    west: float = -180.0
    south: float = -90.0
    east: float = 180.0
    north: float = 90.0

    def inside(self, lon: pl.Expr, lat: pl.Expr) -> pl.Expr:
        """Whether a position lies in the box."""
        return lon.is_between(self.west, self.east) & lat.is_between(self.south, self.north)

    def share(self, lon: Floats, lat: Floats) -> float:
        """Which part of the positions lies in the box."""
        if not lon.size:
            return 0.0
        within = (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)
        return float(np.count_nonzero(within)) / lon.size

    def grown(self, degrees: float) -> Box:
        """The box with a margin on every side."""
        return Box(self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees)


@dataclass(frozen=True)
class Place:
    """How a source's coordinates become longitude and latitude, and where they must fall."""

    box: Box | None = None
    crs: str = WGS84
    swapped: bool = False

    @property
    def plain(self) -> bool:
        """Whether the numbers are degrees already."""
        return self.crs in SAME_AS_WGS84

    @property
    def told(self) -> str:
        """The choice for the report: ``EPSG:2100`` or ``EPSG:4326 (swapped)``."""
        return self.crs + (" (swapped)" if self.swapped else "")

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Longitude and latitude; infinite where the projection has no answer."""
        if self.swapped:
            x, y = y, x
        if self.plain:
            return x, y
        lon, lat = transformer(self.crs).transform(x, y)
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


@cache
def transformer(crs: str) -> Transformer:
    """From a coordinate system to WGS 84, longitude first; made once, it costs 0.2 s.

    Raises:
        SourceChanged: ``choose_crs``: no such system.
    """
    try:
        return Transformer.from_crs(crs, WGS84, always_xy=True)
    except CRSError as error:
        raise SourceChanged("choose_crs", found=crs) from error


def recognise(x: pl.Series, y: pl.Series, box: Box | None, labelled: str | None) -> Place:
    """The place whose reading puts most of these numbers inside the box.

    Args:
        x, y: the first batch, as numbers; longitude or easting first, unless they are swapped.
        box: where the city is; without one the label, or degrees, are believed.
        labelled: the coordinate system that the file itself names.

    Raises:
        SourceChanged: ``choose_crs``: the numbers look like a system that only a person can name.
    """
    first = Place(box, labelled or WGS84)
    if box is None:
        return first
    pairs = pl.DataFrame({"x": x, "y": y}).drop_nulls().to_numpy()
    easting, northing = pairs[:, 0].astype(np.float64), pairs[:, 1].astype(np.float64)
    places = _candidates(first)
    shares = [box.share(*place.degrees(easting, northing)) for place in places]
    best = max(range(len(places)), key=lambda number: shares[number])
    if shares[best] >= ENOUGH:
        return places[best]
    if box.share(*replace(first, crs=ASK).degrees(easting, northing)) >= ENOUGH:
        raise SourceChanged("choose_crs", found=ASK)
    return first


def _candidates(first: Place) -> list[Place]:
    others: Iterable[Place] = (replace(first, crs=crs, swapped=swapped) for crs, swapped in CANDIDATES)
    return [first, *(place for place in others if place != first)]
