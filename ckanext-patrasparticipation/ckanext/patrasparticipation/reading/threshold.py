"""The smallest number of rows of a table that an answer shows: k, or none where rows are not about people."""

from __future__ import annotations

import json
from typing import Any

from ckan import model

from ..tables import roles

USUAL = 5
ABOUT_PEOPLE = frozenset({"anonymised", "personal_data_with_basis", "restricted"})
"""Levels of ``privacy_level`` whose rows stand for people; those of aggregates are numbers already."""

MEASURES = frozenset({"k_anonymity", "cell_suppression"})
"""Values of ``privacy_note`` that promise that small numbers are not shown."""


def of(resource: model.Resource) -> int:
    """k, or 0: the resource's ``min_cell``, else the dataset's ``k_threshold``, else 5 for rows of people.

    The rows of a role with fixed columns are not people.
    """
    given = _number((resource.extras or {}).get("min_cell"))
    if given is not None:
        return given
    if roles.feed_of((resource.extras or {}).get(roles.NAME)):
        return 0  # its rows are numbers already, and passed the look at small ones
    dataset = dict(resource.package.extras)
    given = _number(dataset.get("k_threshold"))
    if given is not None:
        return given
    promised = MEASURES & set(_codes(dataset.get("privacy_note")))
    return USUAL if promised or dataset.get("privacy_level") in ABOUT_PEOPLE else 0


def _number(value: Any) -> int | None:
    """A whole number, or nothing; what is set but no number is taken for the usual, never for none."""
    if value in (None, ""):
        return None
    return int(str(value)) if str(value).isdecimal() else USUAL


def _codes(value: Any) -> list[str]:
    try:
        found = json.loads(value or "[]")
    except (TypeError, ValueError):
        found = value
    return [str(code) for code in found] if isinstance(found, list) else [str(found)]
