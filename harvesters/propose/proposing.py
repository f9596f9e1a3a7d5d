"""From an uploaded file to a definition that the engine can walk: the way, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import SourceChanged
from ..places import Box
from . import compose, decimals, fixed, keys, kinds, positions, wishes
from .drafts import Draft, File, draft, positioned, wished_types
from .fit import Fit, as_column_of, fits, worth_listing
from .kept import Previous, previous
from .labels import named
from .look import Look, look
from .positions import Seek
from .profile import profile
from .values import Proposal, Wish
from .wishes import TABLE

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

_previous = previous


def propose(  # noqa: PLR0913 -- what there is and what is wished, each by its name
    path: Path,
    file_name: str,
    wish: Wish,
    *,
    feeds: Mapping[str, Feed],
    previous: Mapping[str, Any] | None,
    folder: Path,
    box: Box | None = None,
) -> Proposal:
    """What a file's table looks like, and a definition that loads it.

    Args:
        path: the uploaded file.
        file_name: what it was called; it becomes the ``path`` of the reader.
        wish: what a person chose; ``Wish()`` proposes everything.
        feeds: the feeds that the catalogue knows.
        previous: the definition of the table's last publication, in the words of a source YAML.
        folder: where unpacked and rewritten copies may lie meanwhile.
        box: where the city is, to recognise coordinates by; without it, Greece.

    Raises:
        SourceChanged: the file is no table that we read, or it is not clear what of it is meant;
            ``choose_sheet``, ``choose_layer`` and ``choose_member`` carry what there is in ``found``.
        SourceUnavailable: the file is cut.
        DefinitionError: a wish that cannot be.
    """
    wishes.check(wish, feeds)
    before = _previous(previous)
    kind = kinds.kind(path, file_name, wish.sheet or wish.layer, before.option("member"))
    seen = look(path, kind, wish, before, folder)
    if (role := feeds.get(wish.feed or "")) and role.fixed:
        return fixed.proposal(seen, kind.reader, file_name, role, wish, before)
    file = _read(seen, kind.reader, wish, before, box or positions.GREECE)
    found = fits(file, feeds.values(), wish)
    chosen = _feed(found, wish, before)
    drafts, key, content = _as_feed(file, chosen) if chosen else _as_table(file, wish, before, feeds)
    options = _decimal(seen.options, file)
    content = content if seen.whole else compose.unsearched(content)
    content["reader"] = compose.reader(kind.reader, file_name, options, drafts)
    return Proposal(
        content={**content, "guarded": True},
        columns=tuple(item.shown() for item in drafts),
        recognised=_told(seen, kind.reader, file),
        sheets=seen.choices,
        feeds=tuple(item.listed for item in found if worth_listing(item)),
        key=key,
        rows_seen=seen.rows,
        whole=seen.whole,
        lost=file.lost,
    )


def _read(seen: Look, reader: str, wish: Wish, before: Previous, box: Box) -> File:
    """What stands in the columns, and which of them give the position."""
    raws = seen.frame.columns
    kept, lost = before.again(raws)
    profiles = {raw: profile(seen.frame[raw]) for raw in raws}
    separator = seen.options["separator"] if reader == "delimited" else None
    marks = decimals.marks(profiles.values(), separator, wish.decimal)
    types = wished_types(raws, wish, kept)
    seek = Seek(seen.frame, profiles, marks, seen.recognised.get("crs"), wish.crs, box)
    position = positions.find(seek, types)
    drafts = [draft(profiles[raw], marks, wish, kept.get(raw), types.get(raw)) for raw in raws]
    drafts = positioned(drafts, position)
    if not any(item.used or item.placed for item in drafts):
        raise SourceChanged("nothing_left")
    return File(tuple(drafts), position, marks, kept, lost)


def _feed(found: Sequence[Fit], wish: Wish, before: Previous) -> Fit | None:
    """The feed that the table is: the wished one, the one it was, or the best that fits; or none.

    Raises:
        SourceChanged: ``feed_lacks``: the file does not have what the wished feed requires.
    """
    name = wish.feed or before.feed
    if name == TABLE or not (name or found):
        return None
    by_name = {item.feed.name: item for item in found}
    best = by_name.get(name) if name else found[0]
    if best is None or (best.missing and not wish.feed):
        return None
    if best.missing:
        lacking = {lang: ", ".join(column.label[lang] for column in best.missing) for lang in ("el", "en")}
        raise SourceChanged("feed_lacks", feed=dict(best.feed.label), columns=lacking)
    return best


def _as_feed(file: File, chosen: Fit) -> tuple[list[Draft], str, dict[str, Any]]:
    drafts = [as_column_of(item, chosen) for item in file.drafts]
    return drafts, chosen.feed.key, compose.known(chosen, drafts)


def _as_table(
    file: File, wish: Wish, before: Previous, feeds: Mapping[str, Feed]
) -> tuple[list[Draft], str, dict[str, Any]]:
    drafts = named(file, wish, feeds.values())
    key = keys.key(drafts, wish, before, file.kept)
    drafts = [keys.repeated(item) for item in drafts] if key == keys.MADE else drafts
    return drafts, key, compose.table(drafts, file.position, key)


def _decimal(options: dict[str, Any], file: File) -> dict[str, Any]:
    """The reader's options, with the decimal comma where the whole file writes one."""
    return {**options, "decimal": ","} if file.marks.lean == "," else options


def _told(seen: Look, reader: str, file: File) -> dict[str, str]:
    """What was recognised, for a person to see and correct."""
    told = {"reader": reader, **seen.recognised}
    if file.marks.lean:
        told["decimal"] = file.marks.lean
    if file.position:
        told["crs"] = file.position.told
    return told
