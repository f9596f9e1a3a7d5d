"""The phonetic key: Greek and Greeklish spellings of a word give the same Latin letters.

One table for both alphabets, longest match first. Python has it for tests and for what is compared outside
Solr; Solr gets it as a mapping file (``mapping``) and as regular expressions (``LATIN``, ``ENDS``), which
``configset.py`` writes. That both agree on every word is tested.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

PAIRS = {
    "ου": "u", "αι": "e", "ει": "i", "οι": "i", "υι": "i", "αυ": "av", "ευ": "ev", "ηυ": "iv",
    "μπ": "b", "ντ": "d", "γκ": "g", "γγ": "g", "αφ": "av", "εφ": "ev",
    "ou": "u", "oy": "u", "ai": "e", "ei": "i", "oi": "i", "yi": "i", "ui": "i",
    "au": "av", "ay": "av", "af": "av", "eu": "ev", "ey": "ev", "ef": "ev",
    "mp": "b", "nt": "d", "gk": "g", "gg": "g", "ng": "g",
    "th": "q", "ch": "x", "kh": "x", "ph": "f", "ps": "w", "ks": "j",
}  # fmt: skip
"""Two letters that sound as one."""

SINGLES = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψως", "avgdeziqiklmnjoprstifxwos", strict=True)),
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "abkdefgiiiklmnopkrstivoxiz", strict=True)),
    "µ": "m",  # the micro sign, the increment and the ohm: what some systems write for μ, Δ and Ω
    "∆": "d",
    "Ω": "o",
}

COARSE = {"q": "t", "j": "x", "b": "v", "d": "t", "g": "k", "w": "ps"}
"""Sounds that Latin letters do not tell apart; only the fallback asks for the coarse key."""

LATIN = (
    (r"[tT][hH](?=(?:s|ta|tas|tes|twn|ton)\b)", "ti"),  # xarths, poiothta: h is eta
    (r"(?<![ctkpCTKP])[hH](?=[aeiouwyAEIOUWY])", "ch"),  # hartis
    (r"(?<=[A-Za-z])[89]|[89](?=[A-Za-z]{2})", "th"),  # 8eseis
    (r"(?<=[A-Za-z])3|3(?=[A-Za-z]{2})", "ks"),
    (r"(?<=[A-Za-z])4|4(?=[A-Za-z]{2})", "ps"),  # 4hlalwnia
)
"""Habits of Greeklish, seen before the table: pattern and replacement, as Java and Python both read them."""

ENDS = (
    r"(.{3,}?)(?:matos|maton|mata|mas|ma)",
    r"(.{3,}?)(?:atos|aton|ata)",
    r"(.{3,}?)(?:ion|ius|ies|ias|ios|eon|eos|ia|io|iu)",
    r"(.{2,}?)(?:us|os|on|es|is|as|a|e|i|o|u|s)",
)
"""One suffix comes off, the first that fits; the group is what stays."""

DOUBLED = r"([a-z])\1+"
_GREEK = range(0x370, 0x400)
_POLYTONIC = range(0x1F00, 0x2000)


def key(word: str, *, coarse: bool = False, stem: bool = True) -> str:
    """The key of one word: ``key("φωτισμού") == key("fwtismos")``.

    Args:
        word: one word, in any case, with or without accents.
        coarse: also take together what Latin letters do not tell apart (β and v, ξ and x).
        stem: take one suffix off.
    """
    for pattern, replacement in LATIN:
        word = re.sub(pattern, replacement, word)
    sounds = re.sub(DOUBLED, r"\1", _sounds(word, coarse))
    return _stem(sounds) if stem else sounds


def mapping(*, coarse: bool = False) -> str:
    """The table as Solr's ``MappingCharFilter`` reads it, a rule a line, in every case and accent."""
    rows = {first + second: sound for pair, sound in PAIRS.items()
            for first in _written(pair[0]) for second in _written(pair[1])}  # fmt: skip
    rows |= {letter: sound for single, sound in SINGLES.items() for letter in _written(single)}
    polytonic = {chr(code): _base(chr(code)) for code in _POLYTONIC}
    rows |= {letter: SINGLES[base] for letter, base in polytonic.items() if base in SINGLES}
    return "".join(f'"{letters}" => "{_coarse(sound, coarse)}"\n' for letters, sound in rows.items())


def _sounds(word: str, coarse: bool) -> str:
    letters = "".join(_base(letter) for letter in unicodedata.normalize("NFC", word))
    out, at = [], 0
    while at < len(letters):
        pair = PAIRS.get(letters[at : at + 2])
        out.append(pair or SINGLES.get(letters[at], letters[at]))
        at += 2 if pair else 1
    return "".join(_coarse(sound, coarse) for sound in out)


def _coarse(sound: str, coarse: bool) -> str:
    return "".join(COARSE.get(letter, letter) for letter in sound) if coarse else sound


def _stem(sounds: str) -> str:
    for end in ENDS:
        if found := re.fullmatch(end, sounds):
            return found[1]
    return sounds


def _base(letter: str) -> str:
    """The letter without accent, dialytika or breathing, in lower case."""
    return unicodedata.normalize("NFD", letter)[0].lower()


@cache
def _written(letter: str) -> tuple[str, ...]:
    """Every way in which a letter of the table may be written."""
    if letter.isascii():
        return (letter, letter.upper())
    greek = tuple(chr(code) for code in _GREEK if _base(chr(code)) == letter)
    return greek or (letter,)
