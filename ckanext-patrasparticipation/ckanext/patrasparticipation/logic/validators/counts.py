"""The rule that keeps small counts of people out of the catalogue: below the threshold k none is stored."""

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
    """The smallest count of people that a record of this subject may show."""
    found = {name: {flat.text(data, name), *_codes(data, name)} for name in SENSITIVE}
    return LEAST_SENSITIVE if any(found[name] & codes for name, codes in SENSITIVE.items()) else LEAST


def _codes(data: FlattenDataDict, name: str) -> list[str]:
    return flat.codes(data, name) if flat.text(data, name).startswith("[") else []


def _threshold(data: FlattenDataDict, errors: FlattenErrorDict) -> int:
    """The record's own threshold, when it has one that is high enough; else the least for its subject."""
    least, own = least_k(data), data.get(("k_threshold",))
    if not isinstance(own, int):
        return least
    if LEAST <= own < least:
        message = tk._("The record is about health, minors or poverty: the threshold is at least {least}")
        flat.refuse(errors, ("k_threshold",), message.format(least=least))
    return max(least, own)


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
    k = _threshold(data, errors)
    small = [name for name, count in given.items() if 0 < count < k]
    for name in small:
        flat.put(data, name, None)
    noted = {name for name in flat.codes(data, SUPPRESSED) if name not in given}.union(small)
    if not errors.get((SUPPRESSED,)):
        kept = [name for name in COUNTS if name in noted]
        flat.put(data, SUPPRESSED, json.dumps(kept))
