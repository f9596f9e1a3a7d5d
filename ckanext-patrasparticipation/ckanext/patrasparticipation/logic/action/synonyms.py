"""What the API says of words that found nothing and of synonyms, and what staff do with them."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...model import Synonym, SynonymRun
from ...search import misses, preview, reindex, synonyms
from ..schema import synonyms as schema

MOST_GROUPS = 1000
"""Groups that staff may add: Solr reads all of them at every start."""


@tk.side_effect_free
@validate(schema.miss_list)
def participation_search_miss_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Words that found nothing exactly, asked at least twice, the most frequent first; administrators only.

    Args:
        days (int): how many days back, today included; 30.
        limit (int): how many; 100.

    Returns:
        for each: ``words count closest last``; ``closest`` says whether something near was shown instead,
        ``last`` is the last day (ISO 8601).
    """
    tk.check_access("participation_search_miss_list", context, data_dict)
    return misses.most_asked(min(data_dict["days"], 36500), data_dict["limit"])


@tk.side_effect_free
def participation_synonym_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The synonyms that ship, those of staff, and whether the latter are in force; administrators only.

    Returns:
        ``shipped``: ``words why theme`` (the latter two ``{el, en}``); ``own``: ``id words why author
        created``; ``applied``: whether all of ``own`` is in force; ``can_apply``: whether the site knows
        where Solr's files are; ``run``: the last time somebody applied them, or null: ``status`` (waiting,
        running, done, failed), ``actor asked started finished done total reason detail``.
    """
    tk.check_access("participation_synonym_list", context, data_dict)
    run = reindex.newest()
    own = reindex.own()
    mark = synonyms.digest(synonyms.lines(group.words for group in own))
    return {
        "shipped": [
            {"words": list(group.words), "why": group.why, "theme": group.theme}
            for group in synonyms.groups()
        ],
        "own": [_shown(group) for group in own],
        "applied": mark == reindex.applied(),
        "can_apply": bool(reindex.config.solr_conf()),
        "run": _run(run) if run else None,
    }


@tk.side_effect_free
@validate(schema.preview)
def participation_synonym_preview(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """What the words find today and would find as synonyms, as the caller may see it; administrators only.

    Args:
        words (list of str, or str with one a line): the group.

    Returns:
        for each word: ``word count closest added records``: ``count`` records today, ``closest`` near ones
        where there are none, ``added`` more with the group, ``records`` their first (``name``, ``title``).

    Raises:
        ValidationError: the words cannot be a group.
    """
    tk.check_access("participation_synonym_preview", context, data_dict)
    return preview.of(context, data_dict["words"])


@validate(schema.create)
def participation_synonym_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Add a group of words that mean the same; in force when it is applied; administrators only.

    Args:
        words (list of str, or str with one a line): two to eight words or phrases.
        why (str): the reason, in a sentence.

    Returns:
        ``id words why author created``.

    Raises:
        ValidationError: the words cannot be a group, or are one already.
    """
    tk.check_access("participation_synonym_create", context, data_dict)
    own = reindex.own()
    there = [*(group.words for group in synonyms.groups()), *(group.words for group in own)]
    try:
        synonyms.checked(data_dict["words"], there)
    except synonyms.NotSynonyms as wrong:
        raise tk.ValidationError({"words": [schema.told(wrong)]}) from wrong
    if len(own) >= MOST_GROUPS:
        told = tk._("There are {most} groups already; remove one first.").format(most=MOST_GROUPS)
        raise tk.ValidationError({"words": [told]})
    group = Synonym(words=data_dict["words"], why=data_dict["why"], author=str(context["user"]))
    model.Session.add(group)
    model.Session.commit()
    return _shown(group)


@validate(schema.delete)
def participation_synonym_delete(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Remove a group that staff added; out of force when the rest is applied; administrators only.

    Args:
        id (int): the group.

    Returns:
        what it was, so that it can be added again.

    Raises:
        ObjectNotFound: no such group.
    """
    tk.check_access("participation_synonym_delete", context, data_dict)
    group = model.Session.get(Synonym, data_dict["id"]) if data_dict["id"] < 2**63 else None
    if group is None:
        raise tk.ObjectNotFound(tk._("No such group of synonyms."))
    was = _shown(group)
    model.Session.delete(group)
    model.Session.commit()
    return was


def participation_synonym_apply(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Ask the worker to give the synonyms to Solr and index every record again; administrators only.

    Returns:
        ``queued``: false when that was waiting already.

    Raises:
        ValidationError: the site does not know where Solr's files are.
    """
    tk.check_access("participation_synonym_apply", context, data_dict)
    try:
        return {"queued": reindex.ask(str(context.get("user") or ""))}
    except reindex.CannotApply as error:
        told = tk._("This site does not know where Solr's files are; its operator applies the synonyms.")
        raise tk.ValidationError({"solr_conf": [told]}) from error


def _shown(group: Synonym) -> dict[str, Any]:
    return {
        "id": group.id,
        "words": list(group.words),
        "why": group.why,
        "author": group.author,
        "created": group.created.isoformat(),
    }


def _run(run: SynonymRun) -> dict[str, Any]:
    moments = {name: getattr(run, name) for name in ("asked", "started", "finished")}
    return {
        "status": run.status,
        "actor": run.actor,
        "done": run.done,
        "total": run.total,
        "reason": run.reason,
        "detail": run.detail,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }
