"""The stream of activities of records that are written many at once: told when they are indexed.

For each record that is saved the activity plugin asks for the whole of it, to keep it as it was. The index
needs the same answer, so that here it is asked for once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from ckan import model
from ckan.lib.plugins import get_permission_labels
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from sqlalchemy import func


def asks(context: Mapping[str, Any]) -> bool:
    """Whether it is the stream that asks for a record: it alone says that the answer is not for a page."""
    return bool(context.get("ignore_auth")) and context.get("for_view") is False


class Stream:
    """What is to be told of these records; nothing where there is no stream.

    Args:
        ids: of records that may have been written.
        user: the name of who wrote them.
    """

    def __init__(self, ids: Collection[str], user: str) -> None:
        self._there = plugin_loaded("activity") and bool(tk.config.get("ckan.activity_streams_enabled"))
        self._told: dict[str, datetime] = self._last(ids) if self._there else {}
        self._user = model.User.get(user) if self._there else None

    @staticmethod
    def _last(ids: Collection[str]) -> dict[str, datetime]:
        from ckanext.activity.model import Activity  # only where the plugin is loaded is there such a table

        last = model.Session.query(Activity.object_id, func.max(Activity.timestamp))
        return dict(last.filter(Activity.object_id.in_(list(ids))).group_by(Activity.object_id).all())

    def tell(self, record: Mapping[str, Any]) -> None:
        """Tell that a record was written, once, within the caller's transaction.

        Args:
            record: as ``package_show`` gives it.
        """
        if self._user is None:
            return
        package, told = model.Session.get_one(model.Package, record["id"]), self._told.get(record["id"])
        if told is not None and told >= package.metadata_modified:
            return
        from ckanext.activity.model import Activity

        model.Session.add(
            Activity(
                user_id=self._user.id,
                object_id=package.id,
                activity_type="changed package" if told else "new package",
                data={"package": dict(record), "actor": self._user.name},
                permission_labels=get_permission_labels().get_dataset_labels(package),
            )
        )
