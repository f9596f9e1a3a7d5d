"""Count the groups of a long table once when it is published, so that no reader waits for it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from ckan.plugins import toolkit as tk

from ..feeds.site import context

MANY = 100_000
"""Rows; the groups of fewer are counted as fast as the answer is sent."""

log = logging.getLogger(__name__)


def groups(resource_id: str, columns: Iterable[str]) -> None:
    """Ask how many rows each value of these columns has; the answer is kept for this generation."""
    for column in columns:
        question = {"resource_id": resource_id, "group_by": [column]}
        try:
            tk.get_action("participation_table_aggregate")(context(), question)
        except (tk.ValidationError, tk.ObjectNotFound) as error:  # it is counted when somebody asks
            log.warning("%s: the groups of %s are not counted ahead: %s", resource_id, column, error)
