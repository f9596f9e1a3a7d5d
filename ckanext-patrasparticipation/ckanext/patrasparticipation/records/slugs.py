"""Addresses, tags and file names in Latin letters: `Κάδοι απορριμμάτων 2024` is `kadoi-aporrimmaton-2024`."""

from __future__ import annotations

import re
from collections.abc import Container

from ckanext.patrasparticipation.harvesters.elot import latin
from ckanext.patrasparticipation.records.greek import NOT_IN_SLUG

MAX_LENGTH = 95  # CKAN's limit is 100; the rest is for the number that makes a name unique
MAX_STEM = 75  # of a file name; CKAN cuts the whole at 100 and the extension at 20
MAX_EXTENSION = 20

_GAP = re.compile(NOT_IN_SLUG)


def slug(text: str, fallback: str = "", length: int = MAX_LENGTH) -> str:
    """Lower-case Latin words joined by hyphens, cut at a word; ``fallback`` where nothing is left."""
    whole = _GAP.sub("-", latin(text)).strip("-")
    if len(whole) > length:
        cut = whole[:length]
        whole = cut if whole[length] == "-" or "-" not in cut else cut[: cut.rindex("-")]
    return whole.strip("-") if len(whole) > 1 else fallback


def unique(wanted: str, taken: Container[str]) -> str:
    """The wanted name, or the first of ``wanted-2``, ``wanted-3``… that nobody has."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def file_name(original: str) -> str:
    """A file name in Latin letters that keeps its extension: `Κάδοι 2024.CSV` is `kadoi-2024.csv`."""
    last = re.split(r"[\\/]", original)[-1]
    stem, dot, extension = last.rpartition(".")
    if not dot:
        stem, extension = last, ""
    parts = [_part(part) for part in stem.split(".")]
    name = ".".join(part for part in parts if part)[:MAX_STEM].strip("-.") or "file"
    extension = _part(extension)[:MAX_EXTENSION].strip("-")
    return f"{name}.{extension}" if extension else name


def _part(text: str) -> str:
    return _GAP.sub("-", latin(text)).strip("-")
