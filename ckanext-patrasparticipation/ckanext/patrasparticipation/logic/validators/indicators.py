"""Rules about several fields of an indicator; they belong in ``after_validators``."""

from __future__ import annotations

import hashlib
import re

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey
from sqlalchemy import text

from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records import reader, vocabularies

SCHEME, CODE, THEME = "indicator_scheme", "indicator_code", "indicator_theme"
FORMS = {
    "clause": (re.compile(r"\d{1,2}\.\d{1,2}"), "10.1"),
    "goal": (re.compile(r"\d{1,2}(\.[0-9a-z]{1,2}(\.\d{1,2})?)?"), "11.6.2"),
}
"""How a scheme writes its codes, by ``code_form`` of its term; the first number is the theme."""
# Held until the transaction ends, so that two who save the same code at once do not both find it free.
LOCK = text("select pg_advisory_xact_lock(:number)")
PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")


def participation_indicator_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a code that the scheme does not write so, and a period that is none."""
    code, form = flat.text(data, CODE), _form(flat.text(data, SCHEME))
    if form and code and not FORMS[form][0].fullmatch(code):
        message = tk._("'{value}' is not a code of this scheme, like {example}")
        flat.refuse(errors, (CODE,), message.format(value=code, example=FORMS[form][1]))
    for name in ("baseline", "target"):
        for row, part in flat.parts(data, name):
            period = str(part.get("period", ""))
            if period and not PERIOD.fullmatch(period):
                message = tk._("'{value}' is not a period like 2024, 2024-Q3 or 2024-05")
                flat.refuse(errors, (name, row, "period"), message.format(value=period))


def participation_indicator_theme(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Take the theme from the code where the scheme has one; ask for a field of activity elsewhere."""
    scheme, code, theme = (flat.text(data, name) for name in (SCHEME, CODE, THEME))
    if not scheme or not code or any(errors.get((name,)) for name in (SCHEME, CODE, THEME)):
        return
    if _form(scheme):
        _theme_of_code(data, errors, f"{scheme}.{code.split('.')[0]}", theme)
    elif not theme:
        flat.refuse(errors, (THEME,), tk._("Choose the indicator's theme"))
    elif "scheme" in vocabularies.terms(THEME)[theme].attributes:
        flat.refuse(errors, (THEME,), tk._("This theme belongs to another scheme"))


def _theme_of_code(data: FlattenDataDict, errors: FlattenErrorDict, expected: str, theme: str) -> None:
    """Fill in the theme that the code says, and refuse another."""
    if expected not in vocabularies.terms(THEME):
        message = tk._("The scheme has no theme '{value}'")
        flat.refuse(errors, (CODE,), message.format(value=expected.split(".")[-1]))
    elif theme not in ("", expected):
        message = tk._("The code belongs to the theme “{theme}”; leave this empty and it is filled in")
        label = vocabularies.label(THEME, expected, reader.language())
        flat.refuse(errors, (THEME,), message.format(theme=label))
    else:
        flat.put(data, THEME, expected)


def participation_indicator_fraction(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for what is divided by, unless the indicator is a total."""
    if flat.text(data, "per") not in ("", "total") and not flat.text(data, "denominator"):
        flat.refuse(errors, ("denominator",), tk._("Say what the numerator is divided by"))


def participation_indicator_unique(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a code that another indicator of the same scheme has."""
    scheme, code = flat.text(data, SCHEME), flat.text(data, CODE)
    if not scheme or not code or errors.get((SCHEME,)) or errors.get((CODE,)):
        return
    digest = hashlib.sha256(f"{scheme}:{code}".encode()).digest()
    model.Session.execute(LOCK, {"number": int.from_bytes(digest[:8], signed=True)})
    package = context.get("package")
    extras = model.Package.extras
    others = model.Session.query(model.Package.id).filter(
        model.Package.type == "indicator",
        model.Package.state != model.State.DELETED,
        model.Package.id != (package.id if package is not None else ""),
        extras[SCHEME].astext == scheme,
        extras[CODE].astext == code,
    )
    if others.first():
        message = tk._("Another indicator of this scheme has the code '{value}'")
        flat.refuse(errors, (CODE,), message.format(value=code))


def _form(scheme: object) -> str | None:
    term = vocabularies.terms(SCHEME).get(str(scheme))
    return term.attributes.get("code_form") if term else None
