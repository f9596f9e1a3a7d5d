"""Which record a row is about: by its id at the source, its address here, its identifiers, or its title.

A source's ids count within one system and one place, because two ministries of one portal number their
pages alike. A row that has no id and no address is known by an identifier of its type (``identity`` in the
type's definition), and one that has none of these by its title, within its publisher.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ckan import model

from ..model import RecordOrigin
from . import slugs

MANUAL = "manual"


@dataclass(frozen=True)
class Identity:
    """The keys a row may be known by, the surest first; empty where it cannot be known."""

    keys: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.keys)

    @property
    def key(self) -> str:
        """The surest."""
        return self.keys[0]


def place(url: str) -> str:
    """Where an id counts: the host of its address, and the path when only a number tells pages apart."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if parts.query else host


def of(values: Mapping[str, Any], definition: Mapping[str, Any], owner_org: str, where: str = "") -> Identity:
    """The keys of a record's values.

    Args:
        values: as ``Incoming`` or as ``package_show`` has them.
        definition: of the record type.
        owner_org: the publisher's id.
        where: the place of the ids, where the values give no address of the record at its source.
    """
    return Identity(tuple(_keys(values, definition, where))) or by_title(values, owner_org)


def _keys(values: Mapping[str, Any], definition: Mapping[str, Any], where: str) -> Iterator[str]:
    if remote := values.get("source_id"):
        system = values.get("source_system") or MANUAL
        yield f"source:{system}|{place(str(values.get('source_url') or '')) or where}|{remote}"
    if name := values.get("name"):
        yield f"name:{name}"
    for given in definition.get("identity", ()):
        yield from _identifiers(values, given)


def by_title(values: Mapping[str, Any], owner_org: str) -> Identity:
    """The key of a record that nothing else tells apart."""
    title = slugs.slug(title_of(values))
    return Identity((f"title:{owner_org}:{title}",) if title else ())


def title_of(values: Mapping[str, Any]) -> str:
    """The Greek title, or the only one there is."""
    texts = values.get("title_translated")
    if isinstance(texts, Mapping):
        return str(texts.get("el") or next(iter(texts.values()), "") or "")
    return str(values.get("title") or "")


def _identifiers(values: Mapping[str, Any], given: str | list[str]) -> Iterator[str]:
    """A repeating part of ``scheme`` and ``value``, or fields that together are unique."""
    if isinstance(given, str):
        for part in values.get(given) or ():
            if isinstance(part, Mapping) and part.get("scheme") and part.get("value"):
                yield f"{given}:{part['scheme']}|{part['value']}"
        return
    parts = [values.get(name) for name in given]
    if all(parts):
        yield f"{'+'.join(given)}:{'|'.join(map(str, parts))}"


class Known:
    """The records there are of one type, by every key they have; read once for a run."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition, self.type = definition, str(definition["dataset_type"])
        self._by_key: dict[str, str] = {}
        self.deleted: set[str] = set()
        for package in self._packages():
            values = _stored(package)
            if package.state == model.State.DELETED:
                self.deleted.add(package.id)
            self.add(of(values, definition, str(package.owner_org)), package.id)
            self.add(by_title(values, str(package.owner_org)), package.id)
        for key, package_id in self._origins():
            self._by_key[key] = package_id

    def add(self, identity: Identity, package_id: str) -> None:
        """Know a record by its keys; one that is known already keeps them."""
        for key in identity.keys:
            self._by_key.setdefault(key, package_id)

    def find(self, identity: Identity) -> str | None:
        """The id of the record, or nothing."""
        return next((self._by_key[key] for key in identity.keys if key in self._by_key), None)

    def _packages(self) -> Any:
        columns = (
            model.Package.id, model.Package.name, model.Package.title, model.Package.owner_org,
            model.Package.state, model.Package.extras,
        )  # fmt: skip
        living_first = model.Package.state == model.State.DELETED
        return model.Session.query(*columns).filter_by(type=self.type).order_by(living_first, "id")

    def _origins(self) -> Any:
        """The keys under which records came; those of records that were purged count no more."""
        rows = model.Session.query(RecordOrigin.key, RecordOrigin.package_id).filter_by(type=self.type)
        return rows.join(model.Package, model.Package.id == RecordOrigin.package_id)


def _stored(package: Any) -> dict[str, Any]:
    """The values of a record's row that its keys are made of."""
    values = {**(package.extras or {}), "name": package.name, "title": package.title}
    values.pop("title_translated", None)
    for name, value in values.items():
        if isinstance(value, str) and value.startswith("["):
            values[name] = _list(value)
    return values


def _list(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
