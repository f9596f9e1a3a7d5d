"""Lengths of time: `6 μήνες` in ISO 8601, and the same day so many months later."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

ISO = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?)?")
WORDS = {
    "Y": ("έτος", "έτη", "χρόνος", "χρόνια", "year", "years"),
    "M": ("μήνας", "μήνες", "month", "months"),
    "W": ("εβδομάδα", "εβδομάδες", "week", "weeks"),
    "D": ("ημέρα", "ημέρες", "μέρα", "μέρες", "day", "days"),
}
COUNTED = re.compile(r"(\d{1,4})\s+(\w+)")


def iso(text: str) -> str | None:
    """The length in ISO 8601 (``P6M``), from that or from ``6 μήνες``; nothing when the text is none."""
    plain = text.strip()
    if ISO.fullmatch(plain.upper()):
        return plain.upper()
    found = COUNTED.fullmatch(plain.lower())
    unit = next((sign for sign, words in WORDS.items() if found and found[2] in words), None)
    return f"P{int(found[1])}{unit}" if found and unit else None


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
