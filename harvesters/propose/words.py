"""Understand a header: compare it with others, find its unit, and say it in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from ...schemas.definitions import Feed

_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]{1,24})\s*[)\]]\s*$", re.S)
_DBF = re.compile(r",(N|C|D|F|L)(,\d+){0,2}$")
_SIGNS = re.compile(r"[\W_]+")


@cache
def _written() -> dict[str, Any]:
    text = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """A header as it is compared: no accents, capitals or punctuation, one kind of sigma, single blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_SIGNS.sub(" ", letters.replace("ς", "σ")).split())


def plain(header: str) -> str:
    """A header without the types that a DBF leaves in it: ``NOM,C,50`` is ``NOM``."""
    return _DBF.sub("", header)


def _unit_key(text: str) -> str:
    return "".join(text.casefold().replace("ς", "σ").split())


@cache
def _units() -> Mapping[str, str]:
    return {_unit_key(word): unit for unit, words in _written()["units"].items() for word in (unit, *words)}


def split_unit(header: str) -> tuple[str, str | None]:
    """A header without its unit, and the unit: ``Ισχύς (W)`` is ``Ισχύς`` and ``W``."""
    header = plain(header)
    if (found := _BRACKETS.match(header)) and (unit := _units().get(_unit_key(found[2]))):
        return found[1].strip(), unit
    for bare in _written()["bare_units"]:
        if header.casefold().endswith(f" {bare.casefold()}"):
            return header[: -len(bare)].strip(" ,-"), _units()[_unit_key(bare)]
    return header, None


@cache
def _labels() -> Mapping[str, tuple[str, str]]:
    return {
        fold(word): (entry["el"], entry["en"])
        for entry in _written()["words"]
        for word in (entry["el"], entry["en"], *entry.get("also", ()))
    }


def known(header: str, feeds: Iterable[Feed]) -> dict[str, str]:
    """The label of a header that the word list or a feed's column knows, in the languages it lacks."""
    wanted = fold(header)
    if wanted in _labels():
        greek, english = _labels()[wanted]
        return {"el": greek, "en": english}
    for feed in feeds:
        for column in feed.columns:
            if wanted in (fold(column.name), *map(fold, column.label.values())):
                return dict(column.label)
    return {}


@cache
def synonyms(column: str) -> frozenset[str]:
    """Other words for a feed's column, folded."""
    return frozenset(fold(word) for word in _written()["columns"].get(column, ()))


def greek(text: str) -> bool:
    """Whether a text holds a Greek letter."""
    return any("GREEK" in unicodedata.name(letter, "") for letter in text if letter.isalpha())
