"""Which cells of a table of counts are not shown, so that no small number can be read or worked out from it.

A count of 1 to k−1 is hidden, and with it as many others of its row, its column and the whole that totals do
not give it back. It is a rule for tables, not a proof: see docs/explanation/small-cells.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

Key = tuple[Any, ...]


def hidden(counts: dict[Key, int], k: int) -> set[Key]:
    """The keys of the cells that are not shown.

    Args:
        counts: rows by cell; a key has one value for each dimension. Cells of no rows are left out or 0.
        k: the smallest number that is shown.
    """
    there = {key: count for key, count in counts.items() if count}
    away = {key for key, count in there.items() if count < k}
    lines = _lines(there)
    before = -1
    while away and len(away) != before:
        before = len(away)
        for line in lines:
            _protect(line, there, away, k)
    return away


def _lines(there: dict[Key, int]) -> list[list[Key]]:
    """Cells that a total adds up: for each dimension those that differ in it alone, and all."""
    found: dict[tuple[int, Key], list[Key]] = defaultdict(list)
    for key in there:
        for at in range(len(key)):
            found[(at, key[:at] + key[at + 1 :])].append(key)
    lines = [line for line in found.values() if len(line) > 1]
    return [*lines, list(there)] if there and len(next(iter(there))) else []


def _protect(line: list[Key], there: dict[Key, int], away: set[Key], k: int) -> None:
    """Hide the smallest others of a line until what is hidden in it cannot be told from its total."""
    inside = [key for key in line if key in away]
    if not inside or _safe([there[key] for key in inside], k):
        return
    others = sorted((key for key in line if key not in away), key=lambda key: (there[key], repr(key)))
    for key in others:
        away.add(key)
        inside.append(key)
        if _safe([there[each] for each in inside], k):
            return


def _safe(hidden_counts: Iterable[int], k: int) -> bool:
    """Two or more that hold k rows or more, and are not all at their least or at their most."""
    given = list(hidden_counts)
    total, number = sum(given), len(given)
    at_most = max(given) < k and total == number * (k - 1)
    return number > 1 and total >= k and total != number and not at_most
