"""The validators CKAN registers: every `participation_…` of the modules listed here."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from ckanext.patrasparticipation.logic.validators import (
    acts,
    computed,
    drafts,
    moments,
    numbers,
    organisations,
    records,
    relations,
    rules,
    translated,
    values,
    vocabulary,
)

MODULES: tuple[ModuleType, ...] = (
    acts,
    computed,
    drafts,
    moments,
    numbers,
    organisations,
    records,
    relations,
    rules,
    translated,
    values,
    vocabulary,
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
