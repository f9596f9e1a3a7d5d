"""The rule that keeps small counts of people out of the catalogue: below the threshold k nothing is stored."""

from __future__ import annotations

import json

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.logic.validators import flat

COUNTS = ("participants_total", "beneficiaries_distinct", "enrolments_total", "volunteers_total")
"""Counts of people; the vocabulary ``suppressed_count`` has the same names."""
SUPPRESSED = "suppressed_counts"
LEAST, LEAST_SENSITIVE = 5, 10  # persons
SENSITIVE = {
    "activity_field": {"health", "children_youth"},
    "target_groups": {"children", "low_income", "homeless"},
    "initiative_type": {"telehealth", "tutoring"},
}
"""What tells of health, minors or poverty, where ten persons are the least that is shown."""


def least_k(data: FlattenDataDict) -> int:
    """The smallest count of people that a record may show: its own threshold, and at least the law's."""
    found = {name: {flat.text(data, name), *flat.codes(data, name)} for name in SENSITIVE}
    least = LEAST_SENSITIVE if any(found[name] & codes for name, codes in SENSITIVE.items()) else LEAST
    own = data.get(("k_threshold",))
    return max(least, own) if isinstance(own, int) else least


def participation_counts_large_enough(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Empty a count of 1 to k-1 persons and note its name in ``suppressed_counts``; zero stays.

    Raises an error instead where the distinct beneficiaries are more than the enrolments.
    """
    given = {name: int(value) for name in COUNTS if (value := flat.text(data, name)).isdigit()}
    if given.get("beneficiaries_distinct", 0) > given.get("enrolments_total", float("inf")):
        message = tk._("There are more distinct beneficiaries than enrolments: check the two numbers")
        flat.refuse(errors, ("beneficiaries_distinct",), message)
        return
    k = least_k(data)
    small = [name for name, count in given.items() if 0 < count < k]
    for name in small:
        flat.put(data, name, None)
    noted = {name for name in flat.codes(data, SUPPRESSED) if name not in given}.union(small)
    if not errors.get((SUPPRESSED,)):
        kept = [name for name in COUNTS if name in noted]
        flat.put(data, SUPPRESSED, json.dumps(kept) if kept else None)
