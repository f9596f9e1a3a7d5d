"""What Solr is asked for what a reader typed: exactly first, and where that finds nothing, ever more loosely.

Measured on judged queries; why each weight and parser is as it is stands in docs/explanation/search.md.
"""

from __future__ import annotations

import re
from typing import Any

from ckanext.patrasparticipation.search import words
from ckanext.patrasparticipation.search.words import Part

STAGE = "ext_search_stage"
"""In ``extras`` of a search: which stage of the fallback this is. Only our own action sets it."""

FIELDS = (
    "codes^20 title_el^8 tags_el^3 txt_title^6 notes_el^1 text_el^1 title_key^4 text_key^0.6"
    " title_prefix^2 tags_prefix^0.7 title_infix^2"
)
COARSE = "title_key2^1 text_key2^0.2"
MISSPELT = "title_fold^4 text_fold^0.7 text_kplain^0.5 title_prefix^2 title_key^4"
"""Where a word may stand with letters wrong. Each field has a dictionary to be gone through: in all those of
``FIELDS`` as much is found, in twice the time."""
TIE = "0.4"
OURS = ("qf", "defType", "mm", "tie", "bf", "boost")
"""A caller who sets one of these knows what to ask; the query is left as it is."""

NEAREST = "score desc, metadata_modified desc"
LONGEST = 40  # letters of a word that may be misspelt: the longest of the corpus has 28
MOST = 12  # words that are looked for with letters wrong; each asks the whole dictionary


def is_own(params: dict[str, Any]) -> bool:
    """Whether the caller has taken the query into his own hands."""
    return any(params.get(name) for name in OURS)


def adapt(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of ``package_search`` as Solr is to get them; changes and gives what it is given."""
    typed = words.tidy(str(params.get("q") or ""))
    stage = (params.get("extras") or {}).get(STAGE)
    if params.get("q"):
        params["q"] = typed
    if is_own(params) or typed in ("", "*:*"):
        return params
    for name in OURS:  # given, but empty
        params.pop(name, None)
    if stage:
        params |= loose(typed, all_words=stage == "close")
        params["sort"] = params.get("sort") or NEAREST
    elif words.is_syntax(typed):
        params |= {"defType": "edismax", "qf": FIELDS, "tie": TIE, "mm": "1"}
    elif found := words.parts(typed):
        asked = " ".join(map(str, words.telling(found)))
        params |= {"q": asked, "defType": "dismax", "qf": FIELDS, "tie": TIE}
    else:
        params["q"] = "*:*"
    return params


def loose(typed: str, *, all_words: bool) -> dict[str, Any]:
    """Each word also with letters wrong; all of the words, or any of them. What is unwanted stays out."""
    told = words.telling(words.parts(typed))
    coarse = "" if words.GREEK.search(typed) else f" {COARSE}"
    wanted = [(word, part) for part in told if part.sign != "-" for word in _split(part)][:MOST]
    near = [_near(word, part, MISSPELT + coarse) for word, part in wanted]
    joined = (" " if all_words else " OR ").join(near)
    if unwanted := " ".join(str(part) for part in told if part.sign == "-"):
        joined = f"({joined}) {unwanted}"
    return {"q": joined, "defType": "edismax", "qf": FIELDS + coarse, "tie": TIE, "mm": "1"}


def _split(part: Part) -> list[str]:
    return re.findall(r"\w+", " ".join(part.words))


def _near(word: str, part: Part, fields: str) -> str:
    """The word or one near it in those fields; a word that was marked as wanted stays so."""
    wrong, near = wrong_letters(word), word
    if wrong:
        weights = (field.split("^") for field in fields.split())
        misspelt = (f"{field}:{words.fold(word)}~{wrong}^{weight}" for field, weight in weights)
        near = f"({' OR '.join((word, *misspelt))})"
    return f"+{near}" if part.sign == "+" and not part.is_phrase else near


def wrong_letters(word: str) -> int:
    """How many letters may be wrong: none in a short word or a number, one up to five letters, else two."""
    letters = len(words.fold(word))
    if letters < 4 or letters > LONGEST or word.isdigit():
        return 0
    return 1 if letters < 6 else 2
