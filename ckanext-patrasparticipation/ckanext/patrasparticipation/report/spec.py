"""What the report counts: by which days a record belongs to a period, and by what its kind is split."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counted:
    """A type of record in the report.

    Args:
        days: the fields of which one must lie in the period; the first also gives the month.
        status: the facet that says how far a record has come.
        sums: numbers of the records that are added up, where they were reported.
    """

    days: tuple[str, ...]
    status: str
    sums: tuple[str, ...] = ()


COUNTED = {
    "consultation": Counted(
        days=("open_date", "close_date", "report_date"),
        status="consultation_status",
        sums=("participants", "contributions", "proposals", "votes"),
    ),
    "initiative": Counted(
        days=("start_date", "end_date"),
        status="initiative_status",
        sums=("participants_total", "volunteers_total", "volunteer_hours"),
    ),
    "works_project": Counted(
        days=("actual_start_date", "actual_end_date", "planned_start_date"),
        status="project_status",
        sums=("budget_approved", "contract_value", "amount_paid"),
    ),
    "citizen_group": Counted(days=("metadata_created",), status="group_status"),
    "indicator": Counted(days=("metadata_created",), status="indicator_kind"),
}
MONEY = ("budget_approved", "contract_value", "amount_paid")
"""Sums of euros; amounts in another currency are not added to them."""
SPLITS = ("vocab_activity_field", "vocab_municipal_unit", "organization")
"""Facets that every type is split by, besides its status and the month."""
