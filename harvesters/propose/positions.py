"""Find what gives a row its place: two columns, one cell, or a geometry; and in which coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..convert import position, shapes
from ..convert.core import Rule
from ..definitions import Field
from ..messages import message
from ..places import ENOUGH, WGS84, Box, Place, recognise, transformer
from .decimals import Marks
from .profile import Profile
from .words import fold, split_unit

GREECE = Box(19.0, 34.0, 30.0, 42.0)
"""Where positions are looked for when no city's box is given."""
SAMPLE = 2_000
FITS = 0.95
_AFTER = r"(?: (?:coord\w*|egsa\w*|ggrs\w*|εγσα\w*|wgs\w*|84|87|2100|4326|συντ\w*|gr|deg|m))*$"
_BEFORE = r"^(?:(?:coord\w*|point|geo|pos\w*|συντ\w*|location|gps|γ|γεωγρ\w*) )*"
_X = re.compile(_BEFORE + r"(?:x|χ|lon|long|lng|longitud\w*|easting|east|μηκοσ|λ)" + _AFTER)
_Y = re.compile(_BEFORE + r"(?:y|υ|ψ|lat|latitud\w*|northing|north|πλατοσ|φ)" + _AFTER)
_CODE = re.compile(r"^EPSG:\d{4,6}$")
_CELLS = (
    ("point", "wkt", r"(?i)^(?:SRID=\d+;)?\s*POINT\b"),
    (
        "geometry",
        "wkt",
        r"(?i)^(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|^(?i:GEOMETRYCOLLECTION)",
    ),
    ("point", None, r'^\{\s*"type"\s*:\s*"Point"'),
    (
        "geometry",
        None,
        r'^\{\s*"type"\s*:\s*"(?:Multi)?(?:Point|LineString|Polygon)"|^\{\s*"type"\s*:\s*"GeometryC',
    ),
    ("point", None, r"^\[\s*-?\d+(?:\.\d+)?\s*,\s*-?\d+(?:\.\d+)?(?:\s*,\s*-?\d+(?:\.\d+)?)?\s*\]$"),
    ("point", "pair", r"^\(?\s*-?\d{1,7}\.\d{3,}\s*[,; ]\s*-?\d{1,7}\.\d{3,}\s*\)?$"),
)
"""How a whole position, or an outline, is written in one cell."""
_EMPTY = r'"(?:coordinates|geometries)"\s*:\s*\[\s*(?:null\s*,\s*null\s*)?\]'
"""A geometry without a single corner."""


@dataclass(frozen=True)
class Position:
    """The field that gives the place of a row, and how its coordinates were recognised."""

    converter: str  # "point" or "geometry"
    raws: tuple[str, ...]
    options: dict[str, Any]
    told: str
    note: dict[str, str] | None = None

    @property
    def field(self) -> dict[str, Any]:
        """The line of ``fields`` that gives it."""
        raws = self.raws[0] if len(self.raws) == 1 else list(self.raws)
        return {"from": raws, "as": self.converter, **self.options}


@dataclass(frozen=True)
class Seek:
    """What a position is looked for with: the rows, their columns, decimal marks, and what is wished."""

    frame: pl.DataFrame
    profiles: Mapping[str, Profile]
    marks: Marks
    labelled: str | None
    crs: str | None
    box: Box


def find(seek: Seek, wished: Mapping[str, str]) -> Position | None:
    """The position of the rows, or nothing.

    Args:
        seek: the file.
        wished: types that a person, or the previous definition, chose, by raw column.

    Raises:
        SourceChanged: ``choose_crs``.
    """
    if seek.crs:
        transformer(seek.crs)
    free = [raw for raw in seek.frame.columns if wished.get(raw, "point") in ("point", "geometry")]
    asked = [raw for raw in free if raw in wished]
    for columns in (asked, free) if asked else (free,):
        found = _pair(seek, columns, forced=columns is asked) or _cell(seek, columns)
        if found:
            return found
    return None


def _pair(seek: Seek, raws: Sequence[str], forced: bool) -> Position | None:
    """Two columns of numbers whose headers say which is which."""
    headers = {raw: fold(split_unit(raw)[0]) for raw in raws}
    x = next((raw for raw in raws if _X.match(headers[raw])), None)
    y = next((raw for raw in raws if _Y.match(headers[raw])), None)
    if (x is None or y is None) and forced and len(raws) == 2:
        x, y = raws
    if x is None or y is None or x == y:
        return None
    options = _numbers(seek, x, y)
    place = _place(seek, (x, y), options) if options is not None else None
    if options is None or place is None:
        return None
    note = message("note_swapped") if place.swapped else None
    raws = (y, x) if place.swapped else (x, y)
    return Position("point", tuple(raws), options | _pinned(place, False), place.told, note)


def _numbers(seek: Seek, x: str, y: str) -> dict[str, Any] | None:
    """The options under which both columns are numbers; nothing where they are not."""
    profiles = [seek.profiles[raw] for raw in (x, y)]
    found = [seek.marks.options(item, "number") for item in profiles]
    options = found[0] or found[1]
    for item in profiles:
        misfits = int(item.misfits("number", dict(options))["count"].sum())
        if not item.filled or misfits > (1 - FITS) * item.filled:
            return None
    return dict(options)


def _cell(seek: Seek, raws: Iterable[str]) -> Position | None:
    """One column that holds the whole position, or an outline."""
    for raw in raws:
        item = seek.profiles[raw]
        for converter, form, pattern in _CELLS:
            filled = item.filled - item.count(_EMPTY)
            if filled and item.count(pattern) >= FITS * filled:
                options = {"form": form} if form else {}
                place = _place(seek, (raw,), options, converter)
                if place is None:
                    break
                note = message("note_swapped") if place.swapped and form != "pair" else None
                return Position(converter, (raw,), options | _pinned(place, True), place.told, note)
    return None


def _place(seek: Seek, raws: tuple[str, ...], options: dict[str, Any], kind: str = "point") -> Place | None:
    """In which coordinates the numbers are; nothing where they are none that we know."""
    if seek.crs:
        return Place(None, seek.crs)
    rule = Rule(Field("p", kind, raws, ("lon", "lat"), options), ())
    sample = seek.frame.drop_nulls(list(raws)).head(SAMPLE)
    sample = sample.with_columns(cell for cell in rule.cells())
    pair = (position.numbers if kind == "point" else shapes.corners)(rule, sample)
    pair = pair.drop_nulls()
    if not pair.height:
        return None
    x, y = (pair[name].to_numpy() for name in ("x", "y"))
    place = Place(None, seek.labelled or WGS84)
    for box in (GREECE, seek.box):
        found = recognise(pair["x"], pair["y"], box, seek.labelled)
        place = found if box.share(*found.degrees(x, y)) >= ENOUGH else place
    return place if Box().share(*place.degrees(x, y)) >= FITS else None


def _pinned(place: Place, one_cell: bool) -> dict[str, Any]:
    """The options that make the load read the coordinates as they were read here."""
    if not _CODE.match(place.crs):
        return {}
    return {"crs": place.crs} | ({"swapped": True} if place.swapped and one_cell else {})
