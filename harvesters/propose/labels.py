"""Names, labels, descriptions and units of the columns: wished, kept, known, or taken from the header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..messages import message
from . import naming
from .drafts import Draft, File
from .kept import Kept
from .positions import Position
from .values import ColumnWish, Wish
from .words import fold, known, plain, split_unit

if TYPE_CHECKING:
    from ...schemas.definitions import Feed


def named(file: File, wish: Wish, feeds: Iterable[Feed]) -> list[Draft]:
    """The drafts with names that are one of each, labels, descriptions and units.

    Raises:
        DefinitionError: ``column_name``, ``name_twice``: what a person chose.
    """
    fixed = _fixed(file, wish)
    taken, done, feeds = set(fixed.values()), [], tuple(feeds)
    for number, item in enumerate(file.drafts, 1):
        header, unit = split_unit(item.raw)
        name = _place_name(item.raw, file.position) if item.placed else fixed.get(item.raw)
        if name is None:
            name = naming.name(header, unit, number, taken)
            taken.add(name)
        item = replace(item, name=name, unit=unit, label=_label(header or name, feeds))
        done.append(_described(item, wish.column(item.raw), file.kept.get(item.raw)))
    return done


def _fixed(file: File, wish: Wish) -> dict[str, str]:
    """The names that a person chose, and then those of the last definition that are free."""
    fixed: dict[str, str] = {}
    used = [item.raw for item in file.drafts if item.used]
    for raw in used:
        if wished := wish.column(raw).name:
            fixed[raw] = naming.checked(wished, fixed.values())
    for raw in used:
        before = file.kept.get(raw)
        if raw not in fixed and before and before.column and before.name not in fixed.values():
            fixed[raw] = before.name
    return fixed


def _place_name(raw: str, position: Position | None) -> str:
    if position is None or position.converter == "geometry":
        return "geometry"
    if len(position.raws) == 1:
        return "position"
    return "lon" if raw == position.raws[0] else "lat"


def _label(header: str, feeds: tuple[Feed, ...]) -> dict[str, str]:
    """The header as it stands; where it is a known word, in the other language too."""
    words, text = known(header, feeds), plain(header)
    written = fold(header)
    if not words:
        return {"el": text, "en": text}
    if written == fold(words["en"]):
        return {"el": words["el"], "en": text}
    return {"el": words["el"] if text.isascii() else text, "en": words["en"]}


def _described(item: Draft, wished: ColumnWish, before: Kept | None) -> Draft:
    column: Mapping[str, Any] = before.column if before else {}
    label = dict(column.get("label", item.label))
    about = dict(column.get("about", message("about_column", {"raw": item.raw})))
    chosen = {"el": (wished.label_el, wished.about_el), "en": (wished.label_en, wished.about_en)}
    for language, (title, text) in chosen.items():
        label[language], about[language] = title or label[language], text or about[language]
    unit = column.get("unit") if column else item.unit
    unit = unit if wished.unit is None else wished.unit or None
    return replace(item, label=label, about=about, unit=unit)
