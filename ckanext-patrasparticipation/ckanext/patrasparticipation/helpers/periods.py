"""The fields of the search form for place and period: what was given, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.spatial.lib import normalize_bbox
from flask import request

from .. import clock
from ..search import address, period
from . import here
from .numbers import moment

YEARS = 5  # of the longest period that one click chooses


def participation_problems() -> dict[str, str]:
    """What is wrong with a field of the form, by the end of the field's id."""
    problems = dict(period.read(request.args).problems)
    place = request.args.get(address.PLACE, "")
    if place and not normalize_bbox(place):
        problems["place"] = tk._(
            "“{value}” is not a place. Expected west,south,east,north in degrees, or a choice from the list."
        ).format(value=place[: period.SHOWN])
    return problems


def participation_period() -> dict[str, Any]:
    """The period fields: what was given, what is wrong with it, and periods to choose with one click."""
    now = here.now()
    today = moment(clock.now())
    year = today.year if today else 0
    spans = [(str(year), year, year), (str(year - 1), year - 1, year - 1)]
    spans.append((f"{year - YEARS + 1}–{year}", year - YEARS + 1, year))
    presets = []
    for label, first, last in spans:
        days = {address.FROM: f"{first}-01-01", address.TO: f"{last}-12-31"}
        active = all(pair in now for pair in days.items())
        pairs = address.without(now, *days) if active else address.changed(now, **days)
        presets.append({"label": label, "active": active, "url": here.at(pairs)})
    return {
        "first": request.args.get(address.FROM, ""),
        "last": request.args.get(address.TO, ""),
        "problems": dict(period.read(request.args).problems),
        "presets": presets,
    }
