"""Values of a record as the reader's language writes them: days, spans of days, money, measures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_interval
from babel.numbers import format_currency, format_decimal, format_percent
from ckan.plugins import toolkit as tk

from .. import clock
from ..helpers.numbers import language, moment, written_day
from ..records import reader, translated

DAY_FIRST = {"en": "en_GB"}
"""The locale that writes the day before the month, where the language's own does not."""
BEFORE, CLOSE = ("€",), ("%", "‰")
"""Units that English writes before their number, and those that no language parts from it."""


def today() -> date:
    """The day in the city."""
    found = moment(clock.now())
    assert found
    return found.date()


def day(value: Any) -> date | None:
    """An ISO day, or the day of an ISO moment; nothing for anything else."""
    try:
        return datetime.fromisoformat(str(value or "")).date()
    except ValueError:
        return None


def is_ahead(value: Any) -> bool:
    """Whether a day is still to come; what is no day is not."""
    found = day(value)
    return found is not None and found > today()


def number(value: Any) -> float | None:
    """A finite number, given as one or as its plain text; nothing for anything else."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def told_day(value: Any) -> str:
    """``7 Μαΐου 2026``, ``7 May 2026``; what is no day stays as it is."""
    found = day(value)
    return written_day(found) if found else str(value or "")


def told_span(start: Any, end: Any) -> str:
    """``3–7 Μαρτίου 2025``, ``από 3 Μαρτίου 2025``, ``έως 7 Μαρτίου 2025``, or nothing."""
    first, last = day(start), day(end)
    if first and last and last > first:
        return str(format_interval(first, last, "yMMMMd", locale=DAY_FIRST.get(language(), language())))
    if first and last:
        return told_day(start)
    if first:
        sentence = tk._("from {first}") if is_ahead(start) else tk._("since {first}")
        return str(sentence.format(first=told_day(start)))
    return str(tk._("until {last}").format(last=told_day(end))) if last else ""


def told_days(days: int) -> str:
    """``1 ημέρα``, ``1.240 ημέρες``."""
    words = tk.ungettext("{number} day", "{number} days", days)
    return str(words.format(number=told_number(days)))


def told_number(value: Any, unit: str = "") -> str:
    """``2.986``, ``4,1 m²``, ``24%``; nothing for what is no number."""
    found = number(value)
    if found is None:
        return ""
    text = format_decimal(found, "#,##0.####" if abs(found) < 1 else "#,##0.##", locale=language())
    if unit in BEFORE and language() == "en":
        return f"{unit}{text}"
    gap = "" if not unit or unit in CLOSE else "\N{NO-BREAK SPACE}"
    return f"{text}{gap}{unit}"


def told_money(value: Any, currency: Any = "EUR") -> str:
    """``5.525,00 €``, ``€5,525.00``; whole tens of thousands and more without cents."""
    found = number(value)
    if found is None:
        return ""
    whole = found.is_integer() and found >= 10_000
    digits = "#,##0" if whole else "#,##0.00"
    pattern = f"¤{digits}" if language() == "en" else f"{digits} ¤"
    code = str(currency or "EUR")
    return str(format_currency(found, code, pattern, locale=language(), currency_digits=False))


def told_share(share: float | None) -> str:
    """A share between 0 and 1 as ``53,2%``; nothing for nothing."""
    return "" if share is None else str(format_percent(share, "#,##0.#%", locale=language()))


def text(record: Mapping[str, Any], name: str) -> dict[str, str]:
    """A translated text: ``{"text", "other"}``; ``other`` is its language where that is not the reader's."""
    value = translated.parse(record.get(f"{name}{translated.SUFFIX}")) or record.get(name) or ""
    chosen = reader.language()
    read = translated.language_read(value, chosen)
    return {"text": translated.in_language(value, chosen), "other": "" if read == chosen else read}


def rows(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The parts of a repeating field; none where the field holds something else."""
    value = record.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def terms(pairs: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """``[{"term", "told"}]`` of those that have something to tell."""
    return [{"term": term, "told": told} for term, told in pairs if told]


def tag(words: str, kind: str = "mute") -> dict[str, str]:
    """A badge: its words, and ``open``, ``late``, ``mute`` or nothing for the ordinary one."""
    return {"words": words, "kind": kind}


def diavgeia(row: Mapping[str, Any]) -> str:
    """Where a decision can be read: its own address, else that of its number."""
    ada = str(row.get("ada") or "")
    return str(row.get("url") or "") or (f"https://diavgeia.gov.gr/doc/{ada}" if ada else "")
