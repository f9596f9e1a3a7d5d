"""A feed's dataset: made as a draft before the first swap, kept current after each one, through actions.

Who owns which field: what the engine computes (place, period, frequency) is always its own; title,
description, tags, licence and the like are the engine's until a person changes them, which shows by their
no longer being what was last written.
"""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..harvesters.errors import HarvestError
from ..harvesters.source import Source
from ..model import SourceState
from . import organisations
from .catalogue import Entry
from .site import address, context

SHARED = (
    "title_translated",
    "notes_translated",
    "tags",
    "license_id",
    "theme",
    "contact_unit",
    "contact_email",
)
"""Fields that the engine writes only while they are as it wrote them."""

RESOURCES = {"csv": ("CSV", {"el": "Πίνακας (CSV)", "en": "Table (CSV)"}),
             "geojson": ("GeoJSON", {"el": "Χάρτης (GeoJSON)", "en": "Map (GeoJSON)"})}  # fmt: skip


def shared(source: Source) -> dict[str, Any]:
    """The shared fields as the source's YAML gives them."""
    about = source.about
    name = about.contact.get("name", "")
    return {
        "title_translated": dict(about.title),
        "notes_translated": dict(about.notes or source.feed.about),
        "tags": [{"name": tag} for tag in sorted(about.tags)],
        "license_id": about.license,
        "theme": [about.theme],
        "contact_unit": name if isinstance(name, str) else name["el"],
        "contact_email": about.contact.get("email", ""),
    }


def own(source: Source) -> dict[str, Any]:
    """The fields that are the engine's alone, as far as the YAML gives them."""
    fields = {
        "frequency": source.about.frequency,
        "participation_source": source.name,
        "participation_feed": source.feed.name,
        "source_system": "municipal_feed",
        "source_id": source.name,
    }
    return fields | ({"conforms_to": source.feed.based_on} if _is_url(source.feed.based_on) else {})


def _is_url(text: str | None) -> bool:
    return bool(text and text.startswith(("http://", "https://")))


def ensure(entry: Entry, state: SourceState) -> str:
    """Make sure that dataset and resources are there; gives the id of the resource that holds the table.

    Raises:
        HarvestError: ``dataset_taken`` or ``dataset_gone``.
    """
    package = model.Package.get(state.dataset_id or entry.source.name)
    if package is None:
        _create(entry, state)
    elif package.state == "deleted":
        raise HarvestError("dataset_gone", name=package.name)
    elif package.extras.get("participation_source") != entry.source.name:
        raise HarvestError("dataset_taken", name=package.name)
    else:
        _found(package, entry, state)
    return str(state.resource_id)


def _create(entry: Entry, state: SourceState) -> None:
    """A draft: nobody finds it before its rows are there.

    The dataset was ours before and is gone for good when its id is known and the package is not.
    """
    source = entry.source
    if state.dataset_id:
        raise HarvestError("dataset_gone", name=source.name)
    fields = shared(source)
    record = {
        **fields,
        **own(source),
        "name": source.name,
        "state": "draft",
        "type": "dataset",
        "owner_org": organisations.ensure(source.about.publisher, entry.city.publishers),
        "resources": [_resource(source, kind) for kind in kinds(source)],
    }
    dataset = tk.get_action("package_create")(context(), record)
    state.dataset_id = dataset["id"]
    _remember(dataset["resources"], state)
    state.wrote = {**state.wrote, "fields": _comparable(fields)}
    model.Session.commit()


def _found(package: model.Package, entry: Entry, state: SourceState) -> None:
    """A dataset that an earlier run made, perhaps one that was killed before it could say so."""
    resources = [{"id": item.id, "url": item.url} for item in package.resources]
    state.dataset_id = package.id
    _remember(resources, state)
    if not state.resource_id:
        raise HarvestError("dataset_gone", name=package.name)
    if "fields" not in state.wrote:
        state.wrote = {**state.wrote, "fields": _comparable(shared(entry.source))}
    model.Session.commit()


def _remember(resources: list[dict[str, Any]], state: SourceState) -> None:
    """Know the resources again by their addresses; one that staff took away stays away."""
    by_end = {resource["url"].rsplit(".", 1)[-1]: resource["id"] for resource in resources}
    state.resource_id, state.geojson_id = by_end.get("csv"), by_end.get("geojson")


def kinds(source: Source) -> list[str]:
    """The data files that a generation of this source has."""
    return ["csv", "geojson"] if source.feed.geometry else ["csv"]


def _resource(source: Source, kind: str) -> dict[str, Any]:
    label, name = RESOURCES[kind]
    return {
        "url": address(f"/feed/{source.name}/current.{kind}"),
        "format": label,
        "name_translated": name,
    }


def changed(current: dict[str, Any], wrote: dict[str, Any], source: Source) -> dict[str, Any]:
    """The shared fields to write: those that the YAML changed and no person did."""
    wanted, there = shared(source), _comparable(current)
    comparable = _comparable(wanted)
    return {
        name: wanted[name]
        for name in SHARED
        if comparable[name] != there[name] and there[name] == wrote.get(name)
    }


def _comparable(record: dict[str, Any]) -> dict[str, Any]:
    """The shared fields of a record in a form that equals itself after a round through CKAN."""
    answer: dict[str, Any] = {}
    for name in SHARED:
        value: Any = record.get(name) or ""
        if name == "tags":
            value = sorted(tag["name"] for tag in record.get(name) or [])
        elif isinstance(value, dict):
            value = {language: text for language, text in value.items() if text}
        answer[name] = value
    return answer


def comparable(source: Source) -> dict[str, Any]:
    """What is remembered as last written."""
    return _comparable(shared(source))
