"""What the report takes."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ...report.spec import COUNTED
from .calendar import one_of

MOST_DAYS = 366 * 50


@validator_args
def report(ignore_empty: Validator, unicode_safe: Validator, participation_date: Validator) -> Schema:
    """``first``, ``last`` and ``type``; all optional."""
    return {
        "first": [ignore_empty, participation_date],
        "last": [ignore_empty, participation_date],
        "type": [ignore_empty, unicode_safe, one_of(list(COUNTED))],
    }
