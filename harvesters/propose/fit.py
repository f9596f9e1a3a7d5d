"""See whether the columns of a file fit a feed that the catalogue knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..messages import message
from .decimals import Marks
from .drafts import Draft, File
from .keys import unique
from .positions import Position
from .profile import COUNT, VALUE, Profile
from .types import Verdict
from .values import FeedFit, Wish
from .words import fold, split_unit, synonyms

if TYPE_CHECKING:
    from ...schemas.definitions import Column, Feed

LISTED = 0.3
"""Share of the file's columns that a feed must know to be listed."""
CHOICES = 200
"""Different values that are compared with a closed list."""
_PLACE = ("lon", "lat", "geometry")


@dataclass(frozen=True)
class Fit:
    """A feed, the fields that fill it, and the required columns that nothing fills."""

    feed: Feed
    fields: Mapping[str, dict[str, Any]]
    matched: Mapping[str, str]  # raw column → column of the feed
    missing: tuple[Column, ...] = field(default=())
    share: float = 0.0

    @property
    def listed(self) -> FeedFit:
        """What a person sees of it."""
        return FeedFit(self.feed.name, dict(self.feed.label), dict(self.matched), self.share)


def fits(file: File, feeds: Iterable[Feed], wish: Wish) -> list[Fit]:
    """Every feed with what of it the file fills; the best one first."""
    found = [_fit(file, feed, wish) for feed in feeds]
    return sorted(found, key=lambda item: (bool(item.missing), -item.share, item.feed.name))


def worth_listing(item: Fit) -> bool:
    """Whether a person should hear of a fit."""
    own = set(item.matched.values()) - set(_PLACE)
    return not item.missing or (item.share >= LISTED and len(own) >= 2)


def as_column_of(item: Draft, fit: Fit) -> Draft:
    """A draft as the column of the feed that it fills; left out where the feed has no such column."""
    column = fit.feed.column(fit.matched.get(item.raw, ""))
    if column is None:
        header = split_unit(item.raw)[0]
        label = {"el": header, "en": header}
        return replace(item, skip=True, label=label, about=label, verdict=_unknown(item.verdict))
    kind = "point" if column.name in ("lon", "lat") else column.type
    return replace(
        item,
        name=column.name,
        label=column.label,
        about=column.about,
        unit=column.unit,
        verdict=replace(item.verdict, type=kind),
    )


def _unknown(found: Verdict) -> Verdict:
    return replace(found, note=message("note_not_in_feed"))


def _fit(file: File, feed: Feed, wish: Wish) -> Fit:
    drafts, position, marks = file.drafts, file.position, file.marks
    fields: dict[str, dict[str, Any]] = {}
    matched: dict[str, str] = {}
    place = _place(position, feed)
    if position and place:
        fields["position" if position.converter == "point" else "geometry"] = position.field
        matched |= dict(zip(position.raws, place, strict=False))
    for item, column in _pairs(drafts, feed, wish):
        if item.raw in matched or column.name in (*matched.values(), *fields):
            continue
        if (options := _field(item, column, column.name == feed.key, marks)) is not None:
            fields[column.name] = options
            matched[item.raw] = column.name
    given = {*matched.values(), *(place or ()), feed.key}
    missing = tuple(column for column in feed.columns if column.required and column.name not in given)
    filled = sum(1 for item in drafts if item.profile.filled)
    return Fit(feed, fields, matched, missing, round(len(matched) / filled, 2) if filled else 0.0)


def _place(position: Position | None, feed: Feed) -> tuple[str, ...] | None:
    if position is None:
        return None
    wanted = ("lon", "lat") if position.converter == "point" else ("geometry",)
    return wanted if all(feed.column(name) for name in wanted) else None


def _pairs(drafts: Sequence[Draft], feed: Feed, wish: Wish) -> list[tuple[Draft, Column]]:
    """Raw columns and the columns of the feed they may be: what a person says first, then names, synonyms."""
    ranked: list[tuple[int, Draft, Column]] = []
    for item in drafts:
        if not item.used:
            continue
        wished = wish.column(item.raw).name
        for column in feed.columns:
            if column.name not in _PLACE and (place := rank(item.raw, column, wished)) is not None:
                ranked.append((place, item, column))
    return [(item, column) for _, item, column in sorted(ranked, key=lambda found: found[0])]


def rank(raw: str, column: Column, wished: str | None) -> int | None:
    """How well a header names a column: 0 a person said so, 1 its name or label, 2 another word; or not."""
    if wished is not None:
        return 0 if wished == column.name else None
    words = {fold(raw), fold(split_unit(raw)[0])}
    if words & {fold(column.name), *map(fold, column.label.values())}:
        return 1
    return 2 if words & synonyms(column.name) else None


def _field(item: Draft, column: Column, key: bool, marks: Marks) -> dict[str, Any] | None:
    """The field that fills a column of the feed; nothing where the values are of another kind."""
    base: dict[str, Any] = {"from": item.raw}
    if column.choices:
        return _chosen(item, column, base)
    if column.type == "text":
        fits = _patterned(item, column) and (not (key or column.unique) or unique(item))
        return {**base, "as": "text"} if fits else None
    if column.type == item.verdict.type:
        return {**base, "as": column.type, **item.verdict.options}
    if (column.type, item.verdict.type) == ("number", "integer"):
        return {**base, "as": "number", **marks.options(item.profile, "number")}
    return None


def _patterned(item: Draft, column: Column) -> bool:
    if not column.pattern:
        return True
    return item.profile.count(f"^(?:{column.pattern})$") >= 0.95 * item.profile.filled


def coded(item: Profile, column: Column) -> dict[str, str]:
    """The code of each value that is a code of the closed list, or its label in either language."""
    codes = {
        fold(word): choice.code for choice in column.choices for word in (choice.code, *choice.label.values())
    }
    values = [str(value) for value in item.values[VALUE].head(CHOICES)]
    return {value: codes[fold(value)] for value in values if fold(value) in codes}


def _chosen(item: Draft, column: Column, base: dict[str, Any]) -> dict[str, Any] | None:
    """Values that are codes of a closed list, or their labels in either language."""
    if not item.profile.filled or item.profile.distinct > CHOICES:
        return None
    table = coded(item.profile, column)
    known = item.profile.values.filter(item.profile.values[VALUE].is_in(list(table)))[COUNT].sum()
    if known < 0.95 * item.profile.filled or (column.required and item.profile.filled < item.profile.rows):
        return None
    if all(value == code for value, code in table.items()):
        return {**base, "as": "choice"}
    return {**base, "as": "lookup", "table": table}
