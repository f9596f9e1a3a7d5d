"""The publishers of a city as CKAN's organisations: made when missing, never changed after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..harvesters.errors import DefinitionError
from .site import context

FIELDS = {"email": "contact_email", "homepage": "homepage", "diavgeia_uid": "diavgeia_uid", "afm": "afm"}


def ensure(slug: str, publishers: Mapping[str, Mapping[str, Any]]) -> str:
    """The id of the organisation with that name; made from ``city.yaml`` when it is not there.

    Raises:
        DefinitionError: ``no_publisher``: neither the catalogue nor the city knows it.
    """
    group = model.Group.get(slug)
    if group is not None and group.is_organization and group.state == "active":
        return str(group.id)
    if slug not in publishers:
        raise DefinitionError("no_publisher", publisher=slug)
    return str(tk.get_action("organization_create")(context(), as_organization(slug, publishers[slug]))["id"])


def as_organization(slug: str, publisher: Mapping[str, Any]) -> dict[str, Any]:
    """A publisher of ``city.yaml`` in the words of ``organization.yaml``."""
    record: dict[str, Any] = {"name": slug, "title_translated": dict(publisher["title"])}
    if text := publisher.get("about") or publisher.get("description"):
        record["description_translated"] = dict(text)
    record |= {field: publisher[key] for key, field in FIELDS.items() if key in publisher}
    return record
