"""Made-up numbers of nobody, with right check digits."""

from __future__ import annotations

from random import Random


def afm(chance: Random, first: str = "1") -> str:
    """A tax number that begins so."""
    stem = f"{first}{chance.randrange(10**7):07}"[:8]
    total = sum(int(digit) * 2 ** (8 - place) for place, digit in enumerate(stem))
    return f"{stem}{total % 11 % 10}"


def amka(chance: Random) -> str:
    """A social security number."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(0, 99)
    stem = f"{day:02}{month:02}{year:02}{chance.randrange(10**4):04}"
    total = 0
    for place, digit in enumerate(stem):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return f"{stem}{-total % 10}"


def iban(chance: Random) -> str:
    """A bank account."""
    stem = f"{chance.randrange(10**23):023}"
    return f"GR{98 - int(f'{stem}162700') % 97:02}{stem}"


def mobile(chance: Random) -> str:
    """A mobile phone."""
    return f"69{chance.randrange(10**8):08}"


def landline(chance: Random) -> str:
    """A telephone of Patras."""
    return f"2610{chance.randrange(10**6):06}"


def letters(chance: Random, count: int) -> str:
    """Capitals that Greek and Latin share, in Greek."""
    return "".join(chance.choices("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", k=count))


def card(chance: Random) -> str:
    """An identity card."""
    return f"{letters(chance, 2)} {chance.randrange(10**6):06}"


def plate(chance: Random) -> str:
    """A number plate."""
    return f"{letters(chance, 3)}-{chance.randrange(1000, 10000)}"
