"""Did you mean: the words that were typed as the titles of what was found spell them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ckanext.patrasparticipation.search import query, words
from ckanext.patrasparticipation.search.key import key

FIRST = 10
"""Records whose titles are read."""
_FAR = 9.0


def did_you_mean(typed: str, found: Iterable[Mapping[str, Any]], *, all_words: bool) -> str | None:
    """The query in a title's spelling, or nothing.

    All its words stand in the title of one record of ``found``, so it finds at least that one, and tells
    nothing of a record that is not in the answer.

    Args:
        typed: what the reader typed; a query in Solr's syntax has no other spelling.
        found: the records of the answer, best first, as ``package_search`` gives them.
        all_words: every word must have its like; otherwise more than half of them, and the others go.
    """
    parts = words.parts(typed)
    if (
        words.is_syntax(typed)
        or any(part.sign or part.is_phrase for part in parts)
        or len(parts) > query.MOST
    ):
        return None
    asked = [part.words[0] for part in parts]
    candidates = [_respelt(asked, title) for record in list(found)[:FIRST] for title in titles(record)]
    telling = {part.words[0] for part in words.telling(parts)}
    least = len(telling) if all_words else len(telling) // 2 + 1
    sound = [each for each in candidates if each[0] >= least]
    if not sound:
        return None
    _, _, text = min(sound, key=lambda each: (-each[0], each[1]))  # the first of equals: the best record
    return text if words.fold(text) != words.fold(" ".join(asked)) else None


def titles(record: Mapping[str, Any]) -> list[str]:
    """The titles of a record in every language it has."""
    translated = record.get("title_translated") or record.get("extras_title_translated") or {}
    if isinstance(translated, str):
        translated = json.loads(translated)
    found = [record.get("title"), *(translated.values() if isinstance(translated, Mapping) else ())]
    return list(dict.fromkeys(text for text in found if isinstance(text, str) and text))


def _respelt(asked: list[str], title: str) -> tuple[int, float, str]:
    """How many words the title has, how far they are from what was typed, and the words.

    Words that tell nothing stay between those that do, unless one of these is missing.
    """
    spellings = words.plain(title).split()
    telling = {part.words[0] for part in words.telling([words.Part((word,)) for word in asked])}
    like = {word: _likest(word, spellings) for word in dict.fromkeys(asked) if word in telling}
    found = {word: spelling for word, (far, spelling) in like.items() if far < _FAR}
    kept = asked if len(found) == len(telling) else [word for word in asked if word in found]
    away = sum(like[word][0] for word in found)
    return len(found), away, " ".join(found.get(word, word) for word in kept)


def _likest(word: str, spellings: list[str]) -> tuple[float, str]:
    return min(((distance(word, each), each) for each in spellings), default=(_FAR, ""))


@lru_cache(4096)
def distance(typed: str, spelling: str) -> float:
    """How far the spelling is from what was typed: letters wrong, in writing or in sound; 9 is too far.

    The same stem in another inflection is half a letter away.
    """
    if words.fold(typed) == words.fold(spelling):
        return 0.0
    if typed.isdigit() or spelling.isdigit():
        return _FAR
    wrong = min(_wrong(typed, spelling))
    return 0.5 if wrong > 0.5 and key(typed) == key(spelling) else wrong


def _wrong(typed: str, spelling: str) -> Iterator[float]:
    """By letters and by sounds; by coarse sounds only where Latin letters were typed."""
    yield _edits(words.fold(typed), words.fold(spelling))
    for coarse in (False,) if words.GREEK.search(typed) else (False, True):
        near = _edits(key(typed, coarse=coarse, stem=False), key(spelling, coarse=coarse, stem=False))
        yield near + 0.25  # of two spellings equally far, the one that looks alike


def _edits(one: str, other: str) -> float:
    """Letters to add, take, change or swap, as Solr counts them; 9 where there are too many."""
    most = query.wrong_letters(one)
    if one == other:
        return 0.0
    if not most or abs(len(one) - len(other)) > most:
        return _FAR
    rows = [list(range(len(other) + 1))]
    for down in range(1, len(one) + 1):
        rows.append([down])
        for right in range(1, len(other) + 1):
            rows[down].append(_least(rows, down, right, one, other))
    return float(rows[-1][-1]) if rows[-1][-1] <= most else _FAR


def _least(rows: list[list[int]], down: int, right: int, one: str, other: str) -> int:
    """The cell of the table of distances that stands there."""
    changed = rows[down - 1][right - 1] + (one[down - 1] != other[right - 1])
    cost = min(rows[down - 1][right] + 1, rows[down][right - 1] + 1, changed)
    if min(down, right) > 1 and one[down - 1] == other[right - 2] and one[down - 2] == other[right - 1]:
        cost = min(cost, rows[down - 2][right - 2] + 1)
    return cost
