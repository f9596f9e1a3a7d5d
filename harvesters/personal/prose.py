"""Does a long cell read like what a person wrote, or like the description of a thing?"""

from __future__ import annotations

import polars as pl

from .folding import folded

LONG = 200
"""Characters: a shorter cell is not free text."""
WORDS = 25
"""Words: a long list of codes or coordinates has fewer blanks than that."""
_MINE = (
    "μου", "εμένα", "εγώ", "σας", "εσείς", "παρακαλώ", "ευχαριστώ", "θέλω", "ζητώ", "προτείνω", "πιστεύω",
    "νομίζω", "είμαι", "μένω", "κατοικώ", "γείτονας", "οικογένειά", "παιδί",
    "my", "i'm", "i've", "please", "thank", "thanks", "your", "wife", "husband", "neighbour",
)  # fmt: skip
"""Words of somebody who speaks of themselves or to somebody; a description of a thing has none. The English
“me” is not among them: folded, it is the Greek «με»."""
_SPOKEN = rf"(?:^|[^A-ZΑ-Ω])(?:{'|'.join(folded(word) for word in _MINE)})(?:$|[^A-ZΑ-Ω])"


def long(text: pl.Expr) -> pl.Expr:
    """Cells of many words."""
    return (text.str.len_chars() >= LONG) & (text.str.count_matches(r"\s+") >= WORDS - 1)


def spoken(text: pl.Expr) -> pl.Expr:
    """Folded cells in which somebody speaks."""
    return text.str.contains(_SPOKEN)
