"""What a reader typed, as words: without stop words, without what Solr would take for syntax."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

STOPWORDS = Path(__file__).parent / "solr" / "stopwords_el.txt"
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")

FIELDED = re.compile(
    r"(?:^|[\s(+-])(?!https?:)[a-zA-Z_][\w.-]*:\S"  # organization:deyap
    r"|\b(?:AND|OR|NOT)\b"
    r'|"[^"]*"'
)
"""Syntax that a reader meant as syntax; a colon after a Greek word is text."""
_SIGNS = re.compile(r'[:*?~^\[\]{}()!\\/|&"]|(?<!\w)[+-]+|[+-]+(?!\w)')


def fold(text: str) -> str:
    """The text without accents, in lower case, final sigma as sigma: as Solr's Greek lower case has it."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(each for each in letters if not unicodedata.combining(each)).replace("ς", "σ")


@cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing, folded; the same list that the index leaves out."""
    lines = STOPWORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def plain(text: str) -> str:
    """The text without signs that Solr would take for syntax, one blank between words."""
    return " ".join(_SIGNS.sub(" ", text).split())


def telling(text: str) -> str:
    """The words that tell something; all of them where none does."""
    return " ".join(word for word in text.split() if fold(word) not in stop_words()) or text


def is_fielded(text: str) -> bool:
    """Whether the text uses the query syntax: a field's name, AND, OR, NOT, a phrase in quotes."""
    return bool(FIELDED.search(text))
