"""The parameters of an export: those of ``datastore_search`` that choose rows and columns, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore import helpers
from ckanext.datastore.backend import postgres

from .. import filters
from .errors import Wrong

KNOWN = ("filters", "q", "plain", "language", "fields", "sort", "excel")
YES, NO = ("1", "true", "yes"), ("0", "false", "no")


def read(given: Mapping[str, str]) -> dict[str, Any]:
    """What the address asks for, without what it leaves empty.

    Raises:
        Wrong: an unknown parameter, or one that cannot be read.
    """
    params: dict[str, Any] = {}
    for name, value in given.items():
        if name not in KNOWN:
            raise Wrong(name, value, tk._("one of {names}").format(names=", ".join(KNOWN)))
        if value != "":
            params[name] = READ.get(name, _text)(name, value)
    return params


def _text(name: str, value: str) -> str:
    return value


def _yes(name: str, value: str) -> bool:
    if value.lower() not in YES + NO:
        raise Wrong(name, value, tk._("one of {names}").format(names=", ".join(YES + NO)))
    return value.lower() in YES


def _words(name: str, value: str) -> Any:
    """Words, or words by column as JSON."""
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Wrong(name, value, tk._("JSON like {example}").format(example='{"street": "…"}')) from error


def _filters(name: str, value: str) -> Any:
    """The JSON of a filter; what is none, the reader of filters says (``columns``)."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


READ = {"filters": _filters, "q": _words, "plain": _yes, "excel": _yes}


def columns(params: dict[str, Any], there: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The columns asked for, with their types, in the order asked; all where none is named.

    Raises:
        Wrong: ``fields``, ``filters`` or ``sort`` name a column that the table does not have.
    """
    all_of_them = tk._("columns of the table: {names}").format(names=", ".join(there))
    named = helpers.get_list(params.get("fields")) or list(there)
    for name in named:
        if name not in there:
            raise Wrong("fields", name, all_of_them)
    for clause in helpers.get_list(params.get("sort"), False) or []:
        if not postgres._parse_sort_clause(clause, {**there, "_id": "int"}):
            raise Wrong("sort", clause, all_of_them)
    try:
        filters.parse(params.get("filters"), {**there, "_id": "int4"})
    except tk.ValidationError as error:
        raise Wrong("filters", params["filters"], reason=flat(error.error_dict)) from error
    return tuple((name, there[name]) for name in dict.fromkeys(named))


def flat(told: Any) -> str:
    """The sentences of a refusal of CKAN's as one."""
    parts = told.values() if isinstance(told, dict) else told
    return told if isinstance(told, str) else " ".join(flat(part) for part in parts)
