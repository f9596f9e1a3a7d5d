"""The validators CKAN registers: every `participation_…` of this folder's modules."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

PREFIX = "participation_"


def every() -> dict[str, Any]:
    """The validators by name."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return {
        name: rule
        for module in modules
        for name, rule in vars(module).items()
        if name.startswith(PREFIX) and rule.__module__ == module.__name__
    }
