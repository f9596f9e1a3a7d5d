"""What templates may ask about records that hang together, as the reader of the page may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.patrasparticipation.records import chained, linked, reader, translated, visible

Lists = dict[str, list[dict[str, Any]]]


def participation_links(package: Mapping[str, Any]) -> Lists:
    """By field, the records that a record names, in the order given: ``[{id, name, type, title,
    title_translated, state}]``.

    ``state`` is ``readable`` or ``withdrawn`` (deleted since; the rest is null where the reader may not read
    it); what is hidden from the reader is left out, and a field without any too.
    """
    return linked.links(_reader(), package["id"])


def participation_named(value: Any) -> list[dict[str, str]]:
    """The records of an id or ids that the reader may see, in the order given: ``[{name, type, title}]``."""
    ids = [value] if isinstance(value, str) else list(value or ())
    known = visible.briefs(_reader(), ids) if ids else {}
    seen = [known[each] for each in ids if each in known]
    language = reader.language()
    return [
        {
            "name": each["name"],
            "type": each["type"],
            "title": translated.in_language(each["title_translated"], language, each["title"]),
        }
        for each in seen
    ]


def participation_linked_from(package: Mapping[str, Any]) -> Lists:
    """By field, the records that name this one in it: ``[{id, name, type, title, title_translated}]``."""
    told: Lists | None = package.get("linked_from")
    return linked.linked_from(_reader(), package["id"]) if told is None else told


def participation_chain(package: Mapping[str, Any]) -> dict[str, Any] | None:
    """The chain in which the record stands, as the action of that name answers; nothing for other types."""
    if package["type"] not in chained.TYPES:
        return None
    answer: dict[str, Any] = tk.get_action("participation_chain")(_reader(), {"id": package["id"]})
    return answer


def _reader() -> Context:
    """Whoever reads the page."""
    return {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
