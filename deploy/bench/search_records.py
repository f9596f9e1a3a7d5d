"""Made records and made searches, the same on every run: words of a municipality put together anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import yaml

ASKED = 10_000
"""Searches are about the first so many records, which every catalogue of the measurement holds."""
FIRST_DAY = date(2012, 1, 1)
WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("search_words.yaml").read_text(encoding="utf-8")
)
THINGS = [(*forms.split(), english) for forms, english in WORDS["things"].items()]
NAMES = [
    "".join(part) for part in product(*(WORDS[name] for name in ("beginnings", "middles", "middles", "ends")))
]
LATIN = str.maketrans(WORDS["latin"])


@dataclass(frozen=True)
class Made:
    """What is told of a record, before it has the shape of one catalogue or another."""

    number: int
    thing: tuple[str, ...]
    beside: str
    title: str
    title_en: str
    notes: str
    tags: list[str]
    office: int
    unit: str
    theme: str
    licence: str
    days: tuple[str, str]
    formats: list[str]

    @property
    def id(self) -> str:
        """An identifier as CKAN gives."""
        return str(UUID(int=self.number + (1 << 120)))

    @property
    def name(self) -> str:
        """Its place in the address."""
        return f"bench-record-{self.number}"


def record(number: int) -> Made:
    """The record of that number."""
    dice = Random(number)
    thing, beside = dice.sample(THINGS, 2)
    street, society = dice.sample(NAMES, 2)
    place = dice.choice((f"στην οδό {street}", dice.choice(WORDS["places"]), f"του Συλλόγου {society}", ""))
    quality = dice.choice((dice.choice(WORDS["qualities"]), ""))
    year = dice.choice((f" {dice.randint(2012, 2026)}", ""))
    title = " ".join(f"{dice.choice(WORDS['kinds'])} {quality} {thing[3]} {place}{year}".split())
    start = FIRST_DAY + timedelta(days=dice.randrange(5000))
    told = dice.sample(WORDS["sentences"], dice.randint(2, 5))
    return Made(
        number=number,
        thing=thing,
        beside=(place or quality).split(" ")[-1],
        title=title,
        title_en=f"{thing[4].capitalize()}{year}" if dice.random() < 0.6 else "",
        notes=f"Αφορά {thing[3]} και {beside[3]} ({society}). {' '.join(told)}",
        tags=sorted({thing[2], beside[0], dice.choice(THINGS)[2]}),
        office=dice.randrange(len(WORDS["offices"])),
        unit=dice.choice(WORDS["units"]),
        theme=dice.choice(WORDS["themes"]),
        licence=dice.choice(WORDS["licences"]),
        days=(start.isoformat(), (start + timedelta(days=dice.randrange(1, 700))).isoformat()),
        formats=dice.sample(WORDS["formats"], dice.randint(1, 3)),
    )


def searches(count: int) -> dict[str, list[str]]:
    """By class, ``count`` searches in all, no two of them equal."""
    per_class, seen = count // len(CLASSES), set[str]()
    return {name: _several(make, per_class, seen) for name, make in CLASSES.items()}


def beginnings(count: int) -> list[str]:
    """What stands in the box while a reader types: the first letters of words, Greek and Latin."""
    return _several(lambda dice: _cut(_phrase(dice, 2), dice, dice.random() < 0.3), count, set())


def mistyped() -> Iterator[str]:
    """Searches with a mistake in every word, no end of them and no two equal; most find nothing exactly."""
    seen = set[str]()
    while True:
        yield from _several(lambda dice: _wrong(_phrase(dice, dice.choice((0, 1, 2))), dice, 2), 50, seen)


def _several(make: Callable[[Random], str], count: int, seen: set[str]) -> list[str]:
    found: list[str] = []
    dice = Random(len(seen) + count)
    while len(found) < count:
        typed = make(dice)
        if typed not in seen:
            seen.add(typed)
            found.append(typed)
    return found


def _phrase(dice: Random, form: int) -> str:
    """What somebody asks who looks for a record: its thing in one of its forms, and a word beside it."""
    wanted = record(dice.randrange(ASKED))
    return f"{wanted.thing[form]} {dice.choice((wanted.beside, wanted.beside, ''))}".strip()


def _cut(phrase: str, dice: Random, latin: bool) -> str:
    typed = phrase[: dice.randint(2, len(phrase) - 1)].strip()
    return typed.lower().translate(LATIN) if latin else typed


def _wrong(phrase: str, dice: Random, mistakes: int = 1) -> str:
    """The phrase with letters of every long word changed, left out or swapped with the next."""
    return " ".join(_slip(word, dice, mistakes) if len(word) > 5 else word for word in phrase.split())


def _slip(word: str, dice: Random, mistakes: int) -> str:
    for _ in range(mistakes):
        at = dice.randrange(1, len(word) - 1)
        middle: Any = dice.choice(("", dice.choice("αεικρστο") + word[at], word[at + 1] + word[at]))
        word = word[:at] + middle + word[at + (2 if len(middle) == 2 and middle[1] == word[at] else 1) :]
    return word


CLASSES: dict[str, Callable[[Random], str]] = {
    "as written": lambda dice: _phrase(dice, 3),
    "inflected": lambda dice: _phrase(dice, dice.choice((0, 1))),
    "Greeklish": lambda dice: _phrase(dice, dice.choice((0, 1, 2, 3))).lower().translate(LATIN),
    "typing mistake": lambda dice: _wrong(_phrase(dice, dice.choice((0, 2))), dice),
    "beginning": lambda dice: _cut(_phrase(dice, 2), dice, latin=False),
}
"""How readers write: the word as the title has it, in another form, in Latin letters, wrongly, not whole."""
