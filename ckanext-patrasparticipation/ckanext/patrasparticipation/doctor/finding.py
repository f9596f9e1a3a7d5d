"""What an examination finds: one sentence about one part, and whether it is well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """``part`` is what was looked at, ``says`` what was seen and, where it is wrong, what was expected."""

    part: str
    state: State
    says: str


Check = Callable[[], Iterator[Finding]]


def judged(part: str, good: bool, says: str, expected: str = "") -> Finding:
    """A finding that is ``ok`` or ``wrong``; a wrong one tells what was expected."""
    if good:
        return Finding(part, "ok", says)
    return Finding(part, "wrong", f"{says}; expected {expected}" if expected else says)
