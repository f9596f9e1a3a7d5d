"""Connections of our own (psycopg 3) beside CKAN's: COPY, advisory locks and snapshots need them."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from ckan.plugins import toolkit as tk

MAIN, WRITE, READ = "sqlalchemy.url", "ckan.datastore.write_url", "ckan.datastore.read_url"


def dsn(setting: str) -> str:
    """The address of a database as libpq reads it: SQLAlchemy's without the driver's name."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", str(tk.config[setting]))


def connect(setting: str, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A new connection to one of the three databases' roles; the caller closes it."""
    return psycopg.connect(dsn(setting), application_name="participation", **options)


def lock_key(kind: str, name: str) -> str:
    """The text whose hash is the number of an advisory lock."""
    return f"participation:{kind}:{name}"
