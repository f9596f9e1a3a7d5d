"""What the actions that read tables take."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...reading.question import LIMIT

USUAL = 1000


def _limit(value: Any) -> int:
    """A whole number from 1 to LIMIT; the address gives it as text."""
    if not (str(value).isdecimal() and len(str(value)) < 9 and 1 <= int(value) <= LIMIT):
        raise tk.Invalid(
            tk._("{name} may be from {least} to {most}.").format(name="limit", least=1, most=LIMIT)
        )
    return int(value)


def _name(value: Any) -> str:
    """The id of a resource: a text that the database can take."""
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise tk.Invalid(tk._("{name} must be a text.").format(name="resource_id"))
    return value


@validator_args
def aggregate(not_empty: Validator, ignore_missing: Validator, default: ValidatorFactory) -> Schema:
    """A table and a question to it; ``reading.question`` reads the parts, which are JSON or text."""
    free = ("group_by", "measures", "filters", "q", "sort", "generation")
    return {
        "resource_id": [not_empty, _name],
        "limit": [default(USUAL), _limit],
        **{name: [ignore_missing] for name in free},
    }
