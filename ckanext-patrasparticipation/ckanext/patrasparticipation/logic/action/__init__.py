"""The actions CKAN registers; each module of this folder serves one room, and is listed here."""

from .datastore import datastore_search
from .feeds import (
    participation_feed_harvest,
    participation_feed_list,
    participation_feed_rejected,
    participation_feed_restore,
    participation_feed_runs,
    participation_feed_show,
    participation_feed_versions,
)

__all__: list[str] = [
    "datastore_search",
    "participation_feed_harvest",
    "participation_feed_list",
    "participation_feed_rejected",
    "participation_feed_restore",
    "participation_feed_runs",
    "participation_feed_show",
    "participation_feed_versions",
]
