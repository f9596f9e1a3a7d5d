"""Made groups for the benchmark of imports: the same on every run, no real one among them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import xlsxwriter

from ckanext.patrasparticipation.imports.columns import Shape

BROKEN = 7
"""The row, from 0 and as a share of ten of all, whose kind is in no list."""
WORDS = ("Γέφυρα", "Πλατεία", "Κύμα", "Ελιά", "Ρίζα", "Φάρος", "Γειτονιά", "Ανάσα", "Πυξίδα", "Άνεμος")
PURPOSE = "Να φέρει κοντά όσους μένουν στη γειτονιά και να φροντίζει τους κοινόχρηστους χώρους της πόλης. "
VALUES = {
    "group_type": ("association", "volunteer_team", "cultural_association", "neighbourhood_group"),
    "activity_field": ("environment", "culture_heritage", "education", "social_solidarity"),
    "area_of_action": ("neighbourhood", "municipality"),
    "municipal_unit": ("370101", "370103", "370105"),
}


def group(number: int, prefix: str = "g") -> dict[str, Any]:
    """The values of one group, as ``package_create`` takes them."""
    chance = random.Random(number)
    word = f"{chance.choice(WORDS)} {chance.choice(WORDS)}"
    picked = {name: chance.choice(codes) for name, codes in VALUES.items()}
    return {
        "title_translated": {"el": f"Ομάδα {word} {prefix} {number}", "en": f"Group {prefix} {number}"},
        "notes_translated": {"el": PURPOSE * chance.randint(1, 4)},
        "mission_translated": {"el": PURPOSE},
        "group_type": picked["group_type"],
        "legal_status": "unregistered",
        "theme": ["SOCI"],
        "activity_field": [picked["activity_field"]],
        "area_of_action": picked["area_of_action"],
        "municipal_unit": [picked["municipal_unit"]],
        "founding_year": str(chance.randint(1950, 2024)),
        "website": f"https://{prefix}{number}.example.gr",
        "contact_unit": "Τμήμα Εθελοντισμού",
        "contact_email": "ethelontes@patras.example",
        "source_system": "other",
        "source_id": f"{prefix}-{number}",
        "source_url": f"https://registry.example/{prefix}/{number}",
        "last_verified_date": "2025-03-01",
    }


def cells(values: dict[str, Any], shape: Shape) -> list[str]:
    """The values in the columns of the spreadsheet."""
    row = []
    for column in shape.main:
        value = values.get(column.field)
        if column.language and isinstance(value, dict):
            value = value.get(column.language)
        row.append("; ".join(value) if isinstance(value, list) else str(value or ""))
    return row


def write(path: Path, count: int, shape: Shape) -> int:
    """A workbook of so many groups; gives the row, from 0, that is broken."""
    broken = count * BROKEN // 10
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("groups")
        for place, column in enumerate(shape.main):
            sheet.write_string(0, place, column.label["el"])
        for number in range(count):
            values = group(number)
            if number == broken:
                values["group_type"] = "σύλλογος που δεν υπάρχει"
            for place, text in enumerate(cells(values, shape)):
                sheet.write_string(number + 1, place, text)
    return broken
