"""The place of a record: a GeoJSON geometry in WGS 84, and whether it touches the city's box."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ckan.plugins import toolkit as tk
from shapely import box
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ckanext.patrasparticipation import config, harvesters
from ckanext.patrasparticipation.harvesters.city import load_city

OUTSIDE = "outside"  # the code by which a record says that it is about somewhere else

N_ = str  # marks a message that is translated when somebody reads it
GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


class NotAPlace(Exception):
    """The value is no geometry; ``message()`` says why in the reader's language."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values

    def message(self) -> str:
        """What is wrong, for the person who gave the value."""
        return tk._(self.template).format(**self.values)


def geometry(value: Any) -> BaseGeometry:
    """The geometry that a GeoJSON object describes.

    Raises:
        NotAPlace: another type, no or wrong coordinates (longitude first, degrees), or lines that cross.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in GEOMETRIES:
        expected = ", ".join(GEOMETRIES)
        raise NotAPlace(
            N_("'{value}' is not a GeoJSON geometry: {expected}"), value=str(kind)[:40], expected=expected
        )
    for longitude, latitude in _positions(value.get("coordinates")):
        if abs(longitude) > 180 or abs(latitude) > 90:
            found = f"{longitude}, {latitude}"
            raise NotAPlace(N_("{found} is not a longitude and a latitude in degrees"), found=found)
    try:
        made = shape(value)
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError) as problem:
        raise NotAPlace(N_("The coordinates do not make a {kind}"), kind=kind) from problem
    if made.is_empty or not made.is_valid:
        raise NotAPlace(N_("The coordinates do not make a {kind}"), kind=kind)
    return made


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every (longitude, latitude) of nested coordinates, in order, without recursion into the depths."""
    waiting = [coordinates]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            raise NotAPlace(N_("The coordinates are not lists of numbers"))
        if isinstance(one[0], list):
            waiting.extend(one)
        elif len(one) < 2 or not all(_is_finite(number) for number in one):
            raise NotAPlace(N_("The coordinates are not lists of numbers"))
        else:
            yield float(one[0]), float(one[1])


def _is_finite(number: Any) -> bool:
    return isinstance(number, (int, float)) and not isinstance(number, bool) and math.isfinite(number)


def touches(made: BaseGeometry, bounds: Box) -> bool:
    """Whether any of the geometry lies in the box."""
    return bool(made.intersects(box(*bounds)))


def city_box() -> Box | None:
    """The box of the site's city: the union of its units and a margin; nothing for a city without areas."""
    return _box(config.city())


@cache
def _box(city: str) -> Box | None:
    found = load_city(Path(harvesters.__file__).parent / "sources" / city).box
    return (found.west, found.south, found.east, found.north) if found else None
