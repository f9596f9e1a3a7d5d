"""From what a caller names (a dataset, or a source) to the feed that is meant."""

from __future__ import annotations

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import or_

from ..model import SourceState


def state(name: str) -> SourceState:
    """The state of the feed by dataset id, dataset name, source name or id of the table's resource.

    Raises:
        tk.ObjectNotFound: no feed keeps a dataset of that name.
    """
    package = model.Package.get(name)
    wanted = (
        SourceState.dataset_id == package.id
        if package
        else or_(SourceState.source == name, SourceState.resource_id == name)
    )
    there = model.Session.query(SourceState).filter(wanted, SourceState.dataset_id.is_not(None))
    found = there.order_by(SourceState.source).first()
    if found is None:
        raise tk.ObjectNotFound(tk._("No feed keeps a dataset of that name."))
    return found


def dataset_id(name: str) -> str:
    """The id of the feed's dataset; raises as ``state``."""
    return str(state(name).dataset_id)


def owner(name: str) -> str | None:
    """The organisation of the feed's dataset; raises as ``state``."""
    package = model.Package.get(dataset_id(name))
    return package.owner_org if package else None
