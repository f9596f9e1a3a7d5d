"""The numbers by which registers know a body: what each looks like, and its check digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.logic.validators.organisations import (
    participation_afm,
    participation_diavgeia_uid,
)

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # the digits of a ROR: no i, l, o, u
ROR = re.compile(rf"0([{CROCKFORD}]{{6}})(\d{{2}})")
WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")
GEMI = re.compile(r"\d{9,12}")
AMKA = re.compile(
    r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{7}"
)  # eleven digits that begin with a day of birth


def sound(scheme: str, value: str) -> str:
    """The number as its register writes it.

    Raises:
        tk.Invalid: the register has no such number.
    """
    return CHECKS[scheme](value)


def _afm(value: str) -> str:
    return str(participation_afm(re.sub(r"^(EL|GR)|\s", "", value.upper())))


def _gemi(value: str) -> str:
    plain = re.sub(r"[\s.-]", "", value)
    if not GEMI.fullmatch(plain):
        raise tk.Invalid(
            tk._("'{value}' is not a GEMI number: nine to twelve digits").format(value=value[:40])
        )
    return plain


def _uid(value: str) -> str:
    return str(participation_diavgeia_uid(value.strip()))


def _ror(value: str) -> str:
    """Nine signs: a zero, six digits to the base 32, and two by ISO 7064 (MOD 97-10)."""
    plain = re.sub(r"^(https?://)?ror\.org/", "", value.strip().lower())
    found = ROR.fullmatch(plain)
    if found:
        number = 0
        for sign in found[1]:
            number = number * 32 + CROCKFORD.index(sign)
        if 98 - number * 100 % 97 == int(found[2]):
            return plain
    raise tk.Invalid(
        tk._("'{value}' is not a ROR like 017wvtq80: copy it from ror.org").format(value=value[:60])
    )


def _wikidata(value: str) -> str:
    plain = re.sub(r"^(https?://)?(www\.)?wikidata\.org/(wiki|entity)/", "", value.strip())
    if not WIKIDATA.fullmatch(plain):
        raise tk.Invalid(tk._("'{value}' is not a Wikidata number like Q184309").format(value=value[:60]))
    return plain


def _any_register(value: str) -> str:
    """A number with at least one digit; never one that looks like a person's."""
    plain = value.strip()
    if AMKA.fullmatch(re.sub(r"\s", "", plain)):
        raise tk.Invalid(
            tk._("'{value}' looks like a person's number. Persons are not catalogued: delete it").format(
                value=plain[:40]
            )
        )
    if not re.search(r"\d", plain):
        raise tk.Invalid(
            tk._("'{value}' has no digit: give the number under which the register has the group").format(
                value=plain[:40]
            )
        )
    return plain


CHECKS: Mapping[str, Callable[[str], str]] = {
    "AFM": _afm,
    "GEMI": _gemi,
    "KALO_REGISTER": _any_register,
    "COURT_REGISTER": _any_register,
    "DIAVGEIA_UID": _uid,
    "ROR": _ror,
    "WIKIDATA": _wikidata,
    "OTHER": _any_register,
}
"""How the number of each scheme of the vocabulary ``identifier_scheme`` is checked."""
