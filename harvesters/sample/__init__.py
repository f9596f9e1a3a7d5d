"""The sample city: invented assets on real ground, in the raw shapes that real sources use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import bins, facilities, hotspots, lights, spaces
from .ground import streets

KINDS = (lights, bins, hotspots, facilities, spaces)


def files() -> Mapping[str, bytes]:
    """Every file of the sample city by its name; byte for byte the same on every run."""
    ground = streets()
    return MappingProxyType({kind.NAME: kind.file(ground) for kind in KINDS})
