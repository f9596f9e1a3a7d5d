"""Greek letters in Latin ones by ELOT 743: one table for slugs, names of columns and the browser."""

from __future__ import annotations

import re
import unicodedata

# Between words: neither digit, Latin letter (with or without marks), combining mark nor Greek letter.
BETWEEN_WORDS = "([^0-9a-z\u00df-\u024f\u0300-\u036f\u0370-\u03ff]+)"
# Every mark but tonos and dialytika, which decide how Greek is read (άυλος is not αυ, ευρωπαϊκός is not αι).
UNUSED_MARKS = "[\u0300\u0302-\u0307\u0309-\u036f]"
MARKS = "[\u0300-\u036f]"

VOWELS = "αάεέηήιίϊΐοόυύϋΰωώ"
VOICED = VOWELS + "βγδζλμνρ"

RULES: tuple[tuple[str, str], ...] = (
    # (pattern, replacement), in order, over one word in lower case, NFC. Only what `re` and JavaScript
    # understand alike: anchors, classes and lookahead, no groups to refer to.
    ("^μπ", "b"),
    ("μπ$", "b"),
    (f"α[υύ](?=[{VOICED}])", "av"),
    ("α[υύ]", "af"),
    (f"ε[υύ](?=[{VOICED}])", "ev"),
    ("ε[υύ]", "ef"),
    (f"η[υύ](?=[{VOICED}])", "iv"),
    ("η[υύ]", "if"),
    ("ο[υύ]", "ou"),
    ("γγ", "ng"),
    ("γξ", "nx"),
    ("γχ", "nch"),
    ("[αά]", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("[εέ]", "e"),
    ("ζ", "z"),
    ("[ηήιίϊΐ]", "i"),
    ("θ", "th"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "x"),
    ("[οόωώ]", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("[σς]", "s"),
    ("τ", "t"),
    ("[υύϋΰ]", "y"),
    ("φ", "f"),
    ("χ", "ch"),
    ("ψ", "ps"),
    # Latin letters that do not fall apart into a letter and its mark.
    ("ß", "ss"),
    ("æ", "ae"),
    ("[øœ]", "o"),
    ("[ðđ]", "d"),
    ("þ", "th"),
    ("ł", "l"),
    ("ı", "i"),
)

_COMPILED = tuple((re.compile(pattern), replacement) for pattern, replacement in RULES)
_BETWEEN = re.compile(BETWEEN_WORDS)
_UNUSED = re.compile(UNUSED_MARKS)
_MARKS = re.compile(MARKS)


def latin(text: str) -> str:
    """The text in lower-case Latin letters by ELOT 743; other signs stay as they are."""
    plain = _UNUSED.sub("", unicodedata.normalize("NFKD", text.lower()))
    return "".join(_word(word) for word in _BETWEEN.split(unicodedata.normalize("NFC", plain)))


def _word(word: str) -> str:
    for pattern, replacement in _COMPILED:
        word = pattern.sub(replacement, word)
    return _MARKS.sub("", unicodedata.normalize("NFKD", word))
