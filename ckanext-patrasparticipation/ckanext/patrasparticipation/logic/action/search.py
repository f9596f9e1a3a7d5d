"""``package_search`` with a second and a third look where the first found nothing."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context

from ckanext.patrasparticipation.search import filters, query, words

STAGES = ("close", "any")


@tk.chained_action
@tk.side_effect_free
def package_search(original: Action, context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """As CKAN's; what finds nothing is asked again more loosely, with the same filters and permissions.

    The answer tells in ``participation_search``: ``{"stage": "exact" | "close" | "any"}``.
    """
    asked = filters.by_page(context, deepcopy(data_dict))
    return filters.recount(original, context, asked, _looked(original, context, asked))


def _looked(original: Action, context: Context, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer of the first stage that finds something."""
    extras = dict(asked.get("extras") or {})
    extras.pop(query.STAGE, None)
    asked.pop(query.STAGE, None)
    found = original(context, deepcopy({**asked, "extras": extras}))
    typed = str(asked.get("q") or "").strip()
    if found["count"] or query.is_own(asked) or words.is_fielded(typed) or not words.plain(typed):
        return {**found, "participation_search": {"stage": "exact"}}
    for stage in STAGES:
        closest = original(context, deepcopy({**asked, "extras": {**extras, query.STAGE: stage}}))
        if closest["count"]:
            return {**closest, "participation_search": {"stage": stage}}
    return {**found, "participation_search": {"stage": "exact"}}
