"""Put records into the search index again: all of them after a change of the configset, or some."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ckan import model
from ckan.lib import search
from ckan.logic import index_update_package
from ckan.plugins import toolkit as tk

BATCH = 200  # records between two commits of Solr: what a search sees is never much older
ALL = 10_000_000

Told = Callable[[int, int], None]
"""Told after each batch: how many are done, of how many."""

log = logging.getLogger(__name__)


@dataclass
class Rebuilt:
    """What became of a rebuild: records indexed, those that failed with the reason, leftovers removed."""

    done: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    removed: int = 0


class IndexAway(Exception):
    """Solr does not answer. Try again when it does; what was indexed until then stays."""


def everything(told: Told = lambda done, total: None) -> Rebuilt:
    """Index every record again, and remove from the index what is no record any more.

    Raises:
        IndexAway: Solr does not answer, or stopped answering.
    """
    _demand_solr()
    rebuilt = some(_records(), told)
    rebuilt.removed = _remove_others()
    return rebuilt


def some(ids: Iterable[str], told: Told = lambda done, total: None) -> Rebuilt:
    """Index these records again; one that fails stops no other.

    Raises:
        IndexAway: Solr stopped answering.
    """
    rebuilt, ids = Rebuilt(), list(ids)
    for start in range(0, len(ids), BATCH):
        for each in ids[start : start + BATCH]:
            _one(each, rebuilt)
        _commit()
        model.Session.remove()  # or the session would hold every record of the catalogue
        told(min(start + BATCH, len(ids)), len(ids))
    return rebuilt


def of_publisher(publisher: str) -> Rebuilt:
    """Index the records of the publisher with that id again.

    Raises:
        IndexAway: Solr does not answer, or stopped answering.
    """
    _demand_solr()
    owned = model.Session.query(model.Package.id).filter_by(owner_org=publisher)
    return some(row.id for row in owned.filter(model.Package.state != model.State.DELETED))


def _records() -> list[str]:
    """The ids of the records that belong into the index."""
    wanted = model.Session.query(model.Package.id).order_by(model.Package.id)
    if tk.config["ckan.search.remove_deleted_packages"]:
        wanted = wanted.filter(model.Package.state != model.State.DELETED)
    return [row.id for row in wanted]


def _one(record: str, rebuilt: Rebuilt) -> None:
    """Index one record, or note why that failed: what is wrong with it is no reason to leave out others."""
    try:
        index_update_package({"ignore_auth": True}, record, defer_commit=True)
    except Exception as error:  # noqa: BLE001
        model.Session.rollback()
        _demand_solr()
        found = model.Session.get(model.Package, record)
        rebuilt.failed[found.name if found else record] = f"{type(error).__name__}: {error}"[:300]
        log.warning("%s is not indexed: %r", record, error)
    else:
        rebuilt.done += 1


def _remove_others() -> int:
    """Remove the documents of records that are gone: deleted while Solr was away, or of another database.

    The index is read before the database, so that a record that is made meanwhile keeps its document.
    """
    filters = [f'+site_id:"{tk.config["ckan.site_id"]}"', "+entity_type:package"]
    there = search.make_connection().search("*:*", fq=filters, rows=ALL, fl="id").docs
    gone = sorted({each["id"] for each in there} - set(_records()))
    for each in gone:
        search.clear(each)
    if gone:
        _commit()
    return len(gone)


def _commit() -> None:
    try:
        search.commit()
    except search.SearchIndexError as error:
        raise IndexAway(str(tk.config["solr_url"])) from error


def _demand_solr() -> None:
    if not search.is_available():
        raise IndexAway(str(tk.config["solr_url"]))
