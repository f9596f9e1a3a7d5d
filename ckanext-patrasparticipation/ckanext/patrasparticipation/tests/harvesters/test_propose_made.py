"""Proposals for small files made here: names, labels, units, types, position, key."""

from __future__ import annotations

from pathlib import Path

from ckanext.patrasparticipation.harvesters.propose import Proposal, Wish, propose
from ckanext.patrasparticipation.schemas import load

HEADER = (
    "Κωδικός;Οδός;Ισχύς (W);Θερμοκρασία [°C];Επιφάνεια τ.μ.;Τηλέφωνο;Ενεργό;Ημ/νία;Γεωγρ. Μήκος;Γεωγρ. Πλάτος"
)


def proposed(folder: Path, text: str | bytes, name: str = "a.csv", wish: Wish = Wish()) -> Proposal:
    path = folder / "upload"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return propose(path, name, wish, feeds=load.feeds(), previous=None, folder=folder)


def test_a_greek_file_becomes_a_table(tmp_path: Path) -> None:
    rows = [
        f"Φ{n:03};Οδός {n % 7};{70 + n};{20 + n},5;1.{n:03},50;2610{n:06};{'ναι' if n % 2 else 'όχι'};"
        f"{1 + n % 28:02}/03/2020;21,7{n:03};38,2{n:03}"
        for n in range(60)
    ]
    found = proposed(tmp_path, "\n".join([HEADER, *rows, ""]))
    assert {column.name: column.type for column in found.columns} == {
        "kodikos": "text",
        "odos": "text",
        "ischys_w": "integer",
        "thermokrasia_c": "number",
        "epifaneia_m2": "number",
        "tilefono": "text",
        "energo": "boolean",
        "im_nia": "date",
        "lon": "point",
        "lat": "point",
    }
    assert found.key == "kodikos"
    assert found.content["reader"]["decimal"] == ","
    assert found.columns[2].label == {"el": "Ισχύς", "en": "Power"}
    assert found.columns[2].unit == "W"
