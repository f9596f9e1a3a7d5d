"""Find which decimal mark a file writes, from the numbers that can be read in one way only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .profile import Profile

_SURE = {
    ",": r"^[+-]?(?:\d{4,},\d+|\d{1,3},(?:\d{1,2}|\d{4,})|0,\d{3}"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})$",
    ".": r"^[+-]?(?:\d{4,}\.\d+|\d{1,3}\.(?:\d{1,2}|\d{4,})|0\.\d{3}"
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\.\d+)$",
}
"""Numbers in which the mark can be nothing else; ``1,234`` and ``1.234`` are not among them."""
UNSURE = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"
_EXPONENT = r"^[+-]?\d+\.?\d*[eE][+-]?\d+$"


@dataclass(frozen=True)
class Marks:
    """The mark of each column that shows one, and what the rest of the file is believed to write."""

    of: dict[str, str]
    lean: str | None

    def options(self, profile: Profile, converter: str) -> dict[str, str]:
        """The options under which a column's numbers are read; none where they are plain."""
        mark = self.of.get(profile.raw, self.lean)
        if mark is None or (not profile.count(r"[,\s'’]") and (mark == "." or not profile.count(r"\."))):
            return {}
        if mark == "." and not profile.misfits(converter, {}).height:
            return {}
        return {"decimal": mark}


def marks(profiles: Iterable[Profile], separator: str | None, wished: str | None) -> Marks:
    """What the columns of a file show; a wished mark is every column's.

    Args:
        profiles: the columns.
        separator: what separates the cells of a text file; nothing for formats whose numbers have a point.
        wished: what a person chose.
    """
    if wished:
        return Marks({}, wished)
    of = {item.raw: mark for item in profiles if (mark := _shown(item))}
    if separator is None:
        return Marks(of, None)
    shown = set(of.values())
    if len(shown) == 1:
        return Marks(of, shown.pop())
    return Marks(of, "," if separator == ";" and not shown else None)


def _shown(profile: Profile) -> str | None:
    """The mark that a column shows for sure; nothing where it shows both or none."""
    sure = {mark: profile.count(pattern) for mark, pattern in _SURE.items()}
    sure["."] += profile.count(_EXPONENT)
    found = [mark for mark, times in sure.items() if times]
    if len(found) == 1 and sure[found[0]] * 2 >= profile.count(r"^[+-]?[\d.,\s]*[.,][\d.,\s]*$"):
        return found[0]
    return max(found, key=lambda mark: sure[mark]) if len(found) == 2 and _one_sided(sure) else None


def _one_sided(sure: dict[str, int]) -> bool:
    low, high = sorted(sure.values())
    return low <= 0.05 * high
