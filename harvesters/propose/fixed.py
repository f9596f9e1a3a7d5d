"""A file for a table with fixed columns: each of its columns is one of the feed's by name, or not allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..errors import SourceChanged
from ..messages import message
from . import decimals
from .compose import reader
from .decimals import Marks
from .drafts import Draft, draft
from .fit import coded, rank
from .kept import Previous
from .keys import MADE
from .look import Look
from .profile import Profile, profile
from .types import Verdict, forced
from .values import Proposal, Wish
from .words import split_unit

if TYPE_CHECKING:
    from ...schemas.definitions import Column, Feed

SIMPLE = frozenset(("integer", "number", "boolean", "date", "timestamp"))


@dataclass(frozen=True)
class Fixed:
    """The columns of a file as those of the feed, what fills each, and raw columns that stay out."""

    drafts: tuple[Draft, ...]
    fields: Mapping[str, dict[str, Any]]
    ignored: tuple[str, ...]


def fixed(profiles: Mapping[str, Profile], feed: Feed, marks: Marks, wish: Wish) -> Fixed:
    """What a file gives of a feed's columns.

    Columns are found by name or label, never by what stands in them. One that the feed does not have stays
    unmapped, and the load refuses it, unless a person leaves it out or nothing stands in it.

    Raises:
        SourceChanged: ``feed_lacks``: a column that must be there is not.
    """
    pairs = _pairs(profiles, feed, wish)
    taken = {column.name for column in pairs.values()}
    lacking = [one for one in feed.columns if one.required and one.name not in taken and not _made(one, feed)]
    if lacking:
        names = {language: ", ".join(one.label[language] for one in lacking) for language in ("el", "en")}
        raise SourceChanged("feed_lacks", feed=dict(feed.label), columns=names)
    fields = {column.name: _field(profiles[raw], column, marks) for raw, column in pairs.items()}
    if feed.key_of:
        prefix = "".join(word[0] for word in feed.name.split("_"))[:6].upper()
        fields[feed.key] = {"as": "id", "prefix": prefix, "of": list(feed.key_of)}
    drafts = tuple(_draft(item, pairs.get(raw), feed, marks, wish) for raw, item in profiles.items())
    return Fixed(drafts, fields, tuple(item.raw for item in drafts if item.skip))


def proposal(seen: Look, kind: str, file_name: str, feed: Feed, wish: Wish, before: Previous) -> Proposal:
    """The definition that loads the file, and what a person sees of it.

    Raises:
        SourceChanged: as ``fixed``.
    """
    profiles = {raw: profile(seen.frame[raw]) for raw in seen.frame.columns}
    separator = seen.options["separator"] if kind == "delimited" else None
    marks = decimals.marks(profiles.values(), separator, wish.decimal)
    found = fixed(profiles, feed, marks, wish)
    options = {**seen.options, "decimal": ","} if marks.lean == "," else seen.options
    content = {
        "feed": feed.name,
        "fields": dict(found.fields),
        "ignore": list(found.ignored),
        "duplicates": "keep" if feed.key_of else "reject",
        "reader": reader(kind, file_name, options, ()),
        "guarded": True,
    }
    decimal = {"decimal": marks.lean} if marks.lean else {}
    return Proposal(
        content=content,
        columns=tuple(item.shown() for item in found.drafts),
        recognised={"reader": kind, **seen.recognised, **decimal},
        sheets=seen.choices,
        feeds=(),
        key=feed.key,
        rows_seen=seen.rows,
        whole=seen.whole,
        lost=_lost(before, found),
    )


def _lost(before: Previous, found: Fixed) -> tuple[str, ...]:
    """The raw columns of the last file whose columns of the feed this one does not fill."""
    old = before.content.get("fields", {}).items()
    return tuple(str(one["from"]) for name, one in old if name not in found.fields and "from" in one)


def _made(column: Column, feed: Feed) -> bool:
    return bool(feed.key_of) and column.name == feed.key


def _pairs(profiles: Mapping[str, Profile], feed: Feed, wish: Wish) -> dict[str, Column]:
    """Raw column to column of the feed: what a person says first, then names, then other words for them."""
    ranked: list[tuple[int, str, Column]] = []
    for raw in profiles:
        if wish.column(raw).skip:
            continue
        for column in feed.columns:
            place = None if _made(column, feed) else rank(raw, column, wish.column(raw).name)
            if place is not None:
                ranked.append((place, raw, column))
    pairs: dict[str, Column] = {}
    for _place, raw, column in sorted(ranked, key=lambda found: found[0]):
        if raw not in pairs and column.name not in {one.name for one in pairs.values()}:
            pairs[raw] = column
    return pairs


def _field(item: Profile, column: Column, marks: Marks) -> dict[str, Any]:
    """The field that fills a column; a value of another kind refuses its row, the column stays."""
    base: dict[str, Any] = {"from": item.raw}
    if column.choices:
        table = coded(item, column)
        return {**base, "as": "lookup", "table": table} if table else {**base, "as": "choice"}
    if column.type in SIMPLE:
        return {**base, "as": column.type, **forced(item, column.type, marks).options}
    return {**base, "as": column.type}


def _draft(item: Profile, column: Column | None, feed: Feed, marks: Marks, wish: Wish) -> Draft:
    if column is not None:
        found = forced(item, column.type, marks) if column.type in SIMPLE else Verdict(column.type)
        return Draft(item, found, False, False, column.name, column.label, column.about, column.unit)
    made = split_unit(item.raw)[0] == MADE
    plain = draft(item, marks, wish, None, None)
    note = None if plain.skip else message("note_not_allowed", {"feed": dict(feed.label)})
    header = {"el": item.raw, "en": item.raw}
    skip = plain.skip or (made and bool(feed.key_of))
    shown = replace(plain.verdict, note=note or plain.verdict.note)
    return replace(plain, skip=skip, verdict=shown, name=item.raw, label=header, about=header)
