"""What a run did and why, as values: for the page, the command line and the table of runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .across.broken import Broken
from .errors import HarvestError
from .messages import message
from .personal import Finding
from .sink import Origin, Published, Totals

EXIT_CODES = {"published": 0, "unchanged": 0, "failed": 1}
EXIT_CODES |= {"held": 3, "unavailable": 4, "changed": 5, "refused": 6}


@dataclass(frozen=True)
class Reason:
    """A code with its values and its sentence, ``{"el": …, "en": …}``."""

    code: str
    text: dict[str, str]
    params: dict[str, Any] = field(default_factory=dict)


def reason(code: str, **params: object) -> Reason:
    """The reason of that code."""
    return Reason(code, message(code, params), dict(params))


@dataclass(frozen=True)
class Step:
    """A part of a run: how long it took, in seconds, and how many rows went through it."""

    name: str
    seconds: float
    rows: int


@dataclass(frozen=True)
class Report:
    """What became of a run: published, unchanged, held, changed, unavailable, refused or failed."""

    source: str
    outcome: str
    reason: Reason
    totals: Totals | None = None
    published: Published | None = None  # nothing in a dry run
    origin: Origin | None = None
    choices: dict[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    suggestions: tuple[Reason, ...] = ()
    refused: dict[tuple[str | None, str], int] = field(default_factory=dict)  # rows by column and code
    columns: tuple[str, ...] = ()  # the raw columns that were there
    personal: tuple[Finding, ...] = ()  # of a guarded source: where personal data were found
    broken: tuple[Broken, ...] = ()  # of a table with fixed columns: the rules that it breaks
    accepted: tuple[Reason, ...] = ()  # what would have held it, had a person not accepted it
    aggregated: int | None = (
        None  # rows that went into sums: ``rows_in = aggregated + rejected + the same as another``
    )

    @property
    def exit_code(self) -> int:
        """The number that a command ends with: 0, 1, 3, 4, 5 or 6."""
        return EXIT_CODES[self.outcome]


def why(error: HarvestError) -> Reason:
    """The reason that an error gives."""
    return Reason(error.code, error.text, dict(error.params))
