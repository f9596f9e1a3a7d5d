"""What the page of a record tells first, by type: plain values for the templates."""

from __future__ import annotations

from typing import Any

from . import citizen_group, consultation, indicator, initiative, works_project

STORIES = {
    "citizen_group": citizen_group.story,
    "consultation": consultation.story,
    "indicator": indicator.story,
    "initiative": initiative.story,
    "works_project": works_project.story,
}
TYPES = tuple(STORIES)
"""The types of the participation chapter, in the order of the alphabet."""


def story(record: dict[str, Any]) -> dict[str, Any]:
    """The story of a record as ``package_show`` gives it; ``KeyError`` for a type that has none."""
    return STORIES[record["type"]](record)
