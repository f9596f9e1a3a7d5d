"""What the home of participation tells: what is open, answered, unanswered, built, and numbers.

Each block is one search for whoever reads the page; the searches ask nothing that depends on the person.
"""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ..search.filters import QUIET
from . import words

SHOWN = 6
TYPES = ("consultation", "initiative", "citizen_group", "works_project", "indicator")
OPEN = (
    "(dataset_type:consultation AND consultation_status:open)"
    " OR (dataset_type:initiative AND application_status:open)"
)
ANSWERED = "dataset_type:consultation AND response_published_date:[* TO NOW/DAY+1DAY]"
UNANSWERED = "dataset_type:consultation AND closed_without_answer:true"
BUILT = "dataset_type:works_project AND project_status:completed"


def _search(fq: str, rows: int, sort: str = "", **more: Any) -> dict[str, Any]:
    asked = {
        "fq": f"+({fq})",
        "rows": rows,
        "extras": {QUIET: "1"},
        **({"sort": sort} if sort else {}),
        **more,
    }
    found: dict[str, Any] = tk.get_action("package_search")({}, asked)
    return found


def blocks() -> dict[str, Any]:
    """``{open, answered, unanswered, built}``, each ``{"count", "results"}``; ``numbers`` and ``types``."""
    return {
        "open": _search(OPEN, SHOWN, "close_date asc"),
        "answered": _search(ANSWERED, SHOWN, "response_published_date desc"),
        "unanswered": _search(UNANSWERED, SHOWN, "close_date desc"),
        "built": _search(BUILT, SHOWN, "actual_end_date desc"),
        "types": types(),
        "numbers": numbers(),
        "year": words.today().year,
    }


def types() -> dict[str, int]:
    """How many records of each type the reader may see."""
    asked = " OR ".join(TYPES)
    facets: dict[str, Any] = {"facet.field": ["dataset_type"], "facet.limit": -1}
    found = _search(f"dataset_type:({asked})", 0, **facets)
    counted = {item["name"]: item["count"] for item in found["search_facets"]["dataset_type"]["items"]}
    return {name: counted.get(name, 0) for name in TYPES}


def numbers() -> dict[str, int]:
    """The consultations that opened this year: how many, with an answer, with a decision."""
    year = words.today().year
    fields = ["has_decision", "consultation_status", "closed_without_answer"]
    fq = f"dataset_type:consultation AND open_date:[{year}-01-01T00:00:00Z TO {year}-12-31T23:59:59Z]"
    asked: dict[str, Any] = {"facet.field": fields, "facet.limit": -1}
    found = _search(fq, 0, **asked)
    facets = {
        name: {item["name"]: item["count"] for item in found["search_facets"][name]["items"]}
        for name in fields
    }
    stages = facets["consultation_status"]
    return {
        "asked": found["count"],
        "open": stages.get("open", 0),
        "answered": sum(stages.get(stage, 0) for stage in ("reported", "decided", "implemented")),
        "decided": facets["has_decision"].get("true", 0),
        "unanswered": facets["closed_without_answer"].get("true", 0),
    }
