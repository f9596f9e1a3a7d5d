"""The page that leads from each wish behind the participation half to its tests and to where it is seen."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "ckanext-patrasparticipation" / "ckanext" / "patrasparticipation" / "tests"
FILE = Path(__file__).with_suffix(".yaml")
NAMED = re.compile(r"^ *def (test_rows?_(\d{3}(?:_(?:to_|and_)?\d{3})*)\w*)", re.MULTILINE)
HEAD = """# Wishes

Each row is something that the documents behind this catalogue ask for: C is the core, N is natural for a
catalogue, D is another product of which the catalogue takes a share. A test is named by its row.
"""


def wishes() -> dict[int, dict[str, Any]]:
    """The rows, by number."""
    found: dict[int, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def tests() -> dict[int, list[str]]:
    """The tests of each row, as ``file: name``; a test may name several rows, or the first and the last."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name, numbers in NAMED.findall(path.read_text(encoding="utf-8")):
            for row in _rows(numbers):
                found[row].append(f"`{path.relative_to(TESTS)}`: {name}")
    return found


def _rows(text: str) -> list[int]:
    numbers = [int(one) for one in re.findall(r"\d{3}", text)]
    return list(range(numbers[0], numbers[1] + 1)) if "_to_" in text else numbers


def page(made: str) -> str:
    """The page in Markdown; ``made`` is the note at its top."""
    known, lines = tests(), [made, HEAD]
    lines.append("| row | | what | where | tests | not built |\n|---|---|---|---|---|---|")
    for row, wish in wishes().items():
        named = "<br>".join(known.get(row, [])) or wish.get("tests", "")
        cells = (
            str(row),
            wish["class"],
            wish["about"],
            _where(wish.get("see", "")),
            named,
            wish.get("left", ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _where(text: str) -> str:
    return f"`{text}`" if text.startswith("/") or text.startswith("participation_") else text
