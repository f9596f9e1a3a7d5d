"""The report's numbers, of public records alone: one question to the index for each type of record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import definitions
from ckanext.patrasparticipation.report.spec import COUNTED, MONEY, SPLITS, Counted
from ckanext.patrasparticipation.syndication import ask

MOST = 5_000
"""Records of one type whose numbers are added up; the counts are of all."""
MOST_ITEMS = 100


def report(first: date, last: date, types: Iterable[str]) -> dict[str, Any]:
    """The numbers of each type, in the shape of the action ``participation_report``."""
    return {name: _of_type(name, COUNTED[name], first, last) for name in types if definitions.of(name)}


def _of_type(name: str, counted: Counted, first: date, last: date) -> dict[str, Any]:
    wanted = f"+dataset_type:{name} +({_days(counted, first, last)})"
    fields = [counted.status, *SPLITS]
    asked = {"fq": wanted, "rows": 0, "facet.field": fields, "facet.limit": MOST_ITEMS}
    answer = tk.get_action("package_search")({"user": ""}, asked)
    by = {field: _items(answer["search_facets"].get(field, {})) for field in fields}
    records = list(ask.public(wanted, MOST)) if answer["count"] else []
    return {
        "total": answer["count"],
        "by": by,
        "months": _months(records, counted.days[0], first, last),
        "sums": {field: _sum(records, field) for field in counted.sums},
    }


def _days(counted: Counted, first: date, last: date) -> str:
    """A record belongs to the period when one of its days does."""
    end = last + timedelta(days=1)
    return " OR ".join(f"{day}:[{first}T00:00:00Z TO {end}T00:00:00Z}}" for day in counted.days)


def _items(facet: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = (
        {"name": one["name"], "label": one["display_name"], "count": one["count"]}
        for one in facet.get("items", ())
    )
    return sorted(items, key=lambda one: (-one["count"], one["label"]))


def _months(records: Iterable[Mapping[str, Any]], day: str, first: date, last: date) -> list[dict[str, Any]]:
    """How many records began in each month of the period, months without any included."""
    found = Counter(str(record.get(day) or "")[:7] for record in records)
    month, months = first.replace(day=1), []
    while month <= last:
        months.append({"name": f"{month:%Y-%m}", "count": found.get(f"{month:%Y-%m}", 0)})
        month = (month + timedelta(days=32)).replace(day=1)
    return months


def _sum(records: Iterable[Mapping[str, Any]], field: str) -> dict[str, Any]:
    """The sum of what was reported and by how many; an unknown number is no zero."""
    if field in MONEY:
        records = [record for record in records if (record.get("currency") or "EUR") == "EUR"]
    given = [Decimal(str(record[field])) for record in records if isinstance(record.get(field), int | float)]
    total = sum(given, Decimal(0))
    value = int(total) if total == total.to_integral_value() else float(total)
    return {"value": value if given else None, "reported_by": len(given)}
