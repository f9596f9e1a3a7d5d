"""Check digits and dates inside numbers, on whole columns: text of digits in, yes or no out."""

from __future__ import annotations

import polars as pl

PLATE_LETTERS = "ABEZHIKMNOPTYX"


def _digit(text: pl.Expr, place: int) -> pl.Expr:
    return text.str.slice(place, 1).cast(pl.Int32, strict=False)


def _number(text: pl.Expr, start: int, length: int) -> pl.Expr:
    return text.str.slice(start, length).cast(pl.Int64, strict=False)


def afm(text: pl.Expr) -> pl.Expr:
    """A Greek tax number: powers of two from the left, modulo 11, modulo 10, give the ninth digit.

    A random number of nine digits passes about once in eleven, so this alone proves nothing. Excel takes
    the zero in front away: eight digits are read as nine.
    """
    padded = text.str.replace(r"^(?:EL|GR)", "").str.zfill(9)
    total = pl.sum_horizontal(_digit(padded, place) * 2 ** (8 - place) for place in range(8))
    return (total % 11 % 10 == _digit(padded, 8)) & (padded != "000000000")


def amka(text: pl.Expr) -> pl.Expr:
    """A Greek social security number: a birthday (ddmmyy), four digits, and the check digit of Luhn.

    A random number of eleven digits passes about four times in a thousand.
    """
    padded = text.str.zfill(11)
    doubled = [_digit(padded, place) * 2 for place in range(1, 11, 2)]
    crossed = [pl.when(value > 9).then(value - 9).otherwise(value) for value in doubled]
    total = pl.sum_horizontal(*crossed, *(_digit(padded, place) for place in range(0, 11, 2)))
    return (total % 10 == 0) & _birthday(padded)


def _birthday(text: pl.Expr) -> pl.Expr:
    """A day of this century or the last; a 29 February needs a year of two digits that four divides."""
    day, month, year = (_number(text, start, 2) for start in (0, 2, 4))
    last = pl.when(month == 2).then(pl.when(year % 4 == 0).then(29).otherwise(28))
    days = last.when(month.is_in([4, 6, 9, 11])).then(30).otherwise(31)
    return month.is_between(1, 12) & (day >= 1) & (day <= days)


def iban(text: pl.Expr) -> pl.Expr:
    """A Greek account number (GR and 25 digits): read as one number, it leaves 1 modulo 97."""
    moved = pl.concat_str(text.str.slice(4), pl.lit("1627"), text.str.slice(2, 2))
    rest = _number(moved, 0, 9) % 97
    for start in (9, 18, 27):
        part = moved.str.slice(start, 9)
        scale = 10 ** min(9, 29 - start)
        rest = (rest * scale + part.cast(pl.Int64, strict=False)) % 97
    return rest == 1


def phone(text: pl.Expr) -> pl.Expr:
    """Ten digits of a Greek landline (area codes begin with 21 to 28) or mobile (69), ``30`` before or not.

    No area code begins with 20: a day written ``2026 11 24 10`` is no telephone.
    """
    return text.str.contains(r"^(?:0030|30)?(?:2[1-8]|69)\d{8}$")


def card(text: pl.Expr) -> pl.Expr:
    """An identity card: one or two letters that Greek and Latin share, and six digits."""
    return text.str.contains(rf"^[{PLATE_LETTERS}]{{1,2}}\d{{6}}$")


def plate(text: pl.Expr) -> pl.Expr:
    """A number plate: three letters that Greek and Latin share, and up to four digits, no zero in front."""
    return text.str.contains(rf"^[{PLATE_LETTERS}]{{3}}[1-9]\d{{0,3}}$")


def anything(text: pl.Expr) -> pl.Expr:
    """The form says it all."""
    return text.is_not_null()
