"""The search that the address of the page being read holds, for the other helpers."""

from __future__ import annotations

from babel.dates import format_date
from ckan.plugins import toolkit as tk
from flask import request

from ..search import address, period
from .numbers import language


def now() -> address.Pairs:
    """What the search is, without its page."""
    return address.state(request.args.items(multi=True))


def at(pairs: address.Pairs) -> str:
    """The address of a search on this page."""
    return address.joined(tk.h.url_for(request.endpoint, **(request.view_args or {})), pairs)


def told(asked: period.Period) -> str:
    """The period in words; nothing where none is asked or it is none."""
    if asked.problems or not (asked.first or asked.last):
        return ""
    days = {
        name: format_date(day, "d MMMM yyyy", locale=language()) if day else ""
        for name, day in (("first", asked.first), ("last", asked.last))
    }
    if not asked.last:
        return str(tk._("since {first}").format(**days))
    return str((tk._("{first} to {last}") if asked.first else tk._("until {last}")).format(**days))
