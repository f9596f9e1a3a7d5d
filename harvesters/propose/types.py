"""Propose the type of a column from its values, tried with the converters that will load them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..convert.text import FALSE, TRUE
from ..messages import message
from . import headers
from .decimals import UNSURE, Marks
from .profile import COUNT, VALUE, Profile

TOLERATED = 0.05
"""Share of a column's values that may not fit its type; their rows are refused one by one."""
ENOUGH = 20
"""Filled rows below which every value must fit."""
NOTHING = frozenset(("null", "none", "nan", "na", "n/a", "#n/a", "--", "---", ".", "?"))
"""Words of programs for “nothing”, besides those that every source takes as such."""
LONG = r"^[+-]?\d{16,}$"
ZEROS = r"^0\d+$"
DIGITS = r"^[+-]?\d+$"
_DAYLIKE = r"\d[-/. ]\d{1,2}[-/. ]\d|^\d{8}$|^\d{1,2}(?:η|ης|st|nd|rd|th)?\s+\p{L}{3,}\.?,?\s+\d{4}$"
_TIMELIKE = r"\d:\d{2}"
_SERIAL = r"^[2-5]\d{4}(?:\.\d+)?$"
_PHONE = r"^(?:\+?30|0030)?\s?(?:2\d{9}|69\d{8}|2\d{2,3}[ -]\d{6,7}|69\d{2}[ -]\d{6})$"


@dataclass(frozen=True)
class Verdict:
    """A type, the converter's options, and why; ``nothing`` are further words that mean “nothing”."""

    type: str
    options: dict[str, Any] = field(default_factory=dict)
    note: dict[str, str] | None = None
    nothing: tuple[str, ...] = ()


def verdict(profile: Profile, marks: Marks) -> Verdict:
    """The type that is proposed for a column."""
    if not profile.filled:
        return Verdict("text", note=message("note_empty"))
    if found := _codes(profile):
        return Verdict("text", note=found)
    if _yes_or_no(profile):
        return Verdict("boolean")
    best: tuple[int, Verdict, pl.DataFrame] | None = None
    for kind, options in _tries(profile, marks):
        misfits = profile.misfits(kind, options)
        count = int(misfits[COUNT].sum())
        if not count:
            return Verdict(kind, options, _remark(profile, kind, options))
        if best is None or count < best[0]:
            best = count, Verdict(kind, options), misfits
    return _nearly(profile, best[1], best[2]) if best else Verdict("text", note=_lost(profile))


def forced(profile: Profile, kind: str, marks: Marks) -> Verdict:
    """The way to read a column as a type that a person, or the previous definition, chose."""
    options = next((options for found, options in _tries(profile, marks) if found == kind), {})
    if kind in ("integer", "number") and not options:
        options = dict(marks.options(profile, kind))
    if kind in ("text", "point", "geometry") or not profile.filled:
        return Verdict(kind, options if kind == "text" else {})
    misfits = profile.misfits(kind, options)
    note = _counted("note_some_do_not_fit", profile, misfits) if misfits.height else None
    return Verdict(kind, options, note)


def _codes(profile: Profile) -> dict[str, str] | None:
    """Why a column of digits is text: the digits are a name, not a quantity."""
    if profile.count(LONG) and profile.count(DIGITS) * 20 >= profile.filled * 19:
        return message("note_long_numbers")
    if profile.count(DIGITS) and headers.is_contact(profile.raw):
        return message("note_not_a_quantity")
    if profile.count(ZEROS) and profile.count(DIGITS) * 20 >= profile.filled * 19 and not _days(profile):
        return message("note_leading_zeros", {"example": profile.first(ZEROS)})
    if profile.all(_PHONE):
        return message("note_not_a_quantity")
    if headers.is_code(profile.raw) and profile.all(r"^\d+$") and profile.count(r"^\d{6,}$"):
        return message("note_code")
    return None


def _days(profile: Profile) -> bool:
    return headers.is_date(profile.raw) and profile.all(r"^\d{8}$")


def _lost(profile: Profile) -> dict[str, str] | None:
    """Letters that were lost before the file came: the rows are refused."""
    lost = profile.count("\ufffd")
    return message("note_lost_letters", {"count": lost, "example": profile.first("\ufffd")}) if lost else None


def _yes_or_no(profile: Profile) -> bool:
    """Whether all values are words for yes and no; digits and single letters only under a telling header."""
    if profile.distinct > 8:
        return False
    words = {str(word).lower() for word in profile.values[VALUE]}
    if not words <= {*TRUE, *FALSE}:
        return False
    return headers.is_flag(profile.raw) if any(len(word) == 1 for word in words) else True


def _tries(profile: Profile, marks: Marks) -> Iterator[tuple[str, dict[str, Any]]]:
    """The types that a column may have, from the narrowest, each with the options that suit it."""
    dated = headers.is_date(profile.raw)
    half = profile.filled / 2
    if dated and profile.count(_SERIAL) >= half and not profile.count(r"^(?:19|20)\d\d$"):
        yield "date", {"serial": True}
    if _days(profile):
        yield "date", {}
    if profile.count(r"^[+-]?[\d.,\s'’]+(?:[eE][+-]?\d+)?$") >= half:
        for kind in ("integer", "number"):
            yield kind, dict(marks.options(profile, kind))
    if not profile.all(DIGITS) and profile.count(_DAYLIKE) >= half:
        yield "date", {}
    if profile.count(_TIMELIKE) >= half and profile.count(_DAYLIKE) + profile.count(r"GMT") >= half:
        yield "timestamp", {}


def _nearly(profile: Profile, found: Verdict, misfits: pl.DataFrame) -> Verdict:
    """The type that nearly all values fit, or text."""
    words = tuple(str(word) for word in misfits[VALUE])
    if all(word.casefold() in NOTHING for word in words):
        rest = profile.without(words)
        if rest.filled and not rest.misfits(found.type, found.options).height:
            note = message("note_read_as_empty", {"words": "», «".join(words)})
            return Verdict(found.type, found.options, note, words)
    few = int(misfits[COUNT].sum()) <= TOLERATED * profile.filled and profile.filled >= ENOUGH
    if few and not _on_purpose(misfits):
        return Verdict(found.type, found.options, _counted("note_some_do_not_fit", profile, misfits))
    if int(misfits[COUNT].sum()) <= profile.filled / 2:
        return Verdict("text", note=_counted("note_kept_as_text", profile, misfits))
    return Verdict("text")


def _on_purpose(misfits: pl.DataFrame) -> bool:
    """Whether what does not fit is written on purpose: a word that comes again, or ``12Α``."""
    text = misfits[VALUE]
    again = misfits.filter(text.str.contains(r"\p{L}{2}") & (misfits[COUNT] >= 3)).height
    return bool(again) or bool(text.str.contains(r"^\d+\s?[-/]?\s?\p{L}\.?$").any())


def _counted(code: str, profile: Profile, misfits: pl.DataFrame) -> dict[str, str]:
    params = {
        "count": int(misfits[COUNT].sum()),
        "rows": profile.filled,
        "example": str(misfits[VALUE][0])[:80],
    }
    return message(code, params)


def _remark(profile: Profile, kind: str, options: dict[str, Any]) -> dict[str, str] | None:
    """What is not obvious in a column whose values all fit."""
    if options.get("serial"):
        return message("note_serial_dates")
    if kind == "date" and (
        found := profile.first(r"^(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|1[0-2])[-/.]\d{2,4}$")
    ):
        return message("note_day_first", {"example": found})
    if "decimal" in options and (found := profile.first(UNSURE)):
        whole = (found.count(".") == 1) == (options["decimal"] == ",")
        return message("note_thousands" if whole else "note_decimals", {"example": found})
    return None
