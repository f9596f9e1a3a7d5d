"""What the actions about feeds take; anything else in a call is refused."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory


@validator_args
def feed(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """``id``: a dataset's id or name, or a source's name."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def page(
    not_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """A feed, and which part of a list about it."""
    limit = limit_to_configured_maximum("ckan.datastore.search.rows_max", 1000)
    return {
        "id": [not_empty, unicode_safe],
        "limit": [default(100), natural_number_validator, limit],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def rejected(ignore_missing: Validator, unicode_safe: Validator, int_validator: Validator) -> Schema:
    """A part of the refused rows, of one generation or of one run; without either, of what is published."""
    return page() | {
        "generation": [ignore_missing, int_validator],
        "run": [ignore_missing, unicode_safe],
    }


@validator_args
def harvest(
    not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory, boolean_validator: Validator
) -> Schema:
    """A feed, and whether a person accepts rows that look odd."""
    return {"id": [not_empty, unicode_safe], "accept_held": [default(False), boolean_validator]}


@validator_args
def restore(not_empty: Validator, unicode_safe: Validator, int_validator: Validator) -> Schema:
    """A feed and the generation to bring back."""
    return {"id": [not_empty, unicode_safe], "generation": [not_empty, int_validator]}
