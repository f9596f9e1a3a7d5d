"""What can be wrong with a definition: the file, the place in it, and what was expected there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in one file; ``place`` is a path such as ``columns/3/type``, empty for the whole file."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        """``street_light.yaml: columns/3: unknown key 'lable'; allowed: about, choices, …``."""
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class InvalidDefinition(ValueError):
    """A definition that cannot be used; ``problems`` names every fault found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
