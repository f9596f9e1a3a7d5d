"""A city as its folder says it: name, areas, publishers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .areas import Areas, load_areas
from .errors import DefinitionError
from .places import Box
from .strict_yaml import check, parse

if TYPE_CHECKING:
    from ..schemas.definitions import Text

FILE = "city.yaml"


@dataclass(frozen=True)
class City:
    """Everything that the sources of one folder share. ``publishers`` is by slug, as the YAML has it."""

    name: str
    title: Text
    sample: bool
    languages: tuple[str, ...]
    areas: Areas
    publishers: Mapping[str, Mapping[str, Any]]
    folder: Path

    @property
    def box(self) -> Box | None:
        """Where the city's positions must fall: around its first layer, with a margin of 0.02 degrees."""
        return self.areas.box


def load_city(folder: Path) -> City:
    """The city of a folder of sources.

    Raises:
        DefinitionError: ``city.yaml`` is missing or wrong, or a layer of areas cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        raise DefinitionError("missing_key", file=str(folder), key=FILE)
    content = parse(path.read_text(encoding="utf-8"), FILE)
    check(content, "city.schema.yaml", FILE)
    return City(
        name=content["name"],
        title=content["title"],
        sample=content.get("sample", False),
        languages=tuple(content.get("languages", ("el", "en"))),
        areas=load_areas({name: folder / file for name, file in content.get("areas", {}).items()}),
        publishers=content["publishers"],
        folder=folder,
    )
