"""The openness of a dataset's resources, and which of a person's resources to publish better first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import or_

from ..feeds import site
from ..model import SourceState
from ..model import Table as Handed
from ..records import openness
from ..records.openness import Table
from . import mine

PLAIN = "table"
"""The feed of a table that follows no shared definition."""
ENOUGH = 4
"""Stars from which a resource is not listed among those to publish better."""
READ = 20_000
"""Resources of one person's publishers that are looked at."""


def of_dataset(dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each resource of a dataset, as ``package_show`` gives it: ``id name format stars reason advice``."""
    resources = dataset.get("resources") or []
    known = kept([one["id"] for one in resources])
    licence = str(dataset.get("license_id") or "")
    return [_told(one, licence, _table(one, known, ask=True)) for one in resources]


def lowest(publishers: Collection[str], limit: int) -> list[dict[str, Any]]:
    """The resources of these publishers with the fewest stars, fewest first, with their datasets."""
    if not publishers:
        return []
    rows = (
        model.Session.query(model.Resource, model.Package)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .filter(
            model.Package.owner_org.in_(publishers),
            model.Package.state == "active",
            model.Resource.state == "active",
        )
        .order_by(model.Package.metadata_modified.desc(), model.Resource.position)
        .limit(READ)
        .all()
    )
    known = kept_of(publishers)
    scored = [(_score(one, package, known), one, package) for one, package in rows]
    poor = [found for found in scored if found[0].stars is not None and found[0].stars < ENOUGH]
    poor.sort(key=lambda found: found[0].stars or 0)
    return [_listed(*found) for found in poor[:limit]]


def _score(resource: model.Resource, package: model.Package, known: Mapping[str, Table]) -> openness.Score:
    plain = _plain(resource)
    return openness.score(plain, package.license_id or "", _table(plain, known))


def _listed(found: openness.Score, resource: model.Resource, package: model.Package) -> dict[str, Any]:
    extras = package.extras or {}
    title = mine.both(extras.get("title_translated"), package.title or package.name)
    named = {"id": resource.id, "name": resource.name or "", "format": resource.format or ""}
    return {**named, "dataset": package.name, "title": title, **openness.told(found)}


def _told(resource: Mapping[str, Any], licence: str, table: Table | None) -> dict[str, Any]:
    named = {name: resource.get(name) or "" for name in ("id", "name", "format")}
    return named | openness.told(openness.score(resource, licence, table))


def _plain(resource: model.Resource) -> dict[str, Any]:
    """What the score asks of a resource that came from the database."""
    extras = resource.extras or {}
    return {
        "id": resource.id,
        "url": resource.url,
        "format": resource.format,
        "mimetype": resource.mimetype,
        "datastore_active": extras.get("datastore_active"),
    }


def kept(resources: Collection[str]) -> dict[str, Table]:
    """What is known of the tables that a feed or staff keep, by the ids of their resources."""
    here = list(resources)
    wanted = or_(SourceState.resource_id.in_(here), SourceState.geojson_id.in_(here))
    handed = model.Session.query(Handed.resource_id).filter(Handed.resource_id.in_(here))
    return _kept(model.Session.query(SourceState).filter(wanted), handed)


def kept_of(publishers: Collection[str]) -> dict[str, Table]:
    """The same for every table of some publishers."""
    states = model.Session.query(SourceState).join(model.Package, model.Package.id == SourceState.dataset_id)
    handed = model.Session.query(Handed.resource_id).join(
        model.Package, model.Package.id == Handed.dataset_id
    )
    mine_only = model.Package.owner_org.in_(publishers)
    return _kept(states.filter(mine_only), handed.filter(mine_only))


def _kept(states: Iterable[SourceState], handed: Iterable[Any]) -> dict[str, Table]:
    """A table of staff without a generation waits; a feed's files are its table's."""
    found = {str(resource): Table(published=False) for (resource,) in handed}
    for state in states:
        table = Table(bool(state.generation), described=state.feed != PLAIN, shared=state.feed != PLAIN)
        found |= {str(one): table for one in (state.resource_id, state.geojson_id) if one}
    return found


def _table(resource: Mapping[str, Any], known: Mapping[str, Table], *, ask: bool = False) -> Table | None:
    """The table of a resource; ``ask`` the DataStore about its columns' labels, where nothing says."""
    found = known.get(str(resource["id"]))
    if found and (not found.published or found.described):
        return found
    if not (found or resource.get("datastore_active")):
        return None
    return Table(described=ask and _described(str(resource["id"])))


def _described(resource: str) -> bool:
    """Whether every public column of a table has a label."""
    try:
        fields = tk.get_action("datastore_info")(site.context(), {"id": resource})["fields"]
    except tk.ObjectNotFound:
        return False
    public = [field.get("info") or {} for field in fields if not field["id"].startswith("_")]
    return bool(public) and all(_labelled(info) for info in public)


def _labelled(info: Mapping[str, Any]) -> bool:
    return any(info.get(name) for name in ("label", "label_el", "label_en"))
