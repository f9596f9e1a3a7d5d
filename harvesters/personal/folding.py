"""Write a text so that it compares: no accents, capitals, one letter for those that look the same."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

_GREEK, _CYRILLIC, _LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "АВЕКМНОРСТХУ", "ABEZHIKMNOPTYX"
ALIKE = dict(zip(_GREEK, _LATIN, strict=True)) | dict(zip(_CYRILLIC, "ABEKMHOPCTXY", strict=True))
"""Greek and Cyrillic capitals that look like Latin ones: the number plates of Greece use just these."""
DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_REPLACED = ALIKE | DASHES
_LOST = r"[\p{M}\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]"
"""Accents, and what has no width: nobody sees it between two digits."""
_SPELLED = re.compile(r"\b(?:\w\.)+\w\b\.?")
_HUMP = re.compile(r"(?<=[a-zα-ω])(?=[A-ZΑ-Ω])")


def fold(text: pl.Expr) -> pl.Expr:
    """A column as it compares: ``ά`` is ``A``, a long dash is a dash, ``123456783.0`` is a whole number."""
    bare = text.str.normalize("NFKD").str.replace_all(_LOST, "").str.to_uppercase()
    plain = bare.str.replace_many(list(_REPLACED), list(_REPLACED.values()))
    return plain.str.strip_chars().str.replace(r"^(\d{8,14})[.,]0+$", "$1")


def folded(text: str) -> str:
    """A word as ``fold`` writes it; ``Α.Φ.Μ.`` is one word, ``phoneNumber`` are two."""
    apart = _HUMP.sub(" ", _SPELLED.sub(lambda found: found[0].replace(".", "") + " ", text))
    bare = unicodedata.normalize("NFKD", apart)
    upper = "".join(letter for letter in bare if not unicodedata.combining(letter)).upper()
    return "".join(_REPLACED.get(letter, letter) for letter in upper)


def worded(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words in a folded name; ``ΤΗΛΕΦΩΝ*`` stands for every ending."""
    ends = {True: "", False: r"(?![A-ZΑ-Ω])"}
    parts = [re.escape(folded(word.rstrip("*"))) + ends[word.endswith("*")] for word in words]
    return re.compile(rf"(?<![A-ZΑ-Ω])(?:{'|'.join(parts)})") if parts else re.compile(r"(?!)")
