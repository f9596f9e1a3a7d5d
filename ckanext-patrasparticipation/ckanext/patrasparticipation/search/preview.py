"""What a group of synonyms would find: each word today, and what the others would bring it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from . import filters

MEANING = "title_el txt_title tags_el notes_el text_el"
"""The fields that synonyms work in."""

MOST = 1000
"""Records of a word that are compared: as many as a search gives at once."""
NAMED = 5
"""Records that are named, of those that a word would find besides."""


def of(context: Context, words: Sequence[str]) -> list[dict[str, Any]]:
    """For each word what it finds now and what it would find besides, as the caller may see it.

    Returns:
        for each: ``word``; ``count`` (records that it finds today); ``closest`` (records near it, where it
        finds none); ``added`` (how many more it would find); ``records`` (``name``, ``title`` of the first).
    """
    today = {word: _today(context, word) for word in words}
    meant = {word: _meant(context, word) for word in words}
    answer = []
    for word in words:
        known = set(today[word][0])
        added = list(
            dict.fromkeys(
                each for other in words if other != word for each in meant[other] if each not in known
            )
        )
        answer.append(
            {
                "word": word,
                "count": today[word][1],
                "closest": today[word][2],
                "added": len(added),
                "records": _named(context, added[:NAMED]),
            }
        )
    return answer


def _search(context: Context, **asked: Any) -> dict[str, Any]:
    fresh: Context = {"user": str(context.get("user") or ""), "ignore_auth": False}
    wanted: dict[str, Any] = {"facet": "false", "extras": {filters.QUIET: True}, **asked}
    return tk.get_action("package_search")(fresh, wanted)


def _today(context: Context, word: str) -> tuple[list[str], int, int]:
    """What a reader who types the word finds: ids, their number, and the number of what is only near."""
    found = _search(context, q=word, rows=MOST, fl=["id"])
    if found["participation_search"]["stage"] != "exact":
        return [], 0, found["count"]
    return [row["id"] for row in found["results"]], found["count"], 0


def _meant(context: Context, word: str) -> list[str]:
    """The records that have the word itself, in any inflection, the best first."""
    found = _search(context, q=f'"{word}"', defType="edismax", qf=MEANING, rows=MOST, fl=["id"])
    return [row["id"] for row in found["results"]]


def _named(context: Context, ids: Sequence[str]) -> list[dict[str, str]]:
    if not ids:
        return []
    found = _search(context, fq=f"id:({' OR '.join(ids)})", rows=len(ids))["results"]
    titles = {row["id"]: {"name": row["name"], "title": tk.h.dataset_display_name(row)} for row in found}
    return [titles[each] for each in ids if each in titles]
