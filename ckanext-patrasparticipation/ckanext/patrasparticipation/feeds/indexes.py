"""What hangs on a published table: indexes, named as CKAN names its own, and the data dictionary."""

from __future__ import annotations

import hashlib
from typing import Any

import psycopg
from ckan.plugins import toolkit as tk
from psycopg import sql

from . import database
from .layout import Layout


def name(table: str, field: str) -> str:
    """CKAN's name of an index: the SHA-1 of the table's id and the quoted column."""
    return hashlib.sha1((table + field).encode()).hexdigest()


def build(connection: psycopg.Connection[Any], table: str, layout: Layout) -> None:
    """Create what is missing: unique on the key, one per indexed column, full text where it is searched.

    Raises:
        psycopg.errors.UniqueViolation: the key has a value twice.
    """
    there = existing(connection, table)
    connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for column in (layout.key, *layout.indexes):
        index = name(table, f'"{column}"')
        if index not in there:
            unique = sql.SQL("UNIQUE " if column == layout.key else "")
            statement = sql.SQL("CREATE {}INDEX {} ON {} ({})")
            connection.execute(
                statement.format(unique, sql.Identifier(index), sql.Identifier(table), sql.Identifier(column))
            )
    if layout.searchable and name(table, '"_full_text"') not in there:
        statement = sql.SQL("CREATE INDEX {} ON {} USING {} (_full_text)")
        method = sql.SQL(str(tk.config["ckan.datastore.default_fts_index_method"]))
        connection.execute(
            statement.format(sql.Identifier(name(table, '"_full_text"')), sql.Identifier(table), method)
        )


def existing(connection: psycopg.Connection[Any], table: str) -> set[str]:
    """The names of a table's indexes, its primary key's left out."""
    rows = connection.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype = 'p')",
        [table],
    )
    return {str(row[0]) for row in rows}


def hold_full_text(connection: psycopg.Connection[Any], table: str) -> None:
    """An index of no row in the place of the full-text index that ``datastore_create`` makes for every table.

    CKAN looks for the name alone; its GiST index of a million empty vectors takes 25 seconds.
    """
    statement = sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} (_id) WHERE false")
    connection.execute(statement.format(sql.Identifier(name(table, '"_full_text"')), sql.Identifier(table)))


def drop_full_text(connection: psycopg.Connection[Any], table: str) -> None:
    """Drop the full-text index of a table that nobody searches, or what held its place."""
    index = sql.Identifier(name(table, '"_full_text"'))
    connection.execute(sql.SQL("DROP INDEX IF EXISTS {}").format(index))


def described(connection: psycopg.Connection[Any], table: str) -> bool:
    """Whether CKAN's data dictionary stands on the table's columns."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_description WHERE objoid = to_regclass(%s) AND objsubid > 0)",
        [f'public."{table}"'],
    ).fetchone()
    return bool(row and row[0])


def settle(table: str) -> None:
    """Let counts read an index alone: rows that came through a trigger, or changed, are else looked up one by
    one until autovacuum has been there. Skipped where somebody holds the table.
    """
    with database.connect(database.WRITE, autocommit=True) as connection:
        connection.execute(sql.SQL("VACUUM (SKIP_LOCKED) {}").format(sql.Identifier(table)))
