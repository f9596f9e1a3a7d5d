"""The first steps of an editor, ticked off by what is there; only that they are hidden is remembered."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ckan import model

from ..model import SourceState, Table, Upload
from . import mine
from .mine import Publisher

EXTRA = "patrasparticipation"
HIDDEN = "first_steps_hidden"
NEWEST = 200
"""Tables of one person that are looked at; who has handed over more needs no first steps."""


def steps(user: model.User, publishers: Collection[Publisher]) -> list[dict[str, Any]]:
    """``code done`` of each step, in order, and where it is done: ``publisher``, ``dataset``, ``resource``.

    Each of the three is a name or an id, or null. ``colleague`` is a step of administrators only.
    """
    editing = [one for one in publishers if one.edits]
    if not editing:
        return []
    ruled = [one for one in editing if one.role == mine.ADMIN]
    silent = next((one for one in ruled if not one.contact), None)
    dataset, tables = _dataset(user, editing), _tables(user, editing)
    waiting = next((one for one in tables if one["waits"]), None)
    at = waiting or (tables[0] if tables else {})
    answer = [
        _step("contact", any(one.contact for one in editing), publisher=(silent or editing[0]).name),
        _step("dataset", dataset is not None, dataset=dataset),
        _step("table", bool(tables), dataset=at.get("dataset") or dataset, resource=at.get("resource")),
        _step(
            "published",
            any(one["published"] for one in tables),
            dataset=at.get("dataset"),
            resource=at.get("resource"),
        ),
    ]
    if ruled:
        shared = mine.several([one.id for one in ruled])
        answer.append(_step("colleague", bool(shared), publisher=ruled[0].name))
    return answer


def _step(code: str, done: bool, **where: str | None) -> dict[str, Any]:
    return {"code": code, "done": done, "publisher": None, "dataset": None, "resource": None, **where}


def _dataset(user: model.User, publishers: Collection[Publisher]) -> str | None:
    """The newest dataset that the person made for these publishers."""
    found = (
        model.Session.query(model.Package.name)
        .filter(
            model.Package.creator_user_id == user.id,
            model.Package.owner_org.in_([one.id for one in publishers]),
            model.Package.state != "deleted",
        )
        .order_by(model.Package.metadata_created.desc())
        .first()
    )
    return str(found[0]) if found else None


def _tables(user: model.User, publishers: Collection[Publisher]) -> list[dict[str, Any]]:
    """The tables that the person handed over, the newest first: ``dataset resource waits published``."""
    rows = (
        model.Session.query(Table.resource_id, model.Package.name, Upload.resource_id, SourceState.generation)
        .join(model.Package, model.Package.id == Table.dataset_id)
        .outerjoin(Upload, Upload.resource_id == Table.resource_id)
        .outerjoin(SourceState, SourceState.source == Table.source)
        .filter(
            Table.author == user.name,
            model.Package.owner_org.in_([one.id for one in publishers]),
            model.Package.state != "deleted",
        )
        .order_by(Table.changed.desc())
        .limit(NEWEST)
    )
    return [
        {"resource": resource, "dataset": dataset, "waits": waits is not None, "published": bool(generation)}
        for resource, dataset, waits, generation in rows
    ]


def hidden(user: model.User) -> bool:
    """Whether the person has put the first steps away."""
    return bool(((user.plugin_extras or {}).get(EXTRA) or {}).get(HIDDEN))


def hide(user: model.User, wanted: bool) -> None:
    """Put them away, or call them back; kept with the account, so that it holds on every machine."""
    extras = dict(user.plugin_extras or {})
    extras[EXTRA] = {**(extras.get(EXTRA) or {}), HIDDEN: wanted}
    user.plugin_extras = extras
    model.Session.commit()
