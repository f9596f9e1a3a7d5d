"""The first publication, and one with other columns: a new table in the DataStore's shape, filled directly.

Everything happens in one transaction, so that readers never meet an empty table; it is indexed after it has
been filled. The action ``datastore_create`` then runs on it (``table.describe``) and adds what CKAN keeps.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from ..harvesters.sink import Published
from . import indexes
from .layout import Layout, copied, described

Connection = psycopg.Connection[Any]

VECTOR = """
CREATE FUNCTION pg_temp.participation_full_text() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    NEW._full_text := to_tsvector({language}::regconfig, concat_ws(' ', {columns}));
    RETURN NEW;
END $body$
"""


class Fresh:
    """Rows go straight into a table that takes the published one's name at the end."""

    def __init__(self, staging: str, layout: Layout, language: str) -> None:
        self.staging, self.layout, self.language = staging, layout, language

    passed = 0
    """Every row is staged."""

    def news(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that have to be staged: all of them."""
        return rows

    def create(self, connection: Connection) -> None:
        """The table, without index or key; ``_full_text`` is given, so CKAN's trigger has nothing to do."""
        table = sql.Identifier(self.staging)
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        connection.execute(
            sql.SQL("CREATE TABLE {} (_id serial, _full_text tsvector DEFAULT '', {})").format(
                table, described(self.layout)
            )
        )
        if self.layout.searchable:
            self._search(connection, table)

    def statement(self) -> sql.Composed:
        """The COPY that fills it; frozen rows need no second look by VACUUM."""
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, FREEZE)").format(
            sql.Identifier(self.staging), copied(self.layout)
        )

    def filled(self, connection: Connection) -> None:
        """Nothing: the transaction stays open until the swap."""

    def drop(self, connection: Connection) -> None:
        """Nothing: the transaction that made the table was rolled back, or gave it its name."""

    def land(self, connection: Connection, live: str, rows: int) -> Published:
        """Index the table, give it CKAN's trigger, and put it in the place of the published one.

        Raises:
            psycopg.errors.UniqueViolation: the key has a value twice.
        """
        table, published = sql.Identifier(self.staging), sql.Identifier(live)
        before = self._rows(connection, live)
        connection.execute(sql.SQL("DROP TRIGGER IF EXISTS participation_full_text ON {}").format(table))
        connection.execute(sql.SQL("ALTER TABLE {} ALTER _full_text DROP DEFAULT").format(table))
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(published))
        connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(table, published))
        sequence = sql.Identifier(f"{self.staging}__id_seq"), sql.Identifier(f"{live}__id_seq")
        connection.execute(sql.SQL("ALTER SEQUENCE {} RENAME TO {}").format(*sequence))
        connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (_id)").format(published))
        indexes.build(connection, live, self.layout)
        connection.execute(
            sql.SQL(
                "CREATE TRIGGER zfulltext BEFORE INSERT OR UPDATE ON {}"
                " FOR EACH ROW EXECUTE PROCEDURE populate_full_text_trigger()"
            ).format(published)
        )
        connection.execute(sql.SQL("ANALYZE {}").format(published))
        return Published(generation=0, inserted=rows, updated=0, deleted=before, unchanged=0)

    def _search(self, connection: Connection, table: sql.Identifier) -> None:
        """Fill ``_full_text`` during the COPY, from the searchable columns alone."""
        columns = sql.SQL(", ").join(
            sql.SQL("NEW.{}").format(sql.Identifier(name)) for name in self.layout.searchable
        )
        connection.execute("DROP FUNCTION IF EXISTS pg_temp.participation_full_text CASCADE")
        connection.execute(sql.SQL(VECTOR).format(language=sql.Literal(self.language), columns=columns))
        connection.execute(
            sql.SQL(
                "CREATE TRIGGER participation_full_text BEFORE INSERT ON {}"
                " FOR EACH ROW EXECUTE PROCEDURE pg_temp.participation_full_text()"
            ).format(table)
        )

    def _rows(self, connection: Connection, live: str) -> int:
        """How many rows the table to be replaced holds; none where there is no such table."""
        if connection.execute("SELECT to_regclass(%s)", [f'public."{live}"']).fetchone() == (None,):
            return 0
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(live))).fetchone()
        return int(row[0]) if row else 0
