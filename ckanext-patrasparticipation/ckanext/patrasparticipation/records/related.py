"""Questions that many arrows between records answer together: who is hidden, and what leads where."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from ckan import model

from ckanext.patrasparticipation.model import Relation


def not_public(subjects: Collection[str]) -> dict[str, set[str]]:
    """By record, the ids it points at that not everybody may read: private, draft, deleted or gone."""
    if not subjects:
        return {}
    package = model.package_table
    is_public = sa.and_(package.c.state == "active", package.c.private.is_(False))
    wanted = (
        sa.select(Relation.subject, Relation.object)
        .outerjoin(package, package.c.id == Relation.object)
        .where(Relation.subject.in_(list(subjects)), sa.not_(sa.func.coalesce(is_public, False)))
    )
    found: dict[str, set[str]] = {}
    for subject, target in model.Session.execute(wanted):
        found.setdefault(subject, set()).add(target)
    return found


def reaches(starts: Collection[str], predicate: str, goal: str) -> bool:
    """Whether the field leads from any of these records, over any number of records, to ``goal``."""
    step = sa.orm.aliased(Relation)
    first = sa.select(Relation.object.label("id")).where(
        Relation.subject.in_(list(starts)), Relation.predicate == predicate
    )
    walk = first.cte("walk", recursive=True)
    further = sa.select(step.object).join(walk, step.subject == walk.c.id)
    walk = walk.union(further.where(step.predicate == predicate))
    return goal in starts or bool(model.Session.scalar(sa.select(sa.exists().where(walk.c.id == goal))))
