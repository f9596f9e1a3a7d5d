"""A rule that a table breaks: column, rows, what was found and what was expected, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..messages import message

FIRST = 20
"""Row numbers that are named, at most."""


@dataclass(frozen=True)
class Broken:
    """``rows`` rows break ``rule`` in a column; ``first`` are the first of their numbers in the file.

    ``found`` and ``expected`` are those of the first of them, as text or as ``{"el": …, "en": …}``.
    """

    column: str
    label: Mapping[str, str]
    rule: str
    rows: int
    first: tuple[int, ...]
    found: Any = ""
    expected: Any = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> dict[str, str]:
        """The fault in words, ``{"el": …, "en": …}``."""
        first = few(self.first, self.rows)
        told = {**self.params, "column": dict(self.label), "rows": self.rows, "first": first}
        return message(f"broken_{self.rule}", {**told, "found": self.found, "expected": self.expected})

    @property
    def told(self) -> dict[str, Any]:
        """The fault as JSON."""
        return {
            "column": self.column,
            "rule": self.rule,
            "rows": self.rows,
            "first": list(self.first),
            "found": _plain(self.found),
            "expected": _plain(self.expected),
            "text": self.text,
        }


def few(first: Iterable[Any], count: int) -> list[str]:
    """The first of so many as they are listed; three dots stand for the others."""
    named = [str(one) for one in first]
    return [*named, "…"] if count > len(named) else named


def written(value: Any) -> str:
    """A value as a person writes it: whole numbers without a point, nothing as a dash."""
    if value is None:
        return "—"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(round(value, 6))
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
