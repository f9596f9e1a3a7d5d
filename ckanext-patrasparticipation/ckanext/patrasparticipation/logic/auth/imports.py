"""Who may import: whoever may publish for the organisation whose records they become."""

from __future__ import annotations

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ...model import Import


def _may_publish(context: Context, organization: str) -> AuthResult:
    """Editors and administrators of the organisation."""
    user = str(context.get("user") or "")
    if authz.has_user_permission_for_group_or_org(organization, user, "create_dataset"):
        return {"success": True}
    return {"success": False, "msg": tk._("You may not publish for this organisation.")}


def _of(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may publish for the organisation of the import."""
    one = model.Session.get(Import, str(data_dict.get("id") or ""))
    if one is None:
        return {"success": False, "msg": tk._("There is no such import.")}
    return _may_publish(context, str(one.owner_org))


def participation_import_preview(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and administrators of the organisation."""
    group = model.Group.get(str(data_dict.get("owner_org") or ""))
    if group is None or not group.is_organization:
        return {"success": False, "msg": tk._("You may not publish for this organisation.")}
    return _may_publish(context, str(group.id))


def participation_import_start(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and administrators of the organisation."""
    return _of(context, data_dict)


def participation_import_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and administrators of the organisation."""
    return _of(context, data_dict)


def participation_import_undo(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and administrators of the organisation."""
    return _of(context, data_dict)


def participation_import_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever publishes for some organisation."""
    if authz.has_user_permission_for_some_org(str(context.get("user") or ""), "create_dataset"):
        return {"success": True}
    return {"success": False, "msg": tk._("Only those who publish may import.")}
