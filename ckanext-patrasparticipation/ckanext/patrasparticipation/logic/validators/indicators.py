"""Rules about several fields of an indicator; they belong in ``after_validators``."""

from __future__ import annotations

import hashlib
import re

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey
from sqlalchemy import text

from ckanext.patrasparticipation.records import flat, vocabularies

SCHEME, CODE, THEME = "indicator_scheme", "indicator_code", "indicator_theme"
FORMS = {
    "clause": (re.compile(r"\d{1,2}\.\d{1,2}"), "10.1"),
    "goal": (re.compile(r"\d{1,2}(\.[0-9a-z]{1,2}(\.\d{1,2})?)?"), "11.6.2"),
}
"""How a scheme writes its codes, by the attribute ``code_form`` of its term; the first number is the theme."""
# Held until the transaction ends, so that two who save the same code at once do not both find it free.
LOCK = text("select pg_advisory_xact_lock(:number)")
PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")


def participation_indicator_code(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a code that the scheme does not write so, and a period that is none."""
    scheme, code = flat.value(data, SCHEME), flat.value(data, CODE)
    form = _form(scheme)
    if form and isinstance(code, str) and not FORMS[form][0].fullmatch(code):
        message = tk._("'{value}' is not a code of this scheme, like {example}")
        flat.refuse(errors, (CODE,), message.format(value=code, example=FORMS[form][1]))
    for name in ("baseline", "target"):
        for row in flat.rows(data, name):
            period = str(flat.value(data, name, row, "period") or "")
            if period and not PERIOD.fullmatch(period):
                message = tk._("'{value}' is not a period like 2024, 2024-Q3 or 2024-05")
                flat.refuse(errors, (name, row, "period"), message.format(value=period))


def participation_indicator_theme(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Take the theme from the code where the scheme has one; ask for it, of the fields of activity, elsewhere."""
    scheme, code, theme = (flat.value(data, name) for name in (SCHEME, CODE, THEME))
    if not scheme or not code or not flat.is_sound(errors, SCHEME, CODE, THEME):
        return
    if not _form(scheme):
        if not theme:
            flat.refuse(errors, (THEME,), tk._("Choose the indicator's theme"))
        elif "scheme" in vocabularies.terms(THEME)[theme].attributes:
            flat.refuse(errors, (THEME,), tk._("This theme belongs to another scheme"))
        return
    expected = f"{scheme}.{code.split('.')[0]}"
    if expected not in vocabularies.terms(THEME):
        message = tk._("The scheme has no theme '{value}'")
        flat.refuse(errors, (CODE,), message.format(value=code.split(".")[0]))
    elif theme and theme != expected:
        message = tk._("The code belongs to the theme «{theme}»; leave this empty and it is filled in")
        label = vocabularies.label(THEME, expected, tk.h.lang())
        flat.refuse(errors, (THEME,), message.format(theme=label))
    else:
        flat.put(data, THEME, expected)


def participation_indicator_fraction(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask for what is divided by, unless the indicator is a total."""
    per = flat.value(data, "per")
    if per and per != "total" and not flat.value(data, "denominator"):
        flat.refuse(errors, ("denominator",), tk._("Say what the numerator is divided by"))


def participation_indicator_unique(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse a code that another indicator of the same scheme has."""
    scheme, code = flat.value(data, SCHEME), flat.value(data, CODE)
    if not (isinstance(scheme, str) and isinstance(code, str)) or not flat.is_sound(errors, SCHEME, CODE):
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
