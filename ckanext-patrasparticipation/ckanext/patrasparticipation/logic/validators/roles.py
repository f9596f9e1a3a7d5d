"""The validator of a resource's role besides its type: published rows keep the role that they passed."""

from __future__ import annotations

from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

from ckanext.patrasparticipation.tables import roles


def participation_role_kept(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Refuse another role for rows that are published, and a table's role for what was never checked."""
    role, resource_id = data.get(key), data.get((*key[:-1], "id"))
    if isinstance(resource_id, str) and resource_id:
        is_file = data.get((*key[:-1], "url_type")) == "upload"
        roles.need_kept(resource_id, role if isinstance(role, str) else None, is_file=is_file)
