"""Which feeds a caller may see, in one query: by the permission labels that CKAN's search goes by."""

from __future__ import annotations

from ckan import authz, model
from ckan.lib.plugins import get_permission_labels
from sqlalchemy import and_

from ..model import SourceState, Version


def feeds(user: str) -> list[tuple[SourceState, Version | None]]:
    """Published feeds with their current versions, by source; drafts and deleted ones left out."""
    rows = (
        model.Session.query(SourceState, model.Package, Version)
        .join(model.Package, model.Package.id == SourceState.dataset_id)
        .outerjoin(
            Version,
            and_(Version.source == SourceState.source, Version.generation == SourceState.generation),
        )
        .filter(model.Package.state == "active")
        .order_by(SourceState.source)
        .all()
    )
    if user and authz.is_sysadmin(user):
        return [(state, version) for state, _package, version in rows]
    labels = get_permission_labels()
    mine = set(labels.get_user_dataset_labels(model.User.get(user) if user else None))
    return [
        (state, version)
        for state, package, version in rows
        if mine.intersection(labels.get_dataset_labels(package))
    ]
