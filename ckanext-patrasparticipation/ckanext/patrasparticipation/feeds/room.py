"""Is there room for a new version? Asked before the swap, so that a full disk leaves the old one whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import psycopg
from ckan.plugins import toolkit as tk

from ..harvesters.errors import HarvestError

TIMES = 3
"""Free space wanted, in sizes of the staged rows: the files, the table's new rows, and a margin."""

MB = 1024 * 1024


def storage() -> Path:
    """Where files of feeds lie: ``<ckan.storage_path>/participation``."""
    return Path(str(tk.config["ckan.storage_path"])) / "participation"


def require(connection: psycopg.Connection[Any], *tables: str | None) -> None:
    """Refuse to go on without room for three times these tables, the staged and the published one.

    Raises:
        HarvestError: ``no_space``, naming the folder, the megabytes needed and free.
    """
    quoted = [f'"{table}"' for table in tables if table]
    sizes = "SELECT sum(pg_total_relation_size(to_regclass(name)))::int8 FROM unnest(%s::text[]) name"
    row = connection.execute(sizes, [quoted]).fetchone()
    needed = TIMES * int(row[0] or 0 if row else 0)
    folder = storage()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise HarvestError("no_space", folder=str(folder), needed=needed // MB + 1, free=free // MB)
