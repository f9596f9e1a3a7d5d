"""Choose what tells one row from another: a column of codes, or a key made of the whole row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..errors import DefinitionError
from ..messages import message
from . import headers
from .drafts import Draft
from .kept import Kept, Previous
from .profile import VALUE
from .values import Wish

MADE = "row_key"
SHORT = 64
"""Characters of a key."""
_IDENTIFIER = r"^[\p{L}\d._:/#-]*\d[\p{L}\d._:/#-]*$"


def key(drafts: Iterable[Draft], wish: Wish, before: Previous, kept: Mapping[str, Kept]) -> str:
    """The name of the key column; ``MADE`` where it is made of the row.

    Raises:
        DefinitionError: ``key_column``: a person chose a column that is not there.
    """
    used = [item for item in drafts if item.used]
    names = [item.name for item in used]
    if wish.key == "" or wish.key == MADE:
        return MADE
    if wish.key is not None:
        if wish.key not in names:
            raise DefinitionError("key_column", value=wish.key, allowed=names)
        return wish.key
    if before.made_key:
        return MADE
    if (last := before.content.get("key")) in {kept[raw].name for raw in kept} & set(names):
        return str(last)
    return next((item.name for item in sorted(used, key=_rank) if _tells(item)), MADE)


def _rank(item: Draft) -> bool:
    return not headers.is_key(item.raw)


def _tells(item: Draft) -> bool:
    """Whether the column is filled, different in every row, short, and looks like an identifier."""
    found = item.profile
    if item.verdict.type not in ("text", "integer") or not unique(item):
        return False
    if (found.values[VALUE].str.len_chars() > SHORT).any():
        return False
    if item.verdict.nothing or found.misfits(item.verdict.type, item.verdict.options).height:
        return False
    return headers.is_key(item.raw) or (item.verdict.type == "text" and found.all(_IDENTIFIER))


def unique(item: Draft) -> bool:
    """Whether every row has a value of its own."""
    found = item.profile
    return found.rows > 0 and found.filled == found.rows == found.distinct


def repeated(item: Draft) -> Draft:
    """The draft with a note, where it looks like a key but says the same in several rows."""
    found = item.profile
    again = found.filled - found.distinct
    if (
        not item.used
        or not headers.is_key(item.raw)
        or not 0 < again <= found.filled * 0.2
        or item.verdict.note
    ):
        return item
    note = message("note_repeated_key", {"count": again})
    return replace(item, verdict=replace(item.verdict, note=note))
