"""Who looks after the search: the site's administrators, and those of any organisation."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def _staff(context: Context) -> AuthResult:
    """Synonyms hold for the records of every publisher: any administrator may care for them, no editor."""
    if authz.has_user_permission_for_some_org(str(context.get("user") or ""), "admin"):
        return {"success": True}
    return {"success": False, "msg": tk._("Only an administrator may look after the search.")}


def participation_search_miss_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)


def participation_synonym_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)


def participation_synonym_preview(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)


def participation_synonym_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)


def participation_synonym_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)


def participation_synonym_apply(context: Context, data_dict: DataDict) -> AuthResult:
    """Administrators."""
    return _staff(context)
