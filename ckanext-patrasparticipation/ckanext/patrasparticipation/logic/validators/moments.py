"""Validators of times of day and of moments, both in Athens."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock

TIME = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(:[0-5]\d)?")
GREEK_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def greek_day(text: str) -> str:
    """The text with a leading ``13/11/2023`` turned into ``2023-11-13``; other texts as they are."""
    found = GREEK_DAY.match(text)
    if not found:
        return text
    day, month, year = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}{text[found.end() :]}"


def participation_time(value: Any) -> str:
    """Accept a time of day, ``HH:MM``; ``24:00`` is the end of the day and is kept so."""
    text = str(value).strip()
    found = TIME.fullmatch(text)
    if not found or (found[1] == "24" and found[2] != "00"):
        raise tk.Invalid(tk._("'{value}' is not a time of day like 14:30").format(value=text[:40]))
    return f"{int(found[1]):02}:{found[2]}"


def participation_datetime(value: Any) -> str:
    """Accept a moment; gives Athens' clock, ``2026-05-01T18:00``.

    A moment with a zone is brought to Athens; one without is meant there. A day alone stays a day.
    """
    text = greek_day(re.sub(r"\s*[|,]?\s+(?=\d{1,2}[:.])", "T", str(value).strip()))
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.fromisoformat(text).date().isoformat()
        found = datetime.fromisoformat(_with_hour(text))
    except ValueError as problem:
        message = tk._("'{value}' is not a moment like 2026-05-01 18:00")
        raise tk.Invalid(message.format(value=str(value)[:40])) from problem
    if found.tzinfo is not None:
        found = found.astimezone(clock.CITY)
    return found.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def _with_hour(text: str) -> str:
    """``2026-05-01T9.30`` as ISO has it."""
    day, sign, hour = text.partition("T")
    found = TIME.fullmatch(hour)
    if not sign or not found:
        return text
    return f"{day}T{time(int(found[1]) % 24, int(found[2])).isoformat()}"
