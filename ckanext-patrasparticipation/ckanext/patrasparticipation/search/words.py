"""What a reader typed, as words: without stop words, without what Solr would take for syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

STOPWORDS = Path(__file__).parent / "solr" / "stopwords_el.txt"
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
MOST = 32
"""More words than this are a text that somebody pasted: its beginning is searched."""

_FIELD = r"(?:^|[\s(+-])(?!(?:https?|ftp|mailto|tel|urn):)[a-z_][a-zA-Z0-9_.-]*:\S"
_OPERATOR = r"\S\s+(?:AND|OR)\s+\S|(?:^|[\s(])NOT\s+\S"
_SYNTAX = re.compile(f"{_FIELD}|{_OPERATOR}")
"""``organization:deyap``, ``κάδοι OR φωτισμός``; a colon after a Greek word or a capital is text."""

_PART = re.compile(r'(?<!\S)(?P<sign>[+-]?)"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+)')
_SIGNS = re.compile(r"[:*?~^\[\]{}()!\\/|&<>=·\u0387]|[,;](?!\d)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»"), '"')  # what telephones make of a quotation mark
_LETTERS = {0xB5: "μ", 0x2206: "Δ", 0x37E: ";"}  # as mapping-el.txt has it; and the Greek question mark
_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True)
class Part:
    """Words that were typed together: one, or a phrase; ``sign`` is ``+`` wanted, ``-`` unwanted."""

    words: tuple[str, ...]
    sign: str = ""
    is_phrase: bool = False

    def __str__(self) -> str:
        text = " ".join(self.words)
        return f'{self.sign}"{text}"' if self.is_phrase else f"{self.sign}{text}"


def fold(text: str) -> str:
    """The text without accents, in lower case, final sigma as sigma: as Solr's Greek lower case has it."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(each for each in letters if not unicodedata.combining(each)).replace("ς", "σ")


@cache
def stop_words() -> frozenset[str]:
    """Words that tell nothing, folded; the same list that the index leaves out."""
    lines = STOPWORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def tidy(text: str) -> str:
    """The text without what no keyboard types: control characters, halves of characters."""
    return "".join(" " if unicodedata.category(each) in ("Cc", "Cs") else each for each in text).strip()


def parts(text: str) -> list[Part]:
    """What was typed, word by word and phrase by phrase, at most ``MOST`` of them."""
    found = list(_parts(text))
    spoken = [part for part in found if part.words[0] not in _OPERATORS]
    return spoken[:MOST] or [replace(part, words=(part.words[0].lower(),)) for part in found[:MOST]]


def _parts(text: str) -> Iterator[Part]:
    text = unicodedata.normalize("NFC", text).translate(_QUOTES).translate(_LETTERS)
    text = "".join(each for each in text if unicodedata.category(each) != "Cf")  # soft hyphens, joiners
    for found in _PART.finditer(text):
        if (phrase := found["phrase"]) is not None:
            if inside := tuple(_bare(phrase)):
                yield Part(inside, found["sign"] or "+", is_phrase=True)
            continue
        sign = found["word"][0] if re.match(r"[+-]\w", found["word"]) else ""
        yield from (Part((word,), sign) for word in _bare(found["word"]))


def _bare(text: str) -> Iterator[str]:
    """The words of a text, without signs inside and at their ends."""
    for word in _SIGNS.sub(" ", text).split():
        if bare := _EDGES.sub("", word):
            yield bare


def plain(text: str) -> str:
    """The words alone, one blank between them; nothing where only signs were typed."""
    return " ".join(word for part in parts(text) for word in part.words)


def telling(found: list[Part]) -> list[Part]:
    """The parts that tell something; all of them where none does. Within a phrase, every word counts."""
    return [part for part in found if part.is_phrase or fold(part.words[0]) not in stop_words()] or found


def is_syntax(text: str) -> bool:
    """Whether the text is a query, not words: a field's name, AND, OR, NOT, or only what is unwanted."""
    return bool(_SYNTAX.search(text)) or {part.sign for part in parts(text)} == {"-"}
