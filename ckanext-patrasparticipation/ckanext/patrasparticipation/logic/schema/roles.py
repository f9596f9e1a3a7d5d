"""What the action about roles takes."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def listed(ignore_missing: Validator, unicode_safe: Validator) -> Schema:
    """``type``: a record type, or nothing for all roles."""
    return {"type": [ignore_missing, unicode_safe]}
