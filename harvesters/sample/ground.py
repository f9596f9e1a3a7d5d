"""The ground of the sample city: the real outlines of the units, and streets that were never built."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shapely import Geometry, Point
from shapely.geometry import shape
from shapely.prepared import PreparedGeometry, prep

from .chance import Chance
from .names import streets as names_of

AREAS = Path(__file__).resolve().parent.parent / "sources" / "patras" / "areas"
METRES = 111_320.0
"""Metres of a degree of latitude."""
LATITUDE = 38.25
"""Where metres of longitude are reckoned; the error inside the city is a few centimetres a street."""

CENTRES = {
    "370101": (21.738, 38.243, 2600.0, 2),
    "370102": (21.667, 38.162, 900.0, 1),
    "370103": (21.748, 38.191, 1100.0, 1),
    "370104": (21.700, 38.198, 900.0, 1),
    "370105": (21.788, 38.302, 1500.0, 1),
}
"""Where each unit is built: longitude, latitude, radius in metres, how often its list of names is walked."""


@dataclass(frozen=True)
class Street:
    """A straight street: name, unit, start (lon, lat), direction in radians from east, length in metres."""

    name: str
    unit: str
    start: tuple[float, float]
    direction: float
    length: float

    def at(self, along: float, aside: float = 0.0) -> tuple[float, float]:
        """Longitude and latitude that many metres along the street and to the left of its middle."""
        east = along * math.cos(self.direction) - aside * math.sin(self.direction)
        north = along * math.sin(self.direction) + aside * math.cos(self.direction)
        return moved(self.start, east, north)


def moved(start: tuple[float, float], east: float, north: float) -> tuple[float, float]:
    """A position moved by metres, rounded to seven decimals (about a centimetre)."""
    lon = start[0] + east / (METRES * math.cos(math.radians(LATITUDE)))
    return round(lon, 7), round(start[1] + north / METRES, 7)


def outlines() -> dict[str, Geometry]:
    """The municipal units by their codes."""
    features = json.loads((AREAS / "municipal_unit.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: shape(feature["geometry"]) for feature in features}


def streets() -> list[Street]:
    """Every street of the sample city, always the same; each lies inside its unit from end to end."""
    chance = Chance("streets")
    return [
        street for unit, outline in outlines().items() for street in _of_unit(unit, prep(outline), chance)
    ]


def _of_unit(unit: str, outline: PreparedGeometry[Geometry], chance: Chance) -> Iterator[Street]:
    *_, walks = CENTRES[unit]
    for walk in range(walks):
        for name in names_of(unit):
            yield _street(name if walk == 0 else f"Πάροδος {name}", unit, outline, chance)


def _street(name: str, unit: str, outline: PreparedGeometry[Geometry], chance: Chance) -> Street:
    """A street somewhere in the built part, along or across the coast, wholly inside the unit."""
    lon, lat, radius, _ = CENTRES[unit]
    while True:
        angle, distance = chance.between(0, 2 * math.pi), radius * math.sqrt(chance.share())
        start = moved((lon, lat), distance * math.cos(angle), distance * math.sin(angle))
        direction = math.radians(chance.pick((52.0, 142.0)) + chance.between(-6, 6))
        street = Street(name, unit, start, direction, round(chance.between(140, 520)))
        if all(outline.contains(Point(street.at(*place))) for place in _verge(street)):
            return street


def _verge(street: Street) -> Iterator[tuple[float, float]]:
    """Places along both sides of a street, a little farther out than anything that stands in it."""
    for along in range(-20, int(street.length) + 40, 20):
        yield along, 25.0
        yield along, -25.0
