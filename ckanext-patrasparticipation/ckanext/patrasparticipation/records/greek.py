"""What the browser's copy of our transliteration needs; the table itself stands in ``harvesters.elot``."""

from __future__ import annotations

from ckanext.patrasparticipation.harvesters.elot import BETWEEN_WORDS, MARKS, RULES, UNUSED_MARKS

NOT_IN_SLUG = "[^0-9a-z]+"


def table() -> dict[str, object]:
    """What the browser's copy of the algorithm needs, ready for JSON (see ``assets/slug.js``)."""
    return {
        "rules": [list(rule) for rule in RULES],
        "between": BETWEEN_WORDS,
        "unused": UNUSED_MARKS,
        "marks": MARKS,
        "gap": NOT_IN_SLUG,
    }
