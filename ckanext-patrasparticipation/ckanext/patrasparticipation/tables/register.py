"""Which resources are tables of staff: found by resource, made when a first file comes."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..model import Run, SourceState, Table, Upload

LONGEST = 48
"""Letters of the dataset's name in a table's own; eight of the resource's id follow."""


def of(resource_id: str) -> Table | None:
    """The table that a resource is, or nothing."""
    found: Table | None = model.Session.query(Table).filter_by(resource_id=resource_id).one_or_none()
    return found


def waiting(resource_id: str) -> Upload | None:
    """The file that waits to become that resource's table, or nothing."""
    found: Upload | None = model.Session.get(Upload, resource_id)
    return found


def run(source: str) -> Run | None:
    """The latest publication of a table, or nothing."""
    found: Run | None = (
        model.Session.query(Run).filter_by(source=source).order_by(Run.started.desc()).limit(1).one_or_none()
    )
    return found


def need(resource_id: str) -> Table:
    """The table that a resource is.

    Raises:
        ObjectNotFound: it is none.
    """
    found = of(resource_id)
    if found is None:
        raise tk.ObjectNotFound(tk._("This resource is not a table that was uploaded."))
    return found


def need_unpublished(resource_id: str) -> None:
    """Refuse to make a plain file of a table that readers use.

    Raises:
        ValidationError: on ``upload``: rows of it are published.
    """
    found = of(resource_id)
    if found is not None and found.definition:
        sentence = tk._("Rows of this table are published; it cannot become a file.")
        raise tk.ValidationError({"upload": [sentence]})


def need_waiting(resource_id: str) -> Upload:
    """The file that waits.

    Raises:
        ObjectNotFound: none does.
    """
    found = waiting(resource_id)
    if found is None:
        raise tk.ObjectNotFound(tk._("No file waits to be published here. Upload one first."))
    return found


def name_of(resource: dict[str, Any]) -> str:
    """The name of a resource's table, in files and addresses; it stays when the dataset is renamed."""
    found = of(resource["id"])
    if found is not None:
        return str(found.source)
    package = model.Package.get(resource.get("package_id") or "")
    stem = package.name.replace("_", "-")[:LONGEST].strip("-") if package else ""
    words = [part for part in (stem or "table").split("-") if part]
    return "-".join([*words, resource["id"].replace("-", "")[:8]])


def add(source: str, resource_id: str, dataset_id: str, author: str) -> Table:
    """Note that a resource is a table; the caller's transaction counts."""
    table = of(resource_id)
    if table is None:
        table = Table(source=source, resource_id=resource_id, dataset_id=dataset_id, author=author)
        model.Session.add(table)
    return table


def feed_of(resource_id: str) -> str | None:
    """The feed whose files a resource stands for: its rows come from elsewhere."""
    found = (
        model.Session.query(SourceState.source)
        .filter((SourceState.resource_id == resource_id) | (SourceState.geojson_id == resource_id))
        .first()
    )
    return str(found[0]) if found and of(resource_id) is None else None
