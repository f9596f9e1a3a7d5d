"""Chance that falls the same way on every run, on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws from one seed; only ``Random.random`` is asked, the one method whose numbers never change."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def share(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """Whether something of that probability (0 to 1) happens now."""
        return self.share() < probability

    def between(self, low: float, high: float) -> float:
        """A number between the two."""
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """A whole number between the two, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all alike."""
        return options[int(self.share() * len(options))]

    def weighed(self, weights: Mapping[T, float]) -> T:
        """One of the keys, by its weight."""
        at = self.share() * sum(weights.values())
        for option, weight in weights.items():
            at -= weight
            if at < 0:
                return option
        return option
