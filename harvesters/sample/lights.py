"""Street lights in the shape of sense.city: a JSON array, no identifiers, attributes as text in a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .chance import Chance
from .ground import Street

NAME = "lights.json"
STEP_M = 30
LAMPS = {"LED": 52.0, "NATRIO_YP": 34.0, "ALOGONIDIA": 7.0, "YDRARGYROS": 5.0, "FTHORISMOY": 2.0}
POWER_W = {
    "LED": (24, 38, 52, 75, 90),
    "NATRIO_YP": (70, 100, 150, 250),
    "ALOGONIDIA": (70, 150),
    "YDRARGYROS": (125, 250),
    "FTHORISMOY": (36, 58),
}
STATES = {"OK": 93.0, "KAMENOS": 4.0, "SPASMENO": 1.5, "EKTOS": 1.5}
FAULTS: tuple[dict[str, Any], ...] = (
    {"type": "fotistiko", "notes": [None], "loc": {"coordinates": [0.0, 0.0]}},
    {"type": "fotistiko", "notes": [None], "loc": {"coordinates": [23.7275, 37.9838]}},
    {"type": "fotistiko", "notes": [None], "loc": {"coordinates": None}},
    {"type": "fotistiko", "notes": [{"LAMPTIRAS": "KERI"}], "loc": {"coordinates": [21.7391, 38.2461]}},
    {
        "type": "fotistiko",
        "notes": [{"LAMPTIRAS": "LED", "ISXYS": "9000"}],
        "loc": {"coordinates": [21.7402, 38.2457]},
    },
    {
        "type": "fotistiko",
        "notes": [{"LAMPTIRAS": "LED", "ISXYS": "εβδομήντα"}],
        "loc": {"coordinates": [21.7368, 38.2449]},
    },
)
"""Rows that no catalogue should take: the point 0,0, Athens, nowhere, a candle, 9 kW, a number in words."""


def file(streets: Sequence[Street]) -> bytes:
    """The whole file; a few rows stand in it twice and a few are wrong."""
    chance = Chance("lights")
    rows = list(_good(streets, chance))
    again = [chance.pick(rows) for _ in range(48)]
    for row in (*again, *FAULTS):
        rows.insert(chance.whole(0, len(rows)), row)
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _good(streets: Sequence[Street], chance: Chance) -> Iterator[dict[str, Any]]:
    for street in streets:
        lamp = chance.weighed(LAMPS)
        recorded = not chance.happens(0.15)
        for number, along in enumerate(range(12, int(street.length), STEP_M)):
            lon, lat = street.at(along + chance.between(-2, 2), 4.0 if number % 2 else -4.0)
            note = _note(street, lamp, chance) if recorded else None
            yield {"type": "fotistiko", "notes": [note], "loc": {"coordinates": [lon, lat]}}


def _note(street: Street, lamp: str, chance: Chance) -> dict[str, str]:
    """What the crew wrote down; whole streets carry the same lamp."""
    note = {
        "LAMPTIRAS": lamp,
        "ISXYS": str(chance.pick(POWER_W[lamp])),
        "KATASTASI": chance.weighed(STATES),
        "ODOS": street.name,
    }
    if chance.happens(0.6):
        note["YPSOS"] = f"{chance.pick((6.0, 8.0, 9.0, 12.0)):.1f}"
    return note
