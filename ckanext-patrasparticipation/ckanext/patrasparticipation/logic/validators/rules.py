"""Rules about two fields of a record.

They belong in ``after_validators``: CKAN validates fields in alphabetical order, so a rule about two
fields can trust neither of them until all have been read.
"""

from __future__ import annotations

import json
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.records import place

WHOLE = "3701"  # the code of the whole municipality, under which every community lies
EXPLAINED = ("aggregated", "anonymised")  # privacy levels that owe a reader their measures
LEAST_K = 5  # persons


def participation_period_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a period that ends before it starts; the same day is fine."""
    start, end = data.get(("temporal_start",)), data.get(("temporal_end",))
    if not (isinstance(start, str) and isinstance(end, str)) or errors.get(("temporal_end",)):
        return
    if end < start:  # ISO dates sort as text
        errors.setdefault(("temporal_end",), []).append(tk._("The period cannot end before it starts"))


def participation_place_in_city(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a place outside the city's box, unless the record says that it is about somewhere else.

    The box is the union of the city's units and a margin.
    """
    value, units = data.get(("spatial",)), data.get(("municipal_unit",))
    if not isinstance(value, str) or not value or errors.get(("spatial",)):
        return
    bounds = place.city_box()
    if bounds is None or (isinstance(units, str) and place.OUTSIDE in units):
        return
    if not place.touches(place.geometry(json.loads(value)), bounds):
        errors.setdefault(("spatial",), []).append(
            tk._("The place lies outside the city's box ({bounds})").format(
                bounds=", ".join(f"{degrees:.2f}" for degrees in bounds)
            )
        )


def participation_community_in_unit(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a community outside the units that were chosen; its code begins with its unit's."""
    units = _codes(data.get(("municipal_unit",)))
    strays = [code for code in _codes(data.get(("community",))) if not code.startswith(tuple(units))]
    if strays and WHOLE not in units:
        errors.setdefault(("community",), []).append(
            tk._("'{value}' does not lie in the municipal units chosen").format(value=", ".join(strays))
        )


def participation_privacy_explained(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask of data about people what was done to them, and for a threshold of at least five persons."""
    if data.get(("privacy_level",)) in EXPLAINED and not _codes(data.get(("privacy_note",))):
        errors.setdefault(("privacy_note",), []).append(
            tk._("Say what was done so that nobody can be recognised")
        )
    threshold = data.get(("k_threshold",))
    if isinstance(threshold, int) and threshold < LEAST_K:
        errors.setdefault(("k_threshold",), []).append(
            tk._("The threshold is {given}, at least {least} is needed").format(
                given=threshold, least=LEAST_K
            )
        )


def _codes(value: Any) -> list[str]:
    """The codes of a stored list; nothing of a field that was left out or refused."""
    try:
        codes = json.loads(value) if isinstance(value, str) else []
    except (ValueError, RecursionError):
        return []
    return [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
