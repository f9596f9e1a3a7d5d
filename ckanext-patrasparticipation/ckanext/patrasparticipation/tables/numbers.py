"""What a table is held against besides its rows: how small a number its record allows, what it states."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan import model

from ..schemas.definitions import Feed

USUAL, CAREFUL = 5, 10
DELICATE: Mapping[str, frozenset[str]] = {
    "theme": frozenset({"HEAL"}),
    "activity_field": frozenset({"health", "children_youth", "social_solidarity"}),
    "target_groups": frozenset({"children", "youth", "low_income", "homeless", "unemployed"}),
}
"""Health, minors, poverty: codes of a record whose tables show no number below ten."""


def k(package: model.Package | None) -> int:
    """The smallest number of people that a table of the record shows: what it says, at least 5 or 10."""
    extras: Mapping[str, Any] = package.extras if package else {}
    delicate = any(codes & set(_codes(extras.get(name))) for name, codes in DELICATE.items())
    said = _number(extras.get("k_threshold"))
    return max(CAREFUL if delicate else USUAL, int(said or 0))


def stated(package: model.Package | None, feed: Feed) -> dict[str, float]:
    """The numbers of the record that a table must agree with, by field."""
    extras: Mapping[str, Any] = package.extras if package else {}
    names = [check.options["field"] for check in feed.checks if check.kind == "total_of_record"]
    found = {name: _number(extras.get(name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def asked(content: Mapping[str, Any], feed: Feed, package: model.Package | None) -> dict[str, Any]:
    """The same in the words of a source's definition."""
    said = {**content.get("small_numbers", {}), "k": k(package)}
    return {"small_numbers": said, "record_says": stated(package, feed)}


def _number(value: Any) -> float | None:
    """A number as a record keeps it; nothing where there is none."""
    try:
        return float(value) if value not in (None, "") else None
    except (TypeError, ValueError):
        return None


def _codes(value: Any) -> list[str]:
    """One code, or a JSON list of them."""
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
