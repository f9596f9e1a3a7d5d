"""What the action about citing takes."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator


@validator_args
def table(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """``resource_id``."""
    return {"resource_id": [not_empty, unicode_safe]}
