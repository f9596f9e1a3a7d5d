"""The forms in which personal numbers are written, as regular expressions over folded text."""

from __future__ import annotations

from .digits import PLATE_LETTERS
from .folding import folded

_LETTER = "A-ZΑ-Ω"


def _any(*words: str) -> str:
    """Any of these words, folded; ``ΤΗΛΕΦΩΝ*`` stands for every ending."""
    return "|".join(folded(word).replace("*", f"[{_LETTER}]*").replace(" ", " ?") for word in words)


def _dotted(word: str) -> str:
    """A word of initials, with points and blanks between them or not."""
    return r" ?".join(rf"{letter}\.?" for letter in folded(word))


# What may stand before and after a number that is one of its own, not part of a longer code or number.
_BEFORE = r"(?:^|[\s(\[:;,<>\"'=«|])"
_AFTER = r"(?:$|[^0-9A-ZΑ-Ω.,:]|[.,:](?:$|[^0-9]))"

EMAIL = r"([\w.%+\-]+@(?:[\w\-]+\.)+[A-ZΑ-Ω]{2,})"

_MANY, _FEW, _BLANK = r"[ .\-/]{1,2}", r"[ \-/]{1,2}", " "
_GROUPS = (  # how people group ten digits, and with what
    ((10,), ""),
    ((3, 7), _FEW),  # one point alone makes a decimal number: 2610.996600
    ((4, 6), _FEW),
    ((3, 3, 4), _MANY),
    ((3, 4, 3), _MANY),
    ((4, 3, 3), _MANY),
    ((4, 2, 4), _MANY),
    ((4, 2, 2, 2), _MANY),
    ((3, 3, 2, 2), _FEW),  # with points this is an address of the internet
    ((2, 2, 2, 2, 2), _BLANK),  # with points or dashes this is a moment
)
_PHONE_START = r"(?:2[1-8]|69)"


def _grouped(start: str) -> str:
    """Ten digits in any of the groups; ``start`` is what the first two look like."""
    ways = []
    for groups, between in _GROUPS:
        first = rf"{start}\d{{{groups[0] - 2}}}"
        closed = rf"\({first}\) ?" if len(groups) > 1 else None
        rest = between.join(rf"\d{{{size}}}" for size in groups[1:])
        ways.append(f"{first}{between}{rest}" if rest else first)
        if closed and rest:
            ways.append(closed + rest)
    return "|".join(ways)


PHONE_CELL = rf"^((?:30|0030)?\d{{10}}|{_grouped('[0-9]{2}')})$"
_ABROAD = rf"(?:\+|00) ?\(?30\)?[ .\-/()]{{0,3}}{_PHONE_START}(?:[ .\-/()]{{0,2}}\d){{8}}"
_CALLED = (
    rf"(?:{_any('ΤΗΛ', 'ΤΕΛ', 'TEL', 'ΚΙΝ', 'MOB', 'FAX', 'ΦΑΞ', 'PHONE', 'MOBILE', 'ΤΗΛΕΦΩΝ*', 'ΚΙΝΗΤ*')})"
    rf"[ .:\-]{{0,3}}{_PHONE_START}(?:[ .\-/()]{{0,2}}\d){{8}}"
)
PHONE = (
    rf"(?:{_BEFORE}\(?(?:{_grouped(_PHONE_START)})|(?:^|[^0-9A-Z]){_ABROAD}"
    rf"|(?:^|[^{_LETTER}]){_CALLED}){_AFTER}"
)

_NINE = r"\d{3}[ .\-]?\d{3}[ .\-]?\d{3}"
AFM_CELL = rf"^((?:(?:EL|GR) ?)?{_NINE})$"
AFM_SHORT = rf"^((?:(?:EL|GR) ?)?{_NINE}|\d{{8}})$"
AFM = (
    rf"(?:^|[^{_LETTER}])(?:{_dotted('ΑΦΜ')}|{_any('AFM', 'VAT', 'TIN', 'TAX NO', 'TAX ID', 'TAX NUMBER')})"
    rf"[^0-9]{{0,25}}?((?:EL ?)?{_NINE})(?:$|[^0-9])"
)

_ELEVEN = r"\d{6}[ .\-]?\d{5}"
AMKA_CELL = rf"^({_ELEVEN}|\d{{10}})$"  # ten, where Excel took the zero in front away
AMKA = rf"(?:{_dotted('ΑΜΚΑ')}[^0-9]{{0,25}}?|{_BEFORE})({_ELEVEN}){_AFTER}"

IBAN = r"(?:^|[^A-ZΑ-Ω0-9])(GR ?\d{2}(?:[ .\-]{0,2}\d){23})(?:$|[^0-9])"

CARD_CELL = rf"^([{_LETTER}]{{1,4}}[ .\-]?\d{{4,8}})$"
CARD = (
    rf"(?:{_dotted('ΑΔΤ')}|{_any('ΤΑΥΤΟΤΗΤ*', 'ID CARD', 'IDENTITY CARD')})"
    rf"[^0-9]{{0,20}}?(?:^|[^{_LETTER}])([{PLATE_LETTERS}]{{1,2}}[ .\-]?\d{{6}})(?:$|[^0-9])"
)

PLATE_CELL = rf"^([{_LETTER}]{{2,4}}[ .\-]?\d{{1,5}})$"
_CARS = ("ΚΥΚΛΟΦΟΡΙΑΣ", "ΠΙΝΑΚΙΔ*", "ΟΧΗΜ*", "ΑΥΤΟΚΙΝΗΤ*", "ΜΗΧΑΝ*", "ΜΟΤΟ*", "ΤΑΞΙ", "ΦΟΡΤΗΓ*")
_CARS_TOO = ("PLATE", "PLATES", "LICENCE", "LICENSE", "VEHICLE", "CAR", "TRUCK")
PLATE = (
    rf"(?:^|[^{_LETTER}])(?:{_any(*_CARS, *_CARS_TOO)}|{_dotted('ΙΧ')}E?\.?)"
    rf"[^0-9]{{0,20}}?(?:^|[^{_LETTER}])([{PLATE_LETTERS}]{{3}}[ .\-]?[1-9]\d{{1,3}})(?:$|[^0-9])"
)

MANY = 9
"""Digits: telephones, tax numbers and accounts have no fewer."""
LONG_NUMBER = rf"[0-9](?:[^0-9A-ZΑ-Ω]{{0,3}}[0-9]){{{MANY - 1}}}"
"""A number of that many digits in a folded cell."""
PERHAPS = r"@|[0-9](?:[^0-9A-Za-zΑ-Ωα-ω]{0,3}[0-9]){3}"
"""What a cell must hold to be looked at closer: an at sign, or four digits with little between them."""
