"""Validators of numbers, years and yes or no: as a form, a Greek or an API caller writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records.numbers import decimal, shown, shown_boolean

YEARS_FROM = 1800
TRUE, FALSE = ("true", "1", "yes", "on", "ναι"), ("false", "0", "no", "off", "όχι", "οχι")


@scheming_validator
def participation_number(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept a number between the field's ``minimum`` and ``maximum``; gives its decimal text."""

    def validator(value: Any) -> str:
        found = decimal(value)
        if found is None:
            raise tk.Invalid(tk._("'{value}' is not a number like 5.525,00").format(value=str(value)[:40]))
        return format(_within(found, field), "f")

    return validator


@scheming_validator
def participation_integer(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept a whole number between the field's ``minimum`` (0 where none is named) and ``maximum``."""

    def validator(value: Any) -> str:
        found = decimal(value)
        if found is None or found != found.to_integral_value():
            raise tk.Invalid(tk._("'{value}' is not a whole number like 1.250").format(value=str(value)[:40]))
        return str(int(_within(found, {"minimum": 0, **field})))

    return validator


def _within(number: Decimal, field: Mapping[str, Any]) -> Decimal:
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and number < Decimal(str(least)):
        raise tk.Invalid(
            tk._("{value} is too small, at least {least} fits").format(value=number, least=least)
        )
    if most is not None and number > Decimal(str(most)):
        message = tk._("{value} is too large, at most {most} fits")
        raise tk.Invalid(message.format(value=number, most=most))
    return number


def participation_year(value: Any) -> str:
    """Accept a year from 1800 to this one, as text of four digits."""
    found = str(value).strip()
    this_year = clock.now().astimezone(clock.CITY).year
    if not re.fullmatch(r"[12]\d{3}", found) or not YEARS_FROM <= int(found) <= this_year:
        message = tk._("'{value}' is not a year from {first} to {last}")
        raise tk.Invalid(message.format(value=found[:40], first=YEARS_FROM, last=this_year))
    return found


def participation_number_output(value: Any) -> Any:
    """The stored number as JSON has it."""
    return shown(value)


def participation_boolean(value: Any) -> str:
    """Accept yes or no, in Greek, English or as a program says it; gives ``true`` or ``false``."""
    text = str(value).strip().casefold()
    if text in TRUE:
        return "true"
    if text in FALSE:
        return "false"
    raise tk.Invalid(tk._("'{value}' is neither yes nor no").format(value=str(value)[:40]))


def participation_boolean_output(value: Any) -> Any:
    """``true`` or ``false`` as JSON has it; other values as they are."""
    return shown_boolean(value)
