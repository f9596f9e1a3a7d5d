"""What the action about dates takes."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator

from ...records import vocabularies
from ...syndication.ask import DATED


@validator_args
def calendar(
    ignore_empty: Validator, unicode_safe: Validator, participation_date: Validator, name_validator: Validator
) -> Schema:
    """``type``, ``municipal_unit``, ``organization``, ``group``, ``id``, ``first``, ``last``."""
    return {
        "type": [ignore_empty, unicode_safe, one_of(list(DATED))],
        "municipal_unit": [ignore_empty, unicode_safe, one_of(list(vocabularies.terms("coverage")))],
        "organization": [ignore_empty, unicode_safe, name_validator],
        "group": [ignore_empty, unicode_safe],
        "id": [ignore_empty, unicode_safe],
        "first": [ignore_empty, participation_date],
        "last": [ignore_empty, participation_date],
    }


def one_of(list_of_value: list[str]) -> Validator:
    """A validator that refuses what is not one of these; the API's description reads the list by its name."""

    def validator(value: str) -> str:
        if value not in list_of_value:
            message = tk._("'{value}' is not one of {codes}")
            raise tk.Invalid(message.format(value=value[:100], codes=", ".join(list_of_value)))
        return value

    return validator
