"""When records change by themselves: each keeps its next moment, and what is due is indexed again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckan import model
from ckan.lib.search import rebuild
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.model import Moment
from ckanext.patrasparticipation.records import computed

AT_ONCE = 500
"""How many records one round indexes; the rest follow in the next."""

log = logging.getLogger(__name__)


def keep(record: Mapping[str, Any], now: datetime | None = None) -> None:
    """Remember the next moment of a record as ``package_show`` gives it; within the caller's transaction."""
    due = computed.next_change(record, now)
    row = model.Session.get(Moment, record["id"])
    if due is None:
        if row is not None:
            model.Session.delete(row)
    elif row is None:
        model.Session.add(Moment(package_id=record["id"], due_at=due))
    else:
        row.due_at = due


def forget(package_id: str) -> None:
    """A record that is deleted changes no more."""
    model.Session.query(Moment).filter_by(package_id=package_id).delete()


def due(now: datetime | None = None, at_once: int = AT_ONCE) -> list[str]:
    """The ids of records whose moment has come, the longest overdue first."""
    rows = model.Session.query(Moment.package_id).filter(Moment.due_at <= (now or clock.now()))
    return [row.package_id for row in rows.order_by(Moment.due_at).limit(at_once)]


def attend() -> int:
    """Index again what is due and set its next moment; how many records that were.

    The moment moves on only after Solr took the record: what cannot be indexed stays due.
    """
    ids = due()
    if not ids:
        return 0
    rebuild(package_ids=ids, force=False, quiet=True)
    for one in ids:
        try:
            keep(tk.get_action("package_show")({"ignore_auth": True}, {"id": one}))
        except tk.ObjectNotFound:
            forget(one)
    model.Session.commit()
    log.info("%d records changed by the clock", len(ids))
    return len(ids)
