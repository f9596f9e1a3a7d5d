"""Whether hidden cells can be worked out exactly from what is shown, by any sum and difference of sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from .cells import Sum

Values = Sequence[Sequence[int | None]]
"""The numbers of the cells, one sequence a column that counts; nothing where they are not known."""
LARGEST = 900
"""Hidden cells that hang together up to which every combination of sums is tried; above, single sums only."""
NEARLY = 1e-8


def worked_out(sums: Iterable[Sum], hidden: Collection[int]) -> set[int]:
    """The hidden cells whose value the sums determine.

    Args:
        sums: cells that add up to what is shown or known.
        hidden: the cells that are not shown.
    """
    away = set(hidden)
    tied = [one for one in sums if away.intersection(one.cells)]
    found: set[int] = set()
    for group in _together(tied, away):
        cells = sorted({cell for one in group for cell in one.cells if cell in away})
        found |= _single(group, away) if len(cells) > LARGEST else _determined(group, cells)
    return found


def somebody(sums: Sequence[Sum], told: Collection[int], hidden: Collection[int], values: Values) -> set[int]:
    """Those of the cells that are told whose number is not 0: that nobody is there tells of nobody."""
    away = sorted(set(hidden))
    matrix = _matrix(sums, away)
    found: set[int] = set()
    for column in values:
        known = np.array([_known(one, set(away), column) for one in sums], dtype=float)
        solved = np.linalg.lstsq(matrix, known, rcond=None)[0] if away and sums else np.empty(0)
        found |= {cell for cell in told if abs(solved[away.index(cell)]) > 0.5}
    return found


def _known(one: Sum, away: set[int], column: Sequence[int | None]) -> int:
    """What the hidden parts of a sum add up to, less the total where that is hidden."""
    total = 0 if one.total is None or one.total in away else column[one.total] or 0
    return total - sum(column[cell] or 0 for cell in one.parts if cell not in away)


def _single(sums: Iterable[Sum], away: set[int]) -> set[int]:
    """Cells that stand alone in a sum."""
    left = [away.intersection(one.cells) for one in sums]
    return {cell for cells in left if len(cells) == 1 for cell in cells}


def _determined(sums: Sequence[Sum], cells: Sequence[int]) -> set[int]:
    """Cells that are the same in every solution: the null space of the sums does not move them."""
    _left, strengths, right = np.linalg.svd(_matrix(sums, cells), full_matrices=True)
    rank = int((strengths > NEARLY).sum())
    moves = np.abs(right[rank:]).max(axis=0, initial=0.0)
    return {cell for cell, move in zip(cells, moves, strict=True) if move < NEARLY}


def _matrix(sums: Sequence[Sum], cells: Sequence[int]) -> npt.NDArray[np.float64]:
    """The sums as equations of the hidden cells: parts add up, the total takes away."""
    place = {cell: number for number, cell in enumerate(cells)}
    matrix = np.zeros((len(sums), len(cells)))
    for row, one in enumerate(sums):
        for cell in one.parts:
            if cell in place:
                matrix[row, place[cell]] += 1
        if one.total in place:
            matrix[row, place[one.total]] -= 1
    return matrix


def _together(sums: Sequence[Sum], away: set[int]) -> list[list[Sum]]:
    """The sums in groups that share hidden cells."""
    leader: dict[int, int] = {}

    def lead(cell: int) -> int:
        while leader.setdefault(cell, cell) != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        first, *others = [cell for cell in one.cells if cell in away]
        for other in others:
            leader[lead(other)] = lead(first)
    groups: dict[int, list[Sum]] = {}
    for one in sums:
        cell = next(cell for cell in one.cells if cell in away)
        groups.setdefault(lead(cell), []).append(one)
    return list(groups.values())
