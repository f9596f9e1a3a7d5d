"""Greek letters in Latin ones by ELOT 743, as a table that Python and the browser both read."""

from __future__ import annotations

# Between words: neither digit, Latin letter (with or without marks), combining mark nor Greek letter.
BETWEEN_WORDS = "([^0-9a-z\u00df-\u024f\u0300-\u036f\u0370-\u03ff]+)"
# Every mark but tonos and dialytika, which decide how Greek is read (άυλος is not αυ, ευρωπαϊκός is not αι).
UNUSED_MARKS = "[\u0300\u0302-\u0307\u0309-\u036f]"
MARKS = "[\u0300-\u036f]"
NOT_IN_SLUG = "[^0-9a-z]+"

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


def table() -> dict[str, object]:
    """What the browser's copy of the algorithm needs, ready for JSON (see ``assets/slug.js``)."""
    return {
        "rules": [list(rule) for rule in RULES],
        "between": BETWEEN_WORDS,
        "unused": UNUSED_MARKS,
        "marks": MARKS,
        "gap": NOT_IN_SLUG,
    }
