"""Validators of single values: text, address, e-mail, date and place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.logic.validators.moments import greek_day
from ckanext.patrasparticipation.records import place, prepare, translated

ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
# One mailbox: no blanks, one @, a dot in the domain. Whether anybody reads it only a message can tell.
EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]{1,190}\.[^\s@<>\"',;.]{2,63}")
YEARS = range(2, 9900)  # the days around which moments can be counted, a time zone and a year to both sides
URL_SCHEMES = ("http", "https")


@scheming_validator
def participation_required(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Ask for a value when the field is ``required``; leave an empty one out of the record otherwise.

    Zero and no are values; CKAN's own rules take them for nothing.
    """

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        if not prepare.is_empty(data.get(key)):
            return
        if field.get("required"):
            errors[key].append(tk._("Missing value"))
        else:
            data.pop(key, None)
        raise tk.StopOnError

    return validator


@scheming_validator
def participation_text(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept text of at most ``max_length`` letters (a key of the field), in NFC; stop at anything else."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        value, most = data[key], field.get("max_length")
        if not isinstance(value, str):
            errors[key].append(tk._("Expected text, got {kind}").format(kind=type(value).__name__))
            raise tk.StopOnError
        data[key] = translated.clean(value)
        if most and len(data[key]) > most:
            message = tk._("Has {given} letters, at most {most} fit")
            errors[key].append(message.format(given=len(data[key]), most=most))
            raise tk.StopOnError

    return validator


def participation_url(value: str) -> str:
    """Accept a web address with a host, http or https."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in URL_SCHEMES and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:  # urlsplit refuses a broken IPv6 host
        sound = False
    if not sound:
        raise tk.Invalid(
            tk._("'{value}' is not a web address like https://example.gr").format(value=value[:100])
        )
    return value


def participation_email(value: str) -> str:
    """Accept one e-mail address; a leading ``mailto:``, as RDF writes it, is dropped."""
    address = value.removeprefix("mailto:")
    if not EMAIL.fullmatch(address):
        raise tk.Invalid(tk._("'{value}' is not an e-mail address").format(value=value[:100]))
    return address


def participation_date(value: Any) -> str:
    """Accept a date, its ISO text (a time after it is dropped) or a Greek's, ``7/5/2024``; gives ISO text."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    found = ISO_DATE.fullmatch(greek_day(value.strip())) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(found[1] if found else "")
        if day.year not in YEARS:
            raise ValueError(day.year)
        return day.isoformat()
    except ValueError as problem:
        raise tk.Invalid(
            tk._("'{value}' is not a date like 2024-05-07").format(value=str(value)[:40])
        ) from problem


def participation_geojson(value: Any) -> str:
    """Accept a GeoJSON geometry in WGS 84 (longitude first); gives compact JSON."""
    try:
        read = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as problem:
        raise tk.Invalid(tk._("The place is not JSON")) from problem
    try:
        place.geometry(read)
    except place.NotAPlace as problem:
        raise tk.Invalid(problem.message()) from problem
    return json.dumps(read, separators=(",", ":"))
