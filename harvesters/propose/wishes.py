"""Refuse a wish that cannot be, before the file is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import DefinitionError
from .look import ENCODINGS
from .values import Wish

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

SEPARATORS = (";", ",", "\t", "|")
TABLE = "table"


def check(wish: Wish, feeds: Mapping[str, Feed]) -> None:
    """Raise ``DefinitionError`` (``wrong_choice``) for the first choice that is none."""
    allowed: dict[str, tuple[str | None, tuple[str, ...]]] = {
        "encoding": (wish.encoding, ENCODINGS),
        "separator": (wish.separator, SEPARATORS),
        "decimal": (wish.decimal, (",", ".")),
        "feed": (wish.feed, (TABLE, *sorted(feeds))),
    }
    for name, (value, choices) in allowed.items():
        if value is not None and value not in choices:
            raise DefinitionError("wrong_choice", key=name, value=value, allowed=choices)
    if wish.header_row is not None and not 1 <= wish.header_row <= 1000:
        raise DefinitionError("wrong_choice", key="header_row", value=wish.header_row, allowed="1–1000")
    if wish.crs is not None and not re.match(r"^EPSG:\d{4,6}$", wish.crs):
        raise DefinitionError("wrong_choice", key="crs", value=wish.crs, allowed="EPSG:2100, EPSG:4326, …")
