"""What was found, as a column, a rule and row numbers: enough to correct a file, and no value of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..messages import message

FIRST = 20
"""Row numbers that a finding names, at most."""


@dataclass(frozen=True)
class Finding:
    """``rows`` cells of a column look like ``rule``; ``first`` are the first of their rows in the file."""

    column: str
    rule: str
    rows: int
    first: tuple[int, ...]

    @property
    def label(self) -> dict[str, str]:
        """What the cells look like, ``{"el": …, "en": …}``."""
        return message(f"personal_{self.rule}")

    @property
    def text(self) -> dict[str, str]:
        """The finding in words, ``{"el": …, "en": …}``."""
        first = [str(row) for row in self.first] + (["…"] if self.rows > len(self.first) else [])
        return message(
            "personal_found", {"column": self.column, "what": self.label, "rows": self.rows, "first": first}
        )

    @property
    def told(self) -> dict[str, Any]:
        """The finding as JSON, with why it matters and what to do instead."""
        return {
            "column": self.column,
            "rule": self.rule,
            "rows": self.rows,
            "first": list(self.first),
            "label": self.label,
            "why": message(f"personal_{self.rule}_why"),
            "instead": message(f"personal_{self.rule}_instead"),
        }
