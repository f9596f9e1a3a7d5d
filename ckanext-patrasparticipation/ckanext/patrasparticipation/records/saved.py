"""What follows when a record is saved: its arrows and its next moment are kept, in the same transaction."""

from __future__ import annotations

from ckan import model

from ckanext.patrasparticipation.records import definitions, moments, relations, stored


def after_save(package_id: str) -> None:
    """Keep what tables of ours say about a record that was created or changed."""
    package = model.Package.get(package_id)
    definition = definitions.of(package.type) if package is not None else None
    if package is None or definition is None:
        return
    record = stored.as_shown(package, definition)
    relations.keep(record, definition)
    if package.state == model.State.DELETED:
        moments.forget(package.id)
    else:
        moments.keep(record)


def after_delete(package_id: str) -> None:
    """A deleted record keeps its arrows, for it may come back; it changes no more."""
    package = model.Package.get(package_id)
    if package is not None:
        moments.forget(package.id)
