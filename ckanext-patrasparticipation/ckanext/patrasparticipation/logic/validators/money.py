"""Rules about money and measured effects, for every record that has them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.logic.validators import flat


def participation_funding_in_order(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a grant that is larger than the total it is part of."""
    for number, part in flat.parts(data, "funding"):
        total, grant = _amount(part.get("amount_total")), _amount(part.get("amount_grant"))
        if total is not None and grant is not None and grant > total:
            message = tk._("The grant is larger than the total: check the two amounts")
            flat.refuse(errors, ("funding", number, "amount_grant"), message)


def _amount(value: Any) -> Decimal | None:
    """A stored amount; nothing of one that was left out or refused."""
    try:
        found = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def participation_impact_dated(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask of every measured value the day it is of; that day has come."""
    today = clock.today(clock.now()).isoformat()
    for number, part in flat.parts(data, "impact"):
        path, day = ("impact", number, "as_of"), part.get("as_of")
        if errors.get(path):
            continue
        if "value" in part and not day:
            flat.refuse(errors, path, tk._("Give the day that the measured value is of"))
        elif isinstance(day, str) and day > today:
            message = tk._("{value} has not come yet: give today or an earlier day")
            flat.refuse(errors, path, message.format(value=day))
