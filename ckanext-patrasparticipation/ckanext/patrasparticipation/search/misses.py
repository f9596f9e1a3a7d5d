"""Words that found nothing, so that staff see which synonyms are missing; never who asked for them.

Kept are the words, the day and how often. Not kept: address, user, session, moment, the other filters. What
may be a person's data is dropped before it is written: an e-mail address, five or more digits in a row
(telephone, tax and social security number, account), a number plate, more than a hundred letters. A name
looks like any other word; so staff are shown only what was asked at least twice, and every row goes after
some days (``search_miss_days``). A flood cannot fill the table: a day takes ``MOST`` different words.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.exc import SQLAlchemyError

from .. import clock, config
from ..model import SearchMiss
from . import words

MOST = 2000
"""Different words that one day takes."""
LONGEST = 100
SHOWN_FROM = 2
"""How often words must have been asked for before anybody is shown them."""

_SIGNS = r"[\s.,/()+\-–_]*"
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLATE = "[ABEZHIKMNOPTYXΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]"
PERSONAL = (
    re.compile(r"@|://|\bwww\."),
    re.compile(rf"(?:\d{_SIGNS}){{5,}}"),
    re.compile(rf"(?<!\w){_PLATE}{{3}}[\s-]?\d{{2,4}}(?!\w)", re.IGNORECASE),
)
"""Addresses; numbers of people, however they are grouped; number plates."""

_UPSERT = sa.text("""
INSERT INTO participation_search_miss AS m (day, words, count, closest)
SELECT :day, :words, 1, :closest
WHERE (SELECT count(*) FROM participation_search_miss WHERE day = :day) < :most
   OR EXISTS (SELECT FROM participation_search_miss WHERE day = :day AND words = :words)
ON CONFLICT (day, words) DO UPDATE SET count = m.count + 1, closest = excluded.closest
""")

log = logging.getLogger(__name__)


def note(typed: str, stage: str) -> None:
    """Remember that the words found nothing exactly; ``stage`` is where the search ended.

    The search goes on whatever happens here: the row is written by a connection of its own, which waits half
    a second at most, and a database that refuses is logged, without the words.

    Args:
        typed: what the reader typed.
        stage: ``close`` or ``any`` when a looser look found something, ``exact`` when nothing did.
    """
    kept = tidy(typed)
    if not kept:
        return
    row = {"day": clock.now().date(), "words": kept, "closest": stage != "exact", "most": MOST}
    try:
        with model.Session.get_bind().engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL statement_timeout = '500ms'"))
            connection.execute(_UPSERT, row)
    except SQLAlchemyError as error:
        log.warning("words that found nothing were not noted: %s", type(error).__name__)


def tidy(typed: str) -> str | None:
    """The words as they are kept: one blank between them, lower case, no accents; none if not kept."""
    text = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in typed[:4000])
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if is_personal(text) or not 2 <= len(text) <= LONGEST:
        return None
    folded = words.fold(" ".join(re.findall(r"\w+(?:[.&'’-]\w+)*", text)))
    return re.sub(r"σ\b", "ς", folded) or None


def is_personal(text: str) -> bool:
    """Whether the text may be a person's number or address; two years beside each other are none."""
    return any(pattern.search(_YEARS.sub(" ", text)) for pattern in PERSONAL)


def most_asked(days: int, limit: int = 100) -> list[dict[str, Any]]:
    """What was asked at least twice in the last days, the most frequent first.

    Returns:
        for each: ``words``, ``count``, ``closest`` (whether the last time something near was found) and
        ``last`` (the last day, ISO).
    """
    since = clock.now().date() - timedelta(days=days)
    count, last = sa.func.sum(SearchMiss.count), sa.func.max(SearchMiss.day)
    newest = sa.func.array_agg(aggregate_order_by(SearchMiss.closest, SearchMiss.day.desc()))
    rows = (
        model.Session.query(
            SearchMiss.words, count.label("times"), last.label("last"), newest.label("closest")
        )
        .filter(SearchMiss.day > since)
        .group_by(SearchMiss.words)
        .having(count >= SHOWN_FROM)
        .order_by(count.desc(), SearchMiss.words)
        .limit(limit)
    )
    return [
        {"words": row.words, "count": int(row.times), "closest": row.closest[0], "last": row.last.isoformat()}
        for row in rows
    ]


def forget(before: date | None = None) -> int:
    """Delete what is older than the days of ``search_miss_days``; gives how many rows went."""
    last = before or clock.now().date() - timedelta(days=config.search_miss_days())
    gone: int = (
        model.Session.query(SearchMiss).filter(SearchMiss.day < last).delete(synchronize_session=False)
    )
    model.Session.commit()
    return gone
