"""The phonetic key: Greek and Greeklish spellings of a word give the same Latin letters.

One table for both alphabets, longest match first. Python has it for tests and for what is compared outside
Solr; Solr gets it as mapping files (``letters``, then ``mapping``) and as regular expressions (``LATIN``,
``ENDS``), which ``configset.py`` writes. That both agree on every word is tested.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

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
    "µ": "m",  # the micro sign and the increment: what some systems write for μ and Δ
    "∆": "d",
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
_ALPHABETS = (
    *range(0x41, 0x5B),
    *range(0xC0, 0x250),  # Latin letters with marks: café
    *range(0x370, 0x400),
    *range(0x1E00, 0x2000),  # more of them, and polytonic Greek
    *range(0x2126, 0x212C),  # ohm, kelvin, ångström
)
_MARKS = range(0x300, 0x370)


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


def letters() -> str:
    """What ``_base`` does, as Solr's ``MappingCharFilter`` reads it: a rule for each letter that changes."""
    rules = {chr(code): _base(chr(code)) for code in _ALPHABETS if unicodedata.category(chr(code))[0] == "L"}
    rules |= dict.fromkeys(map(chr, _MARKS), "")
    return _rules({letter: base for letter, base in rules.items() if letter != base})


def mapping(*, coarse: bool = False) -> str:
    """The table as Solr's ``MappingCharFilter`` reads it; ``letters`` come before it."""
    return _rules({given: _coarse(sound, coarse) for given, sound in (PAIRS | SINGLES).items()})


def _rules(pairs: Mapping[str, str]) -> str:
    return "".join(f'"{given}" => "{becomes}"\n' for given, becomes in pairs.items())


def _sounds(word: str, coarse: bool) -> str:
    bare = "".join(_base(letter) for letter in unicodedata.normalize("NFC", word))
    out, at = [], 0
    while at < len(bare):
        pair = PAIRS.get(bare[at : at + 2])
        out.append(pair or SINGLES.get(bare[at], bare[at]))
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
    """The letter without accent, dialytika or breathing, in lower case; a mark alone is nothing."""
    first = unicodedata.normalize("NFD", letter)[0]
    return "" if ord(first) in _MARKS else first.lower()
