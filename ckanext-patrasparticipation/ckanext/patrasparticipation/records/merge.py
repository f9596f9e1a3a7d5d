"""What of a record is to be written: what its source says otherwise now, and no person has edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model import RecordOrigin
from .incoming import digest, is_empty, plain

OURS = ("name", "owner_org")
"""Fields by which a record is found here: a source never changes them."""


@dataclass
class Merged:
    """Fields to write, those that stay as a person left them, and the digests of all that was said."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)


def said(values: Mapping[str, Any]) -> dict[str, str]:
    """A digest of each field that was said to hold something."""
    return {name: digest(value) for name, value in values.items() if not is_empty(value)}


def merge(
    current: Mapping[str, Any], values: Mapping[str, Any], origin: RecordOrigin | None, overwrite: bool
) -> Merged:
    """Compare three states of each field: what the source said before, what it says now, what stands here.

    Args:
        current: the record as ``package_show`` gives it.
        values: the incoming ones; see ``Incoming``.
        origin: what is remembered of the record; without it every field was written by a person.
        overwrite: whether what a person wrote gives way.
    """
    before = dict(origin.said) if origin else {}
    wrote = dict(origin.wrote) if origin else {}
    merged = Merged(said=said(values))
    for name, value in values.items():
        if name in OURS or _says_nothing_new(name, value, before, merged.said):
            continue
        here = current.get(name)
        if plain(here) == plain(value) or (is_empty(here) and is_empty(value)):
            continue
        if _edited(here, wrote.get(name)) and not overwrite:
            merged.kept.append(name)
        else:
            merged.changes[name] = "" if value is None else value
    return merged


def _says_nothing_new(name: str, value: Any, before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    return before.get(name) == now.get(name) and (name in before or is_empty(value))


def _edited(here: Any, wrote: str | None) -> bool:
    """Whether a person wrote what stands here: it is not what was last written, and it is something."""
    return not is_empty(here) and digest(here) != wrote
