"""``package_search`` with a second and a third look where the first found nothing."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context
from flask import has_request_context

from ckanext.patrasparticipation.records import hidden
from ckanext.patrasparticipation.search import closest, filters, misses, query, words

STAGES = ("close", "any")
_ALWAYS = re.compile(r"\+?(?:dataset_type|state|capacity):(?:\w+|\([^)]*\))")
"""Filters that a page sets by itself."""


@tk.chained_action
@tk.side_effect_free
def package_search(original: Action, context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """As CKAN's; what finds nothing is asked again more loosely, with the same filters and permissions.

    The answer tells in ``participation_search``: ``{"stage": "exact" | "close" | "any", "did_you_mean":
    str | None}``: what the answer is to, and the query in the spelling of a title that is in the answer.
    A query in Solr's syntax, or with parameters of its own, is only asked as it is.

    Raises:
        ValidationError: a parameter is not what it should be.
        SearchError: Solr does not understand the query, or does not answer.
    """
    asked = filters.by_page(context, _asked(data_dict))
    answer = _looked(original, context, asked)
    note = answer["participation_search"]
    _tell_page(asked, note)
    if _is_miss(asked, answer):
        misses.note(_typed(asked), str(note["stage"]))
    hidden.without_hidden(context, answer["results"])
    return filters.recount(original, context, asked, answer)


def _looked(original: Action, context: Context, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer of the first stage that finds something."""
    found = original(context, deepcopy(asked))
    if not found["count"] and _is_text(asked):
        for stage in STAGES:
            nearer = original(context, deepcopy({**asked, "extras": {**asked["extras"], query.STAGE: stage}}))
            if nearer["count"]:
                return {**nearer, "participation_search": _note(stage, _meant(asked, stage, nearer))}
    return {**found, "participation_search": _note("exact")}


def _note(stage: str, did_you_mean: str | None = None) -> dict[str, Any]:
    return {"stage": stage, "did_you_mean": did_you_mean}


def _asked(data_dict: dict[str, Any]) -> dict[str, Any]:
    """What was asked, the stage left out: it is ours to say."""
    asked = deepcopy(data_dict)
    extras = asked.get("extras") or {}
    if not isinstance(extras, dict):
        raise tk.ValidationError({"extras": [tk._("extras holds names and values")]})
    asked.pop(query.STAGE, None)
    return {**asked, "extras": {name: value for name, value in extras.items() if name != query.STAGE}}


def _is_text(asked: dict[str, Any]) -> bool:
    """Whether words were typed that may be meant otherwise."""
    typed = _typed(asked)
    return not query.is_own(asked) and not words.is_syntax(typed) and bool(words.parts(typed))


def _typed(asked: dict[str, Any]) -> str:
    return words.tidy(str(asked.get("q") or ""))


def _meant(asked: dict[str, Any], stage: str, answer: dict[str, Any]) -> str | None:
    """Another spelling, told where the answer begins; its further pages hold other titles."""
    if int(asked.get("start") or 0):
        return None
    return closest.did_you_mean(_typed(asked), answer["results"], all_words=stage == "close")


def _tell_page(asked: dict[str, Any], note: dict[str, Any]) -> None:
    """Leave the note for the page's templates; what they ask themselves comes after the page's own search."""
    if has_request_context() and _typed(asked) == words.tidy(tk.request.args.get("q", "")) != "":
        tk.g.setdefault("participation_search", note)


def _is_miss(asked: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether a reader's words found nothing as they were typed; where a filter is set, that may be why."""
    is_exact = answer["participation_search"]["stage"] == "exact"
    if (answer["count"] and is_exact) or not _is_text(asked):
        return False
    is_first_page = not int(asked.get("start") or 0) and asked.get("rows") not in (0, "0")
    return is_first_page and not _is_quiet(asked) and not _is_narrowed(asked)


def _is_quiet(asked: dict[str, Any]) -> bool:
    return filters.QUIET in asked or filters.QUIET in asked["extras"]


def _is_narrowed(asked: dict[str, Any]) -> bool:
    """Whether a filter, a place or a day was chosen."""
    chosen = [name for name in (*asked, *asked["extras"]) if name.startswith("ext_")]
    return bool(_ALWAYS.sub("", str(asked.get("fq") or "")).strip() or asked.get("fq_list") or chosen)
