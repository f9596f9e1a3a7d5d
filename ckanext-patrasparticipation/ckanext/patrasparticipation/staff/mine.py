"""The publishers a person belongs to, and as what; one question to the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ckan import model
from sqlalchemy import func

from ..records import translated

ADMIN = "admin"
EDITING = (ADMIN, "editor")
MEMBERS = ("admin", "editor", "member")


@dataclass(frozen=True)
class Publisher:
    """One publisher, as its member sees it; ``title`` is ``{el, en}``, ``contact``: an office answers."""

    id: str
    name: str
    title: dict[str, str]
    role: str
    contact: bool

    @property
    def edits(self) -> bool:
        """Whether the member may publish for it."""
        return self.role in EDITING


def publishers(user: model.User) -> list[Publisher]:
    """Those of a user, by title; a site's administrator is one of every publisher."""
    query = model.Session.query(model.Group, model.Member.capacity).filter(
        model.Group.is_organization.is_(True), model.Group.state == "active"
    )
    mine = (model.Member.group_id == model.Group.id) & (model.Member.table_id == user.id)
    mine &= (model.Member.table_name == "user") & (model.Member.state == "active")
    if user.sysadmin:
        rows = query.outerjoin(model.Member, mine)
        found = [_publisher(group, ADMIN) for group, _capacity in rows]
    else:
        found = [_publisher(group, capacity) for group, capacity in query.join(model.Member, mine)]
    return sorted(found, key=lambda one: (one.title.get("el", ""), one.name))


def edited(user: model.User) -> list[str]:
    """The ids of the publishers for which a user may publish."""
    return [one.id for one in publishers(user) if one.edits]


def _publisher(group: model.Group, role: str) -> Publisher:
    extras: dict[str, str] = dict(getattr(group, "extras", None) or {})
    title = both(extras.get("title_translated"), group.title or group.name)
    return Publisher(group.id, group.name, title, role, bool(extras.get("contact_email")))


def both(texts: Any, fallback: str) -> dict[str, str]:
    """A text in both languages, from what CKAN keeps of it."""
    found = translated.parse(texts)
    return {code: translated.in_language(found, code, fallback) for code in translated.LANGUAGES}


def several(publishers: Iterable[str]) -> set[str]:
    """Those of the publishers that have more than one member, invited ones included."""
    rows = (
        model.Session.query(model.Member.group_id)
        .join(model.User, model.User.id == model.Member.table_id)
        .filter(
            model.Member.group_id.in_(list(publishers)),
            model.Member.table_name == "user",
            model.Member.state == "active",
            model.User.state.in_(("active", "pending")),
        )
        .group_by(model.Member.group_id)
        .having(func.count() > 1)
    )
    return {group for (group,) in rows}
