"""What records point at: their arrows as rows, kept when a record is saved, asked both ways by one query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ckan import model

from ckanext.patrasparticipation.model import Relation
from ckanext.patrasparticipation.records import definitions


def targets(record: Mapping[str, Any], definition: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """The arrows of a record, as (predicate, id of what is pointed at, position), each once.

    Args:
        record: as ``package_show`` or ``stored.as_shown`` gives it.
        definition: of its type.
    """
    for predicate, _field in definitions.relations(definition):
        ids = dict.fromkeys(_values(record, predicate))
        yield from ((predicate, one, position) for position, one in enumerate(ids))


def _values(record: Mapping[str, Any], predicate: str) -> Iterator[str]:
    name, _, inner = predicate.partition(".")
    if not inner:
        yield from _ids(record.get(name))
        return
    parts = record.get(name)
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, Mapping):
            yield from _ids(part.get(inner))


def _ids(value: Any) -> Iterator[str]:
    several = value if isinstance(value, list) else [value]
    yield from (one for one in several if isinstance(one, str) and one)


def keep(record: Mapping[str, Any], definition: Mapping[str, Any]) -> None:
    """Make the rows say what the record says; within the caller's transaction."""
    subject = record["id"]
    wanted = {(predicate, one): position for predicate, one, position in targets(record, definition)}
    for row in model.Session.query(Relation).filter_by(subject=subject):
        position = wanted.pop((row.predicate, row.object), None)
        if position is None:
            model.Session.delete(row)
        elif position != row.position:
            row.position = position
    for (predicate, one), position in wanted.items():
        row = Relation(subject=subject, predicate=predicate, object=one, position=position)
        model.Session.add(row)


def forget(package_id: str) -> None:
    """Remove the arrows of a record that is purged; those to it stay: the records that send them say so."""
    model.Session.query(Relation).filter_by(subject=package_id).delete()


def subjects(ids: Collection[str]) -> list[Relation]:
    """The arrows that point at these records, by field and position."""
    found = model.Session.query(Relation).filter(Relation.object.in_(list(ids)))
    return list(found.order_by(Relation.predicate, Relation.position, Relation.subject))


def objects(ids: Collection[str]) -> list[Relation]:
    """The arrows that these records send out, by field and position."""
    found = model.Session.query(Relation).filter(Relation.subject.in_(list(ids)))
    return list(found.order_by(Relation.predicate, Relation.position))
