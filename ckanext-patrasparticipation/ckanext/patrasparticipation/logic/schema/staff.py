"""What the actions for the people of a publisher take; anything else in a call is refused."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ...staff.roles import ROLES


@validator_args
def one(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A dataset."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def listed(default: ValidatorFactory, int_validator: Validator, limit_to_configured_maximum: ValidatorFactory,
           natural_number_validator: Validator) -> Schema:  # fmt: skip
    """How many."""
    most = limit_to_configured_maximum("ckan.datastore.search.rows_max", 1000)
    return {"limit": [default(20), int_validator, natural_number_validator, most]}


@validator_args
def hide(default: ValidatorFactory, boolean_validator: Validator) -> Schema:
    """Whether to put the first steps away."""
    return {"hidden": [default(True), boolean_validator]}


@validator_args
def invite(
    not_empty: Validator, unicode_safe: Validator, email_validator: Validator, one_of: ValidatorFactory
) -> Schema:
    """A publisher, an address, and a role."""
    known: list[Any] = list(ROLES)
    return {
        "id": [not_empty, unicode_safe],
        "email": [not_empty, unicode_safe, email_validator],
        "role": [not_empty, one_of(known)],
    }
