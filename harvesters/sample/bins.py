"""Waste bins as a municipal office exports them: semicolons, decimal commas, windows-1253, the day first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from .chance import Chance
from .ground import Street

NAME = "bins.csv"
STEP_M = 42
HEADER = (
    "Κωδικός", "Είδος", "Ρεύμα", "Χωρητικότητα (λίτρα)", "Υλικό", "Οδός", "Αριθμός", "Γεωγραφικό μήκος",
    "Γεωγραφικό πλάτος", "Ημέρες αποκομιδής", "Κατάσταση", "Ημερομηνία τοποθέτησης", "Παρατηρήσεις",
)  # fmt: skip
STREAMS = {"Σύμμεικτα": 62.0, "Ανακύκλωση": 28.0, "Βιοαπόβλητα": 7.0, "Γυαλί": 3.0}
KINDS = {"Τροχήλατος": 88.0, "Υπόγειος": 7.0, "Κώδωνας": 5.0}
LITRES = {"Τροχήλατος": ("1.100", "660", "360", "240"), "Υπόγειος": ("3.000", "5.000"), "Κώδωνας": ("1.300",)}
DAYS = ("Mo,We,Fr", "Tu,Th,Sa", "Mo,Tu,We,Th,Fr,Sa", "Mo,Th")
STATES = {"Σε χρήση": 94.0, "Φθαρμένος": 4.0, "Καμένος": 1.0, "Λείπει": 1.0}
NOTES = (
    "",
    "",
    "",
    "",
    "",
    "",
    "Δίπλα σε στάση",
    "Μπροστά από σχολείο",
    "Θέλει βάση",
    "Χωρίς καπάκι; να ελεγχθεί",
)
FAULTS = (
    "K90001;Τροχήλατος;Σύμμεικτα;1.100;Πλαστικό;Ερμού;3;21,7346;38,2466;Mo,We,Fr;Σε χρήση;31/02/2019;",
    "K90002;Βαρέλι;Σύμμεικτα;200;Μέταλλο;Ερμού;5;21,7347;38,2467;Mo,We,Fr;Σε χρήση;12/03/2019;",
    "K90003;Τροχήλατος;Σύμμεικτα;1,100 λ.;Πλαστικό;Ερμού;7;21,7348;38,2468;Mo,We,Fr;Σε χρήση;12/03/2019;",
    "K90004;Τροχήλατος;Σύμμεικτα;1.100;Πλαστικό;Ερμού;9;;;Mo,We,Fr;Σε χρήση;12/03/2019;",
    ";Τροχήλατος;Σύμμεικτα;1.100;Πλαστικό;Ερμού;11;21,7349;38,2469;Mo,We,Fr;Σε χρήση;12/03/2019;",
)
"""Rows that no catalogue should take: 31 February, a barrel, a unit in the number, no position, no code."""


def file(streets: Sequence[Street]) -> bytes:
    """The whole file; a few rows stand in it twice and a few are wrong."""
    chance = Chance("bins")
    lines = [_line(row) for row in _good(streets, chance)]
    again = [chance.pick(lines) for _ in range(21)]
    for line in (*again, *FAULTS):
        lines.insert(chance.whole(0, len(lines)), line)
    text = "\r\n".join([";".join(HEADER), *lines, ""])
    return text.encode("windows-1253")


def _line(row: Sequence[str]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="").writerow(row)
    return target.getvalue()


def _good(streets: Sequence[Street], chance: Chance) -> Iterator[tuple[str, ...]]:
    number = 0
    for street in streets:
        days = chance.pick(DAYS)
        for order, along in enumerate(range(20, int(street.length), STEP_M)):
            number += 1
            kind, (lon, lat) = chance.weighed(KINDS), street.at(along + chance.between(-5, 5), -5.5)
            yield (
                f"K{number:05d}",
                kind,
                "Γυαλί" if kind == "Κώδωνας" else chance.weighed(STREAMS),
                chance.pick(LITRES[kind]),
                "Μέταλλο" if kind == "Υπόγειος" else "Πλαστικό",
                street.name,
                str(2 * order + 1),
                _comma(lon),
                _comma(lat),
                days,
                chance.weighed(STATES),
                f"{chance.whole(1, 28):02d}/{chance.whole(1, 12):02d}/{chance.whole(2012, 2025)}",
                chance.pick(NOTES),
            )


def _comma(degrees: float) -> str:
    return f"{degrees:.6f}".replace(".", ",")
