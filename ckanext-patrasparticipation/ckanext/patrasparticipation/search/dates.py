"""Which texts CKAN's index takes for a date: full ISO dates and moments, and no others.

CKAN hands every ``*_date`` to dateutil, before any plugin sees it. That guesses (``2024`` becomes a day of
2024, ``05/06/2024`` the 6th of May) and breaks the save: a number of forty digits or a list is an error that
nobody catches, and a moment of another time zone is refused by Solr. What is no date is left out of the
date field; CKAN does that by itself for whatever raises ``DateParserError``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from ckan.lib.search import index
from ckan.lib.search.index import DateParserError

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def install() -> None:
    """Make CKAN's index read dates with ``read``; doing it twice is doing it once."""
    index.parse = read


def read(value: Any) -> datetime:
    """The moment in UTC, without a zone: CKAN appends the ``Z`` that Solr asks for.

    Raises:
        DateParserError: the value is no full ISO date or moment.
    """
    if not isinstance(value, str) or not ISO.fullmatch(value.strip()):
        raise DateParserError("no full ISO date: %s", str(value)[:100])
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:  # the 30th of February; a zone that leaves the year 9999
        raise DateParserError("no day of the calendar: %s", str(value)[:100]) from error
