"""The publishers that a record names by id: their titles in the reader's language, in one question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..records import reader, translated


def named(record: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    """``[{"title", "url"}]`` of the bodies in that field, in their order, without those that are gone."""
    ids = [str(each) for each in record.get(name) or []]
    if not ids:
        return []
    found = model.Session.query(model.Group).filter(model.Group.id.in_(ids), model.Group.state == "active")
    shown = {group.id: _shown(group) for group in found}
    return [shown[each] for each in ids if each in shown]


def _shown(group: model.Group) -> dict[str, str]:
    extras: Mapping[str, Any] = getattr(group, "extras", None) or {}  # undeclared in CKAN's class
    texts = translated.parse(extras.get("title_translated"))
    title = translated.in_language(texts, reader.language(), group.title or group.name)
    return {"title": title, "url": tk.h.url_for("organization.read", id=group.name)}
