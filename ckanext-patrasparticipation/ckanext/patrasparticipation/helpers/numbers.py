"""Numbers, sizes and moments as people write them in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from ckan.lib.helpers import get_display_timezone
from ckan.plugins import toolkit as tk
from markupsafe import Markup

from .. import clock

SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))
SPANS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def language() -> str:
    """The reader's language as babel names it: ``el``, ``en``."""
    return str(tk.h.lang() or "en")


def participation_number(value: float | int | None) -> str:
    """2986 -> ``2.986`` in Greek, ``2,986`` in English; nothing for nothing."""
    return "" if value is None else str(format_decimal(value, locale=language()))


def participation_size(size: int | None) -> str:
    """Bytes as a person reads them: 412345 -> ``412 KB``, 1200000 -> ``1,2 MB``."""
    if size is None:
        return ""
    for unit, name in SIZES:
        if size >= unit:
            digits = "#,##0" if size / unit >= 10 else "#,##0.#"
            return f"{format_decimal(size / unit, digits, locale=language())} {name}"
    return f"{participation_number(size)} B"


def moment(value: str | datetime | None) -> datetime | None:
    """An ISO text (UTC where it names no zone) as an aware moment in the site's time zone."""
    if not value:
        return None
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value.replace("Z", "+00:00"))
    aware = found if found.tzinfo else found.replace(tzinfo=timezone.utc)
    return aware.astimezone(get_display_timezone())


def written_day(day: date, locale: str | None = None) -> str:
    """A day in words, the reader's where no language is named: ``7 Μαΐου 2024``, ``7 May 2024``."""
    return str(format_date(day, "d MMMM yyyy", locale=locale or language()))


def participation_when(value: str | datetime | None) -> str:
    """``today 06:10``, ``yesterday 06:10``, ``tomorrow 06:00``, or the date, in the reader's language."""
    when = moment(value)
    if when is None:
        return ""
    today = clock.now().astimezone(when.tzinfo).date()
    time = format_time(when, "HH:mm", locale=language())
    if when.date() == today:
        return str(tk._("today {time}").format(time=time))
    if when.date() == today - timedelta(days=1):
        return str(tk._("yesterday {time}").format(time=time))
    if when.date() == today + timedelta(days=1):
        return str(tk._("tomorrow {time}").format(time=time))
    return written_day(when)


def participation_time(value: str | datetime | None) -> Markup:
    """The moment as a ``<time>`` element: relative to read, exact on hover and for machines."""
    when = moment(value)
    if when is None:
        return Markup("")
    exact = format_datetime(when, "EEEE d MMMM yyyy, HH:mm", locale=language())
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        when.isoformat(timespec="seconds"), exact, participation_when(value)
    )


def participation_span(seconds: float | None) -> str:
    """A length of time in its largest whole unit: 270000 -> ``3 days``."""
    seconds = max(int(seconds or 0), 60)
    unit, name = next((unit, name) for unit, name in SPANS if seconds >= unit)
    number = seconds // unit
    words = {
        "day": tk.ungettext("{number} day", "{number} days", number),
        "hour": tk.ungettext("{number} hour", "{number} hours", number),
        "minute": tk.ungettext("{number} minute", "{number} minutes", number),
    }[name]
    return str(words.format(number=participation_number(number)))
