"""Lists of members and followers show what their reader may see.

CKAN 2.12.0 lists an organisation's private datasets in ``member_list``, and counts the followers of a
dataset that the caller may not read. May go when it checks both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict


@tk.side_effect_free
@tk.chained_action
def member_list(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """The members of a group, as far as the caller may read them; a stranger sees no person."""
    members = up(context, data_dict)
    user = context.get("user")
    if context.get("ignore_auth") or (user and _belongs(data_dict["id"], user)):
        return members
    seen = _public([member[0] for member in members if member[1] == "package"])
    return [
        member
        for member in members
        if (member[1] == "package" and member[0] in seen)
        or (member[1] != "package" and (user or member[1] != "user"))
    ]


@tk.side_effect_free
@tk.chained_action
def dataset_follower_count(up: Callable[..., Any], context: Context, data_dict: DataDict) -> Any:
    """How many follow a dataset that the caller may read."""
    tk.check_access("package_show", context, {"id": data_dict.get("id")})
    return up(context, data_dict)


def _belongs(group_id: str, user: str) -> bool:
    """Whether the user may read what is private in the group."""
    return authz.is_sysadmin(user) or authz.has_user_permission_for_group_or_org(group_id, user, "read")


def _public(ids: list[str]) -> set[str]:
    """Those of the datasets that everybody may read."""
    rows = model.Session.query(model.Package.id).filter(
        model.Package.id.in_(ids), model.Package.private.is_(False), model.Package.state == "active"
    )
    return {row[0] for row in rows}
