"""What a record is at this moment: worked out from its fields and the clock, never typed, never stored.

One module per record type with two pure functions: ``values(record, now)`` gives exactly the type's computed
fields, ``next_change(record, now)`` the next moment at which one of them changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from datetime import datetime
from types import ModuleType
from typing import Any

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import definitions
from ckanext.patrasparticipation.records.computed import (
    citizen_group,
    consultation,
    indicator,
    initiative,
    works_project,
)

MODULES: Mapping[str, ModuleType] = {
    "citizen_group": citizen_group,
    "consultation": consultation,
    "indicator": indicator,
    "initiative": initiative,
    "works_project": works_project,
}
"""The module of each record type that has computed fields."""


def values(record: Mapping[str, Any], now: datetime | None = None) -> dict[str, Any]:
    """The computed fields of a record as ``package_show`` gives it; none for a type that has none.

    A value that does not apply, or that cannot be known, is left out.
    """
    module = MODULES.get(str(record.get("type")))
    if module is None:
        return {}
    found: Mapping[str, Any] = module.values(record, now or clock.now())
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def next_change(record: Mapping[str, Any], now: datetime | None = None) -> datetime | None:
    """The next moment, in UTC, at which a computed field changes; nothing when none will."""
    module = MODULES.get(str(record.get("type")))
    moment: datetime | None = module.next_change(record, now or clock.now()) if module else None
    return moment


def renew(record: MutableMapping[str, Any]) -> None:
    """Give a record its computed fields as they are now, in place of those it came with."""
    if str(record.get("type")) not in MODULES:
        return
    definition = definitions.of(str(record["type"]))
    for field in definitions.computed(definition) if definition else ():
        record.pop(field["field_name"], None)
    record.update(values(record))


def renewed(record: dict[str, Any]) -> dict[str, Any]:
    """The same record, renewed."""
    renew(record)
    return record
