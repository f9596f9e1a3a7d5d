"""What the actions about linked records take."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...search.suggest import USUAL
from .suggest import _limit


@validator_args
def one_record(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """``id``: the name or id of a record."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def suggest(
    not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator, default: ValidatorFactory
) -> Schema:
    """The field that is filled in, of which type, what was typed, how many, and the record being edited."""
    return {
        "field": [not_empty, unicode_safe],
        "type": [not_empty, unicode_safe],
        "q": [default(""), unicode_safe],
        "limit": [default(USUAL), _limit],
        "id": [ignore_empty, unicode_safe],
    }
