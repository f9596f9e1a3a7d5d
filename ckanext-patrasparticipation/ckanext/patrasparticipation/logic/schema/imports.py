"""What the actions about imports take; anything else in a call is refused."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from .tables import uploaded


@validator_args
def preview(not_empty: Validator, not_missing: Validator, unicode_safe: Validator) -> Schema:
    """A type, a publisher, a file."""
    return {
        "type": [not_empty, unicode_safe],
        "owner_org": [not_empty, unicode_safe],
        "upload": [not_missing, uploaded],
    }


@validator_args
def one(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """An import."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def start(
    not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory, boolean_validator: Validator
) -> Schema:
    """An import, and whether columns that no field has are left out."""
    return {
        "id": [not_empty, unicode_safe],
        "ignore_unknown": [default(False), boolean_validator],
    }


@validator_args
def show(
    not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory,
    natural_number_validator: Validator, limit_to_configured_maximum: ValidatorFactory,
) -> Schema:  # fmt: skip
    """An import, and which part of its rows."""
    most = limit_to_configured_maximum("ckan.datastore.search.rows_max", 1000)
    return {
        "id": [not_empty, unicode_safe],
        "limit": [default(100), natural_number_validator, most],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def listed(
    default: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """How many."""
    most = limit_to_configured_maximum("ckan.datastore.search.rows_max", 100)
    return {"limit": [default(20), natural_number_validator, most]}
