"""Names for the columns of a table: lower-case ASCII by ELOT 743, one of each, not too long."""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import sha1

from ..elot import latin
from ..errors import DefinitionError

LONGEST = 63
"""Bytes of a name in PostgreSQL."""
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
RESERVED = frozenset(
    ("rank", "ctid", "oid", "xmin", "xmax", "cmin", "cmax", "tableoid")
    + ("row_key", "lon", "lat", "geometry", "position")
)
"""Names that PostgreSQL, the DataStore's search or the position of a row have for themselves."""
_SIGNS = re.compile(r"[^0-9a-z]+")
_ASCII_UNIT = {"°C": "c", "%": "pct", "µg/m3": "ug_m3", "Mbit/s": "mbps"}


def name(header: str, unit: str | None, number: int, taken: Container[str]) -> str:
    """A name for a header that nobody has: ``Ισχύς`` in ``W`` is ``ischys_w``.

    Args:
        header: the header, without its unit.
        unit: the unit, which ends the name.
        number: the place of the column, from 1, for a header without Latin or Greek letters.
        taken: names that are given already.
    """
    stem = _joined(latin(header)) or f"column_{number}"
    if stem[0].isdigit():
        stem = f"c_{stem}"
    ending = _joined(latin(_ASCII_UNIT.get(unit, unit))) if unit else ""
    if ending and not stem.endswith(f"_{ending}"):
        stem = f"{stem}_{ending}"
    return _free(_short(stem, header), taken)


def checked(wished: str, taken: Container[str]) -> str:
    """A name that a person chose; raises ``DefinitionError``: ``column_name`` or ``name_twice``."""
    if not NAME.match(wished) or wished in RESERVED - {"lon", "lat", "geometry"}:
        raise DefinitionError("column_name", value=wished)
    if wished in taken:
        raise DefinitionError("name_twice", value=wished)
    return wished


def _joined(text: str) -> str:
    return _SIGNS.sub("_", text).strip("_")


def _short(stem: str, header: str) -> str:
    """A name that is too long, cut; what tells it from its likes is a hash of the whole header."""
    if len(stem) <= LONGEST:
        return stem
    return f"{stem[: LONGEST - 8].rstrip('_')}_{sha1(header.encode()).hexdigest()[:7]}"


def _free(wanted: str, taken: Container[str]) -> str:
    found, number = wanted, 2
    while found in taken or found in RESERVED:
        ending = f"_{number}"
        found, number = wanted[: LONGEST - len(ending)] + ending, number + 1
    return found
