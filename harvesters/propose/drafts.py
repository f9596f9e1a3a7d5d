"""One raw column on its way to a proposal: its type, and then its name, labels and unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..errors import DefinitionError
from ..messages import message
from .decimals import Marks
from .kept import Kept
from .positions import Position
from .profile import Profile
from .types import Verdict, forced, verdict
from .values import ProposedColumn, Wish

TYPES = ("text", "integer", "number", "boolean", "date", "timestamp", "point", "geometry")
_KEPT = frozenset(TYPES) - {"point", "geometry"}


@dataclass(frozen=True)
class Draft:
    """A raw column: what stands in it, how it is read, and what it becomes."""

    profile: Profile
    verdict: Verdict
    skip: bool
    placed: bool = False  # it gives the position or the outline of the row
    name: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None

    @property
    def raw(self) -> str:
        """The raw header."""
        return self.profile.raw

    @property
    def used(self) -> bool:
        """Whether it becomes a column of its own."""
        return not self.skip and not self.placed

    def shown(self) -> ProposedColumn:
        """What a person sees of it."""
        item = self.profile
        return ProposedColumn(
            raw=item.raw,
            name=self.name,
            type=self.verdict.type,
            label=dict(self.label),
            about=dict(self.about),
            unit=self.unit,
            samples=item.samples,
            filled=round(item.filled / item.rows, 4) if item.rows else 0.0,
            skip=self.skip,
            note=self.verdict.note,
        )


@dataclass(frozen=True)
class File:
    """The columns of a file, what gives the position, and what is kept of the last definition."""

    drafts: tuple[Draft, ...]
    position: Position | None
    marks: Marks
    kept: Mapping[str, Kept]
    lost: tuple[str, ...]


def wished_types(raws: Iterable[str], wish: Wish, kept: Mapping[str, Kept]) -> dict[str, str]:
    """The types that a person chose, or that a column had; raises ``DefinitionError`` (``column_type``)."""
    types: dict[str, str] = {}
    for raw in raws:
        before = kept[raw].converter if raw in kept else None
        chosen = wish.column(raw).type or (before if before in TYPES else None)
        if chosen is not None and chosen not in TYPES:
            raise DefinitionError("column_type", value=chosen, allowed=TYPES)
        if chosen:
            types[raw] = chosen
    return types


def draft(item: Profile, marks: Marks, wish: Wish, before: Kept | None, chosen: str | None) -> Draft:
    """A raw column with its type, by wish, by what it was before, or by its values."""
    plainly = chosen if chosen in _KEPT else None
    found = forced(item, plainly, marks) if plainly else verdict(item, marks)
    skip = not item.filled and before is None
    if before is not None and before.skip:
        skip, found = True, replace(found, note=message("note_left_out"))
    wished = wish.column(item.raw).skip
    return Draft(item, found, skip if wished is None else wished)


def positioned(drafts: Iterable[Draft], position: Position | None) -> list[Draft]:
    """The drafts, with those that give the position marked."""
    done = []
    for item in drafts:
        if position and item.raw in position.raws:
            found = Verdict(
                position.converter, note=position.note or message("note_position", {"crs": position.told})
            )
            item = replace(item, verdict=found, placed=True, skip=False)
        done.append(item)
    return done
