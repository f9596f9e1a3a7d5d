"""``organization_update`` that lets the search index follow a publisher's new name."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context

from ckanext.patrasparticipation.feeds import jobs


@tk.chained_action
def organization_update(original: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """As CKAN's; where the publisher is called otherwise now, the worker indexes its records again.

    CKAN leaves them as they were: they would be found by the old name, and shown with it.
    """
    before = _called(data_dict.get("id"))
    updated = original(context, data_dict)
    group = context.get("group")
    if group is not None and _called(group.id) != before:
        jobs.ask_to_index(group.id)
    return updated


def _called(publisher: Any) -> tuple[Any, ...]:
    """Address and title in every language."""
    group = model.Group.get(publisher) if isinstance(publisher, str) else None
    if group is None:
        return ()
    return group.name, group.title, dict(getattr(group, "extras", None) or {}).get("title_translated")
