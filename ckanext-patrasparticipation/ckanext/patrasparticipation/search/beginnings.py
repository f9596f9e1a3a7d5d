"""Half a word, and the titles it may be the beginning of: by sound, whatever the accents or the alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from ckanext.patrasparticipation.search import key, words

LETTERS = 100  # of what was typed that are looked at
WORDS = 8
LEAST = 2  # letters; the index keeps no shorter beginnings
LONGEST = 15  # letters; nor longer ones
_WORD = re.compile(r"[^\W_]+")

Found = TypeVar("Found")


def asked(typed: str) -> list[str]:
    """The words to look for; none where too little was typed.

    The last word may be half of one: it counts though it is a stop word, and not while it is one letter.
    """
    found = _WORD.findall(unicodedata.normalize("NFC", typed[:LETTERS]))
    if len(found) > 1 and len(found[-1]) < LEAST:
        found.pop()
    if len("".join(found)) < LEAST:
        return []
    telling = [word for word in found[:-1] if words.fold(word) not in words.stop_words()]
    return [word.lower() for word in (*telling[: WORDS - 1], found[-1])]


def query(wanted: Sequence[str]) -> str:
    """The words as Solr gets them, each in the spellings it may be the beginning of."""
    return " ".join(_either(spellings(word)) for word in wanted)


def _either(spelt: Sequence[str]) -> str:
    first, *rest = spelt
    return f"({first}^2 OR {' OR '.join(rest)})" if rest else first


def spellings(word: str) -> list[str]:
    """The word, and what it becomes when its last letter opens a pair: «πλατε» is half of «πλατεία».

    Without that a suggestion would vanish between the two letters of one sound, and come back.
    """
    cut = word[:LONGEST]
    heard = key.key(cut, stem=False)
    last = unicodedata.normalize("NFD", cut[-1])[0]
    opened = [cut + pair[1] for pair in key.PAIRS if pair[0] == last]
    sounds = {key.key(each, stem=False): each for each in opened}
    return [cut, *(each for sound, each in sounds.items() if not sound.startswith(heard))]


def matching(
    listed: Iterable[Found], titles: Callable[[Found], Mapping[str, str]], wanted: Sequence[str]
) -> list[Found]:
    """Those with all the words in one of their titles; what begins with the first of them comes first."""
    ranked = []
    for each in listed:
        found = [_place_in(text, wanted) for text in dict.fromkeys(titles(each).values())]
        if at := [place for place in found if place is not None]:
            ranked.append((min(at), each))
    return [each for _at, each in sorted(ranked, key=lambda pair: pair[0])]


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[tuple[str, str], ...]:
    """Each word of a title as it begins, and without its ending."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return tuple((key.key(word, stem=False), key.key(word)) for word in found)


@lru_cache(maxsize=512)
def _heard(word: str) -> tuple[tuple[str, ...], str]:
    """What the sounds of a word may begin with, and its own without an ending."""
    return tuple(key.key(each, stem=False) for each in spellings(word)), key.key(word)


def _place_in(text: str, wanted: Sequence[str]) -> int | None:
    """Where in the text the first of the words stands; nothing unless all of them stand in it."""
    at = [_first(_sounds(text), *_heard(word)) for word in wanted]
    return None if None in at else at[0]


def _first(sounds: Sequence[tuple[str, str]], begins: tuple[str, ...], stem: str) -> int | None:
    fits = (at for at, (whole, root) in enumerate(sounds) if whole.startswith(begins) or root == stem)
    return next(fits, None)
