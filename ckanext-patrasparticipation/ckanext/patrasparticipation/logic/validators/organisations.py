"""Validators of the numbers by which the Greek state knows an organisation."""

from __future__ import annotations

import re

from ckan.plugins import toolkit as tk

# Uids of the transparency programme, as its register gives them: 6241, 100044331.
DIAVGEIA_UID = re.compile(r"[1-9]\d{1,9}")
AFM = re.compile(r"\d{9}")


def participation_diavgeia_uid(value: str) -> str:
    """Accept an organisation's uid in Diavgeia, two to ten digits."""
    if not DIAVGEIA_UID.fullmatch(value):
        raise tk.Invalid(tk._("'{value}' is not a Diavgeia uid: two to ten digits").format(value=value[:40]))
    return value


def participation_afm(value: str) -> str:
    """Accept a tax number (AFM) of a legal person: nine digits, the last a check digit.

    Legal persons' numbers begin with 0, 7, 8 or 9; the others are people's, and no person is catalogued.
    """
    if not AFM.fullmatch(value):
        raise tk.Invalid(tk._("'{value}' is not a tax number: nine digits").format(value=value[:40]))
    if value[0] not in "0789" or not _sound(value):
        raise tk.Invalid(tk._("'{value}' is not the tax number of a legal person").format(value=value))
    return value


def _sound(afm: str) -> bool:
    weighted = sum(int(digit) << (8 - position) for position, digit in enumerate(afm[:8]))
    return weighted % 11 % 10 == int(afm[8]) and afm != "0" * 9
