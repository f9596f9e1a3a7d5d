"""Say a moment as a reader of either language writes it: `7 Μαΐου 2026, 14:05`, `7 May 2026, 14:05`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ckan.lib.formatters import localised_nice_date
from ckan.plugins import toolkit as tk

ISO = "%Y-%m-%dT%H:%M:%S%z"
MOMENT = "d MMMM y, HH:mm"


@tk.chained_helper
def render_datetime(
    core: Callable[..., str],
    datetime_: datetime | str | None,
    date_format: str | None = None,
    with_hours: bool = False,
    with_seconds: bool = False,
) -> str:
    """CKAN's helper, with the day before the month and the calendar's year.

    CKAN 2.12.0 shows hours by the pattern ``MMMM d, YYYY``: "Μαΐου 7, 2026", and, ``YYYY`` being the
    year of the week, a wrong year around New Year. Every other form is CKAN's own.

    Args:
        datetime_: a moment, or its ISO text; without a zone it is UTC.

    Returns:
        The moment in the site's display zone, or "" when it is no date.
    """
    if date_format or with_seconds or not with_hours:
        return core(datetime_, date_format, with_hours, with_seconds)
    iso = core(datetime_, date_format=ISO)
    if not iso:
        return ""
    moment = datetime.strptime(iso, ISO)
    return localised_nice_date(moment, show_date=True, with_hours=True, format=MOMENT)
