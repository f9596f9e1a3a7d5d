"""What the action about suggestions takes."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...search.suggest import KINDS, MOST, USUAL


def _limit(value: Any) -> int:
    """A whole number from 0 to MOST; the address gives it as text."""
    if not str(value).isdecimal() or int(value) > MOST:
        raise tk.Invalid(tk._("{name} may be from 0 to {limit}.").format(name="limit", limit=MOST))
    return int(value)


@validator_args
def suggest(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    """What was typed, and how many suggestions of which kind, or of which publisher's records."""
    kinds: list[Any] = list(KINDS)
    return {
        "q": [default(""), unicode_safe],
        "limit": [default(USUAL), _limit],
        "kind": [ignore_empty, one_of(kinds)],
        "organization": [ignore_empty, unicode_safe],
    }
