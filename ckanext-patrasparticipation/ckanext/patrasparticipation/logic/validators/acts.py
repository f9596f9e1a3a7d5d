"""Validators of the numbers under which the state publishes its acts and contracts."""

from __future__ import annotations

import re

from ckan.plugins import toolkit as tk

# Diavgeia's number has Greek capitals; whoever types it hits the Latin letter that looks the same.
LOOK_ALIKE = str.maketrans("ABEHIKMNOPTXYZ", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
ADA = re.compile(r"[Α-Ω0-9]{4,12}-[Α-Ω0-9]{1,3}")
ADAM = re.compile(r"\d{2}(REQ|PROC|AWRD|SYMV|PAY)\d{9}")
DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def participation_ada(value: str) -> str:
    """Accept the number of an act in Diavgeia (``Ψ6Δ1ΩΗΚ-ΗΚΞ``); Latin look-alikes become Greek letters."""
    found = DASHES.sub("-", value).upper().translate(LOOK_ALIKE)
    if not ADA.fullmatch(found):
        message = tk._("'{value}' is not the number of an act in Diavgeia, like Ψ6Δ1ΩΗΚ-ΗΚΞ")
        raise tk.Invalid(message.format(value=value[:40]))
    return found


def participation_adam(value: str) -> str:
    """Accept the number of a contract or notice in the register of procurement (``24SYMV015123456``)."""
    found = value.upper().replace(" ", "")
    if not ADAM.fullmatch(found):
        message = tk._("'{value}' is not a number of the procurement register, like 24SYMV015123456")
        raise tk.Invalid(message.format(value=value[:40]))
    return found
