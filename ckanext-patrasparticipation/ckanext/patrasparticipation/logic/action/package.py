"""CKAN's reading actions of records, with what our records are linked to, as far as the caller may see it."""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, DataDict

from ...records import bulk, definitions, hidden, linked, relations, stream


@tk.chained_action
@tk.side_effect_free
def package_show(up: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's, plus ``linked_from``: ``{field: [{"id", "name", "type", "title", "title_translated"}]}``.

    By field, the records that name this one in it, in the order of their titles; only those that the caller
    may read, and ``{}`` where there are none. Ids of records that the caller may not read are left out of
    fields that name records, unless the caller may change this one and would lose them by saving.
    """
    if bulk.unindexed():
        if stream.asks(context):
            raise tk.ObjectNotFound  # it is told later, with the answer that the index asks for
        context["use_cache"] = False
    record: dict[str, Any] = up(context, data_dict)
    if _is_inner(context) or definitions.of(str(record.get("type"))) is None:
        return record
    asked = tk.fresh_context(context)
    if not authz.is_authorized_boolean("package_update", tk.fresh_context(context), {"id": record["id"]}):
        hidden.without_hidden(asked, [record])
    record["linked_from"] = linked.linked_from(asked, record["id"])
    return record


@tk.chained_action
@tk.side_effect_free
def current_package_list_with_resources(
    up: Action, context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """CKAN's; ids of records that the caller may not read are left out of fields that name records."""
    found: list[dict[str, Any]] = up(context, data_dict)
    hidden.without_hidden(context, found)
    return found


@tk.chained_action
def dataset_purge(up: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's; what the record pointed at is forgotten with it."""
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    own = package.id if package else None
    done = up(context, data_dict)
    if own:
        relations.forget(own)
        model.repo.commit()
    return done


def _is_inner(context: Context) -> bool:
    """Whether CKAN asks for itself: to index or log the record, or to save it again.

    Those answers are stored or handed to others, and must hold nothing of what one caller may see.
    """
    inner = context.get("ignore_auth") or context.get("for_update")
    return bool(inner) or context.get("validate", True) is False
