"""What Solr is asked for what a reader typed: exactly first, and where that finds nothing, ever more loosely.

Measured on judged queries; why each weight and parser is as it is stands in docs/explanation/search.md.
"""

from __future__ import annotations

import re
from typing import Any

from ckanext.patrasparticipation.search import words

STAGE = "ext_search_stage"
"""In ``extras`` of a search: which stage of the fallback this is. Only our own action sets it."""

FIELDS = (
    "codes^20 title_el^8 tags_el^3 txt_title^6 notes_el^1 text_el^1 title_key^4 text_key^0.6"
    " title_prefix^2 tags_prefix^0.7 title_infix^2"
)
LETTERS = "title_fold^4 text_fold^0.7 text_kplain^0.5"
COARSE = "title_key2^1 text_key2^0.2"
TIE = "0.4"
OURS = ("qf", "defType", "mm", "tie", "bf", "boost")
"""A caller who sets one of these knows what to ask; the query is left as it is."""


def is_own(params: dict[str, Any]) -> bool:
    """Whether the caller has taken the query into his own hands."""
    return any(params.get(name) for name in OURS)


def adapt(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of ``package_search`` as Solr is to get them; changes and gives what it is given."""
    typed = str(params.get("q") or "").strip()
    stage = (params.get("extras") or {}).get(STAGE)
    if is_own(params) or typed in ("", "*:*"):
        return params
    if stage:
        params |= loose(typed, all_words=stage == "close")
    elif words.is_fielded(typed):
        params |= {"defType": "edismax", "qf": FIELDS, "tie": TIE, "mm": "1"}
    elif plain := words.plain(typed):
        params |= {"q": words.telling(plain), "defType": "dismax", "qf": FIELDS, "tie": TIE}
    else:
        params["q"] = "*:*"
    return params


def loose(typed: str, *, all_words: bool) -> dict[str, Any]:
    """Each word also with letters wrong; all of the words, or any of them."""
    wanted = re.findall(r"\w+", words.telling(words.plain(typed)))
    joined = (" " if all_words else " OR ").join(_near(word) for word in wanted)
    fields = f"{FIELDS} {LETTERS}" if words.GREEK.search(typed) else f"{FIELDS} {LETTERS} {COARSE}"
    return {"q": joined, "defType": "edismax", "qf": fields, "tie": TIE, "mm": "1"}


def _near(word: str) -> str:
    """The word or one near it: no letter wrong in a short one, one up to five letters, else two."""
    folded = words.fold(word)
    wrong = 0 if len(folded) < 4 or folded.isdigit() else 1 if len(folded) < 6 else 2
    return f"({word} OR {folded}~{wrong})" if wrong else word
