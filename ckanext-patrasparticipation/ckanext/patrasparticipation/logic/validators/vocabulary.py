"""Validators of codes: a value is one of a vocabulary, or an error that names it and the allowed ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.records import prepare, vocabularies


@scheming_validator
def participation_default(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Give a field that a new record leaves out its ``default``; a changed record keeps its gaps."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        is_new = not (context.get("package") or context.get("group"))
        if "default" in field and prepare.is_empty(data.get(key)) and (is_new or field.get("required")):
            data[key] = field["default"]

    return validator


@scheming_validator
def participation_vocabulary_code(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept a code of the field's ``vocabulary``, or its URI, and keep the code."""

    def validator(value: Any) -> Any:
        return _code(field["vocabulary"], value)

    return validator


@scheming_validator
def participation_vocabulary_codes(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept codes or URIs of the field's ``vocabulary``, a list or one alone; JSON, in its order."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        name, chosen = field["vocabulary"], set()
        for value in prepare.several(data.get(key)):
            try:
                chosen.add(_code(name, value))
            except tk.Invalid as problem:
                errors[key].append(problem.error)
        if errors[key]:
            raise tk.StopOnError
        if field.get("required") and not chosen:
            errors[key].append(tk._("Select at least one"))
            raise tk.StopOnError
        data[key] = json.dumps([code for code in vocabularies.terms(name) if code in chosen])

    return validator


def _code(name: str, value: Any) -> str:
    code = vocabularies.code_of(name, value) if isinstance(value, str) else None
    if code is None:
        raise tk.Invalid(
            tk._("'{value}' is not one of {codes}").format(
                value=str(value)[:100], codes=vocabularies.allowed(name)
            )
        )
    return code
