"""Look at the bytes of a large block all at once, which numpy does in less time than ``bytes``."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COMMA, NEWLINE, BLANK, CLOSING_BRACE = b",\n }"


def count(data: bytes, letter: bytes) -> int:
    """How often one byte stands in the data."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == letter[0]))


def pairs(data: bytes, both: bytes) -> int:
    """How often two bytes that differ stand side by side in the data."""
    letters = np.frombuffer(data, np.uint8)
    return int(np.count_nonzero((letters[:-1] == both[0]) & (letters[1:] == both[1])))


class Lines:
    """A block of lines, and where each of them ends."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self._letters = np.frombuffer(block, np.uint8)
        self._ends: npt.NDArray[np.intp] = np.flatnonzero(self._letters == NEWLINE)

    def first_with(self, letter: bytes) -> int | None:
        """The newline before the first line, but the block's very first, that begins with the letter."""
        ends = self._ends[self._ends + 1 < self._letters.size]
        there = ends[self._letters[ends + 1] == letter[0]]
        return int(there[0]) if there.size else None

    def until(self, end: int) -> Lines:
        """The lines before a byte."""
        return Lines(self.block[:end])

    def without_commas(self) -> bytes:
        """The block with a blank in the place of each comma that stands between ``}`` and a newline."""
        before = self._ends[self._ends > 1] - 1
        commas = (self._letters[before] == COMMA) & (self._letters[before - 1] == CLOSING_BRACE)
        letters = self._letters.copy()
        letters[before[commas]] = BLANK
        return letters.tobytes()
