"""What the actions about tables of staff take; anything else in a call is refused."""

from __future__ import annotations

import json
from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...schemas.definitions import COLUMN_TYPES
from ...tables import wishes

MOST = 200
"""Letters of a label, a unit, or a name."""
LONGEST = 2000
"""Letters of a description."""


def _listed(value: Any) -> list[Any]:
    """A list, or JSON that holds one."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else []
        except ValueError as error:
            raise tk.Invalid(tk._("Must be a list, or JSON that holds one.")) from error
    if not isinstance(value, list):
        raise tk.Invalid(tk._("Must be a list, or JSON that holds one."))
    return value


def codes(value: Any) -> list[str]:
    """A list of codes, or one code."""
    given = [value] if isinstance(value, str) and not value.strip().startswith("[") and value else value
    found = _listed(given)
    if not all(isinstance(one, str) for one in found):
        raise tk.Invalid(tk._("Must be a list of codes."))
    return found


def _columns(value: Any, called: str) -> list[dict[str, Any]]:
    """What is said of columns, each named by ``called``."""
    found = _listed(value)
    allowed = {called, *wishes.COLUMN}
    for one in found:
        if not isinstance(one, dict) or not isinstance(one.get(called), str):
            raise tk.Invalid(tk._("Each column must be an object with “{name}”.").format(name=called))
        if unknown := sorted(map(str, one.keys() - allowed)):
            sentence = tk._("“{column}”: there is no “{found}”; there are: {allowed}.")
            words = {"column": one[called], "found": unknown[0], "allowed": ", ".join(sorted(allowed))}
            raise tk.Invalid(sentence.format(**words))
        one.update({name: _said(one[called], name, one[name]) for name in wishes.COLUMN if name in one})
    return found


def _said(column: str, name: str, value: Any) -> Any:
    """One thing that is said of a column."""
    if value is None or value == "":
        return None
    if name == "skip":
        return tk.asbool(value)
    longest = LONGEST if name.startswith("about") else MOST
    if not isinstance(value, str) or len(value) > longest or not value.replace("\n", " ").isprintable():
        sentence = tk._("“{column}”: “{name}” must be a text of at most {most} letters.")
        raise tk.Invalid(sentence.format(column=column, name=name, most=longest))
    if name == "type" and value not in COLUMN_TYPES:
        sentence = tk._("“{column}”: there is no type “{found}”; there are: {allowed}.")
        raise tk.Invalid(sentence.format(column=column, found=value, allowed=", ".join(COLUMN_TYPES)))
    return value.strip()


def raw_columns(value: Any) -> list[dict[str, Any]]:
    """What is wished of a file's columns, by their headers."""
    return _columns(value, "raw")


def named_columns(value: Any) -> list[dict[str, Any]]:
    """What the dictionary is to say, by the columns' names."""
    return _columns(value, "name")


def uploaded(value: Any) -> Any:
    """A file."""
    if not getattr(value, "filename", None):
        raise tk.Invalid(tk._("A file is wanted here, sent as multipart/form-data."))
    return value


@validator_args
def one(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """``resource_id``."""
    return {"resource_id": [not_empty, unicode_safe]}


@validator_args
def upload(
    ignore_missing: Validator,
    not_missing: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    boolean_validator: Validator,
) -> Schema:
    """A file, and the dataset or the table it is for."""
    return {
        "package_id": [ignore_missing, unicode_safe],
        "resource_id": [ignore_missing, unicode_safe],
        "name": [ignore_missing, unicode_safe],
        "resource_role": [ignore_missing, unicode_safe],
        "upload": [not_missing, uploaded],
        "check": [default(True), boolean_validator],
    }


@validator_args
def preview(  # noqa: PLR0913 -- CKAN hands validators in by their names
    not_empty: Validator,
    ignore_missing: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
    boolean_validator: Validator,
) -> Schema:
    """A table, and how its file is to be read."""
    words: Schema = {name: [ignore_missing, unicode_safe] for name in wishes.PLAIN if name != "header_row"}
    return words | {
        "resource_id": [not_empty, unicode_safe],
        "header_row": [ignore_empty, natural_number_validator],
        "anywhere": [ignore_missing, boolean_validator],
        "hide_small": [ignore_missing, boolean_validator],
        "afresh": [default(False), boolean_validator],
        "columns": [ignore_missing, raw_columns],
    }


@validator_args
def publish(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    """A table, and what a person accepts."""
    return {"resource_id": [not_empty, unicode_safe], "accept": [default([]), codes]}


@validator_args
def describe(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """A table, and what its dictionary is to say."""
    return {"resource_id": [not_empty, unicode_safe], "columns": [not_empty, named_columns]}
