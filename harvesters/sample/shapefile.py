"""A zipped point shapefile in the Greek grid, its texts in windows-1253 and no word about that."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from .xlsx import archive

PRJ = (
    'PROJCS["GGRS87_Greek_Grid",GEOGCS["GCS_GGRS_1987",DATUM["D_GGRS_1987",SPHEROID["GRS_1980",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",24.0],'
    'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
_POINT = 1
_LANGUAGE = 0x57
"""The language byte that says nothing about the letters."""

Fields = Sequence[tuple[str, str, int, int]]
"""Name (at most ten letters), type (``C`` text, ``N`` number, ``D`` YYYYMMDD), width in bytes, decimals."""


def zipped(
    name: str, fields: Fields, rows: Sequence[Sequence[str]], points: Sequence[tuple[float, float]]
) -> bytes:
    """A ZIP with .shp, .shx, .dbf and .prj; cells are text, ``points`` are easting and northing in metres."""
    records = [struct.pack("<idd", _POINT, *point) for point in points]
    length = len(records[0]) // 2
    shp = b"".join(struct.pack(">ii", at, length) + one for at, one in enumerate(records, start=1))
    offsets = [50 + at * (length + 4) for at in range(len(records))]
    shx = b"".join(struct.pack(">ii", offset, length) for offset in offsets)
    return archive(
        {
            f"{name}.shp": _header(points, len(shp)) + shp,
            f"{name}.shx": _header(points, len(shx)) + shx,
            f"{name}.dbf": _table(fields, rows),
            f"{name}.prj": PRJ.encode("ascii"),
        }
    )


def _header(points: Sequence[tuple[float, float]], size: int) -> bytes:
    """The hundred bytes that open .shp and .shx; lengths are counted in words of two bytes."""
    east, north = [point[0] for point in points], [point[1] for point in points]
    box = (min(east), min(north), max(east), max(north), 0.0, 0.0, 0.0, 0.0)
    return (
        struct.pack(">i20xi", 9994, (100 + size) // 2)
        + struct.pack("<ii", 1000, _POINT)
        + struct.pack("<8d", *box)
    )


def _table(fields: Fields, rows: Sequence[Sequence[str]]) -> bytes:
    """The DBF: header with a day that is always the same, field descriptions, rows of fixed width."""
    width = 1 + sum(field[2] for field in fields)
    size = 32 + 32 * len(fields) + 1
    head = struct.pack("<4BIHH17xB2x", 3, 100, 1, 1, len(rows), size, width, _LANGUAGE)
    described = b"".join(
        struct.pack("<11sc4xBB14x", name.encode("ascii"), kind.encode("ascii"), wide, decimals)
        for name, kind, wide, decimals in fields
    )
    body = b"".join(b" " + b"".join(_cells(fields, row)) for row in rows)
    return head + described + b"\r" + body + b"\x1a"


def _cells(fields: Fields, row: Sequence[str]) -> list[bytes]:
    """Text to the left, numbers to the right, all in windows-1253; what does not fit is an error."""
    cells = []
    for (name, kind, wide, _), cell in zip(fields, row, strict=True):
        text = cell.encode("windows-1253")
        if len(text) > wide:
            raise ValueError(f"{name}: {cell!r} is longer than {wide} bytes")
        cells.append(text.rjust(wide) if kind == "N" else text.ljust(wide))
    return cells
