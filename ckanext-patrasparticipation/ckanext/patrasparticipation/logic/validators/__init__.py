"""The validators CKAN registers: every `participation_…` of the modules listed here."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from ckanext.patrasparticipation.logic.validators import (
    acts,
    citizen_groups,
    computed,
    consultations,
    counts,
    drafts,
    episodes,
    indicators,
    initiatives,
    moments,
    money,
    numbers,
    organisations,
    records,
    relations,
    roles,
    rules,
    shared,
    tallies,
    translated,
    values,
    vocabulary,
    works_projects,
)

MODULES: tuple[ModuleType, ...] = (
    acts,
    citizen_groups,
    computed,
    consultations,
    counts,
    drafts,
    episodes,
    indicators,
    initiatives,
    moments,
    money,
    numbers,
    organisations,
    records,
    relations,
    roles,
    rules,
    shared,
    tallies,
    translated,
    values,
    vocabulary,
    works_projects,
)
PREFIX = "participation_"


def every() -> dict[str, Any]:
    """The validators by name."""
    return {
        name: rule
        for module in MODULES
        for name, rule in vars(module).items()
        if name.startswith(PREFIX) and rule.__module__ == module.__name__
    }
