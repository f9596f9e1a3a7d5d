"""What CKAN's own pages call a type of record: its label, in sentences that need no inflection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk

from ..schemas.load import record_types
from .forms import participation_type_label

SEVERAL = ("breadcrumb", "content tab", "facet label", "main nav", "my label", "page title")


@tk.chained_helper
def humanize_entity_type(
    next_helper: Callable[..., Any], entity_type: str, object_type: str, purpose: str
) -> str | None:
    """CKAN's words for a type, with the label of its definition where it is one of ours.

    CKAN makes "Create Citizen group" of the machine's name; ours is "New record: Citizen group".
    """
    if entity_type != "package" or object_type == "dataset" or object_type not in record_types():
        return next_helper(entity_type, object_type, purpose)
    if purpose in SEVERAL:
        return participation_type_label(object_type, several=True)
    label = participation_type_label(object_type)
    words = {
        "add link": tk._("New record: {type}"),
        "create label": tk._("New record: {type}"),
        "create title": tk._("New record: {type}"),
        "edit label": tk._("Edit record: {type}"),
        "update label": tk._("Save changes"),
        "save label": tk._("Save changes"),
        "view label": tk._("See the record"),
        "delete confirmation": tk._("Delete this record ({type})?"),
        "search placeholder": tk._("Search: {type}"),
    }
    return str(words.get(purpose, "{type}")).format(type=label)
