"""Words that mean the same: those that ship (synonyms.yaml), and what staff's own must look like.

Solr reads a group as a line, ``ΚΕΠ, κέντρο εξυπηρέτησης πολιτών``, and puts it through Lucene's Greek
analyzer; so a line that its syntax or the analyzer cannot take would keep the core from loading. Such a group
is refused here, before it reaches a file. CKAN is not imported: the configset is written without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ckanext.patrasparticipation.search import words

SHIPPED = Path(__file__).with_name("synonyms.yaml")

MOST_WORDS, LONGEST, MOST_PARTS = 8, 60, 8
ALLOWED = " .-&'’"
"""Signs that may stand in a word, besides letters and digits."""

ANALYZER_STOPS = frozenset(
    [
        "ο", "η", "το", "οι", "τα", "του", "τησ", "των", "τον", "την", "και", "κι", "κ", "ειμαι", "εισαι",
        "ειναι", "ειμαστε", "ειστε", "στο", "στον", "στη", "στην", "μα", "αλλα", "απο", "για", "προσ", "με",
        "σε", "ωσ", "παρα", "αντι", "κατα", "μετα", "θα", "να", "δε", "δεν", "μη", "μην", "επι", "ενω",
        "εαν", "αν", "τοτε", "που", "πωσ", "ποιοσ", "ποια", "ποιο", "ποιοι", "ποιεσ", "ποιων", "ποιουσ",
        "αυτοσ", "αυτη", "αυτο", "αυτοι", "αυτων", "αυτουσ", "αυτεσ", "αυτα", "εκεινοσ", "εκεινη", "εκεινο",
        "εκεινοι", "εκεινεσ", "εκεινα", "εκεινων", "εκεινουσ", "οπωσ", "ομωσ", "ισωσ", "οσο", "οτι",
    ]
)  # fmt: skip
"""What Lucene's Greek analyzer drops: a phrase with one of them would not load."""


OTHER_STEMS = ((r"ια$", "ιασ"), (r"ιο$", "ιου"), (r"μα$", "ματοσ"))
"""Endings whose nominative Lucene cuts otherwise than the other cases (κολυμβητήριο, κολυμβητηρίου), and the
genitive that has the stem of those."""


@dataclass(frozen=True)
class Group:
    """Words that mean the same, why, and the theme it stands under; texts by language."""

    words: tuple[str, ...]
    why: dict[str, str]
    theme: dict[str, str]


class NotSynonyms(ValueError):
    """The words cannot be a group.

    Args:
        code: ``few many twice long parts empty sign stop known``.
        word: the word that is wrong; empty where the group is.
        found: what was found in it.
    """

    def __init__(self, code: str, word: str = "", found: str = "") -> None:
        super().__init__(f"{code}: {word[:LONGEST]!r} {found}".strip())
        self.code, self.word, self.found = code, word, found


@cache
def groups() -> tuple[Group, ...]:
    """The groups that ship, in the file's order."""
    themes: list[dict[str, Any]] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return tuple(
        Group(tuple(group["words"]), group["why"], theme["theme"])
        for theme in themes
        for group in theme["groups"]
    )


def shipped() -> str:
    """The groups that ship, as Solr reads them."""
    return lines(group.words for group in groups())


def lines(given: Iterable[Sequence[str]]) -> str:
    """Groups as Solr reads them, one a line, each word with the genitive where that has another stem."""
    return "".join(f"{', '.join(_with_genitives(group))}\n" for group in given)


def _with_genitives(group: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*group, *(" ".join(map(_genitive, word.split(" "))) for word in group)]))


def _genitive(part: str) -> str:
    """The part in the genitive, folded, if that has another stem; names in capitals stay."""
    for ending, genitive in OTHER_STEMS:
        if not part.isupper() and re.search(ending, words.fold(part)):
            return re.sub(ending, genitive, words.fold(part))
    return part


def digest(text: str) -> str:
    """Sixteen letters that change with any line."""
    return sha256(text.encode()).hexdigest()[:16]


def split(typed: str) -> list[str]:
    """What a person typed, as words: one a line or with commas between."""
    return [word for part in re.split(r"[,;\r\n]+", typed) if (word := " ".join(part.split(" ")).strip())]


def checked(given: Sequence[str], others: Iterable[Sequence[str]] = ()) -> list[str]:
    """The words as they are kept: composed letters, one blank between parts.

    Args:
        given: the words of a group.
        others: the groups that are there already.

    Raises:
        NotSynonyms: the group would not load, or says nothing new.
    """
    kept = [_word(word) for word in given]
    folded = [words.fold(word) for word in kept]
    for place, word in enumerate(folded):
        if word in folded[:place]:
            raise NotSynonyms("twice", kept[place])
    if len(kept) < 2:
        raise NotSynonyms("few")
    if len(kept) > MOST_WORDS:
        raise NotSynonyms("many", found=str(len(kept)))
    for group in others:
        if set(folded) <= {words.fold(word) for word in group}:
            raise NotSynonyms("known", ", ".join(group))
    return kept


def _word(given: str) -> str:
    """One word or phrase, if Solr can read it and the analyzer keeps all of it."""
    word = unicodedata.normalize("NFC", given.strip(" \t"))
    if len(word) > LONGEST:
        raise NotSynonyms("long", word, str(len(word)))
    for sign in word:
        if not (sign.isalnum() or sign in ALLOWED):
            raise NotSynonyms("sign", _shown(word), _shown(sign))
    parts = re.findall(r"\w+(?:\.\w+)*", words.fold(word))
    if sum(map(len, parts)) < 2:
        raise NotSynonyms("empty", word)
    if len(parts) > MOST_PARTS:
        raise NotSynonyms("parts", word, str(len(parts)))
    for part in parts:
        if part in ANALYZER_STOPS or part in words.stop_words():
            raise NotSynonyms("stop", word, part)
    return " ".join(word.split())


def _shown(text: str) -> str:
    """The text with signs that cannot be seen by their number: ``U+0000``."""
    return "".join(
        sign if sign.isprintable() and not 0xD800 <= ord(sign) < 0xE000 else f"U+{ord(sign):04X}"
        for sign in text
    )
