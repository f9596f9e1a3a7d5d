"""Parking facilities as a spreadsheet: a title above the header, prices with commas, days as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .chance import Chance
from .ground import Street
from .names import OPERATORS
from .xlsx import Cell, workbook

NAME = "parking-facilities.xlsx"
SHEET = "Χώροι στάθμευσης"
TITLE = "Μητρώο χώρων στάθμευσης - δεδομένα δείγματος"
COUNT = 68
HEADER = (
    "Α/Α", "Κωδικός", "Ονομασία", "Είδος", "Θέσεις", "Θέσεις ΑμεΑ", "Θέσεις φόρτισης", "Οδός", "Αριθμός",
    "Χρέωση", "Πρώτη ώρα (€)", "Μέγιστο ύψος (m)", "Ώρες", "Φορέας", "Κατάσταση", "Από", "Γεωγρ. μήκος",
    "Γεωγρ. πλάτος",
)  # fmt: skip
KINDS = {"Υπαίθριος": 60.0, "Υπόγειος": 22.0, "Πολυώροφος": 14.0, "Σε δώμα": 4.0}
EXCEL_2010 = 40179
"""1 January 2010 as Excel counts days."""
FAULTS: tuple[tuple[Cell, ...], ...] = (
    (901, "P-901", "Χωρίς αριθμό θέσεων", "Υπαίθριος", "πολλές", None, None, "Ερμού", "1", "Με χρέωση",
     "2,50", None, "24/7", OPERATORS[0], "Σε λειτουργία", 43000, 21.7361, 38.2471),
    (902, "P-902", "Πολύ ψηλός", "Υπόγειος", 40, 1, 0, "Ερμού", "2", "Με χρέωση",
     "2,50", 22, "24/7", OPERATORS[0], "Σε λειτουργία", 43000, 21.7362, 38.2472),
)  # fmt: skip
"""Rows that no catalogue should take: a number in words, a ceiling of 22 metres."""


def file(streets: Sequence[Street]) -> bytes:
    """The whole workbook: title, a blank row, header, rows, a blank row and the total."""
    rows = list(_good(streets, Chance("facilities")))
    total = sum(row[4] for row in rows if isinstance(row[4], int))
    foot: tuple[Cell, ...] = (None, None, "ΣΥΝΟΛΟ", None, total)
    return workbook(SHEET, [(TITLE,), (), HEADER, *rows, rows[7], *FAULTS, (), foot])


def _good(streets: Sequence[Street], chance: Chance) -> Iterator[tuple[Cell, ...]]:
    for number in range(1, COUNT + 1):
        street, kind = chance.pick(streets), chance.weighed(KINDS)
        capacity = chance.whole(18, 90) if kind == "Υπαίθριος" else chance.whole(60, 420)
        free = kind == "Υπαίθριος" and chance.happens(0.5)
        lon, lat = street.at(chance.between(0, street.length), 18.0)
        yield (
            number,
            f"P-{number:03d}",
            f"Στάθμευση {street.name} {number}",
            kind,
            capacity,
            max(1, capacity // 25),
            capacity // 40 or None,
            street.name,
            str(chance.whole(1, 90)),
            "Δωρεάν" if free else "Με χρέωση",
            None if free else f"{chance.pick((1.5, 2.0, 2.5, 3.0, 4.0)):.2f}".replace(".", ","),
            None if kind == "Υπαίθριος" else chance.pick((1.9, 2.0, 2.1, 2.2)),
            "24/7" if free else chance.pick(("Mo-Sa 07:00-23:00", "Mo-Su 06:00-24:00", "24/7")),
            OPERATORS[0] if free else chance.pick(OPERATORS),
            chance.weighed({"Σε λειτουργία": 94.0, "Κλειστός": 4.0, "Υπό κατασκευή": 2.0}),
            EXCEL_2010 + chance.whole(0, 5400),
            lon,
            lat,
        )
