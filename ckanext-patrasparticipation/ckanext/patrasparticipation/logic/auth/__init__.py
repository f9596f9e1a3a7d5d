"""Who may do what; one rule a function, listed here for CKAN to register."""

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
    "participation_feed_harvest",
    "participation_feed_list",
    "participation_feed_rejected",
    "participation_feed_restore",
    "participation_feed_runs",
    "participation_feed_show",
    "participation_feed_versions",
]
