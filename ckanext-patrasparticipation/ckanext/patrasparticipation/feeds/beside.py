"""A further publication: rows wait in an unlogged table beside, then change the published one."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from ..harvesters.sink import Published
from .layout import HASH, Layout, identifiers

Connection = psycopg.Connection[Any]

DIFFERENCE = """
CREATE TEMP TABLE _difference ON COMMIT DROP AS
SELECT l._id AS old, s.ctid AS new FROM {staging} s FULL JOIN {live} l ON s.{key} = l.{key}
WHERE s.{hash} IS DISTINCT FROM l.{hash}
"""
REHASH = """
UPDATE {live} l SET {hash} = s.{hash} FROM {staging} s
WHERE l.{key} = s.{key} AND l.{hash} IS DISTINCT FROM s.{hash}
AND ROW({mine}) IS NOT DISTINCT FROM ROW({theirs})
"""
COUNTS = """
SELECT count(*) FILTER (WHERE old IS NULL), count(*) FILTER (WHERE old IS NOT NULL AND new IS NOT NULL),
count(*) FILTER (WHERE new IS NULL) FROM _difference
"""


class Beside:
    """Cost grows with what changed; unchanged rows keep their ``_id``."""

    def __init__(self, staging: str, layout: Layout, language: str) -> None:
        self.staging, self.layout, self.language = staging, layout, language

    def create(self, connection: Connection) -> None:
        """An empty staging table; what a killed run left under its name goes."""
        table = sql.Identifier(self.staging)
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        columns = [*self.layout.columns, (HASH, "int8")]
        described = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in columns
        )
        connection.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(table, described))
        connection.commit()

    def statement(self) -> sql.Composed:
        """The COPY that fills it."""
        names = (*self.layout.names, HASH)
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
            sql.Identifier(self.staging), identifiers(names)
        )

    def filled(self, connection: Connection) -> None:
        """Keep what was staged; the swap is a transaction of its own."""
        connection.commit()

    def drop(self, connection: Connection) -> None:
        """Forget what was staged."""
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(self.staging)))
        connection.commit()

    def rehash(self, connection: Connection, live: str) -> None:
        """Give unchanged rows the hash of the present release of polars, and touch no other row."""
        names = self.layout.names
        connection.execute(
            sql.SQL(REHASH).format(
                mine=identifiers(names, "l"), theirs=identifiers(names, "s"), **self._parts(live)
            )
        )

    def land(self, connection: Connection, live: str, rows: int) -> Published:
        """Delete what is gone or changed, insert what is new or changed.

        Raises:
            psycopg.errors.UniqueViolation: the key has a value twice.
        """
        parts = self._parts(live)
        connection.execute(sql.SQL(DIFFERENCE).format(**parts))
        connection.execute("ANALYZE _difference")
        connection.execute(
            sql.SQL("DELETE FROM {live} l USING _difference d WHERE l._id = d.old").format(**parts)
        )
        connection.execute(self._insert(live))
        inserted, updated, deleted = connection.execute(COUNTS).fetchone() or (0, 0, 0)
        connection.execute("DROP TABLE _difference")
        return Published(0, inserted, updated, deleted, rows - inserted - updated)

    def _parts(self, live: str) -> dict[str, sql.Identifier]:
        return {
            "staging": sql.Identifier(self.staging),
            "live": sql.Identifier(live),
            "key": sql.Identifier(self.layout.key),
            "hash": sql.Identifier(HASH),
        }

    def _insert(self, live: str) -> sql.Composed:
        """New and changed rows, in the source's order; ``_full_text`` is given: the trigger rests."""
        names = (*self.layout.names, HASH)
        return sql.SQL(
            "INSERT INTO {live} ({names}, _full_text) SELECT {theirs}, {vector} FROM {staging} s"
            " JOIN _difference d ON s.ctid = d.new ORDER BY d.new"
        ).format(
            live=sql.Identifier(live),
            names=identifiers(names),
            theirs=identifiers(names, "s"),
            vector=self._vector(),
            staging=sql.Identifier(self.staging),
        )

    def _vector(self) -> sql.Composable:
        """An empty vector where no column is searchable: nothing is computed, nothing is found."""
        if not self.layout.searchable:
            return sql.SQL("''::tsvector")
        words = sql.SQL("concat_ws(' ', {})").format(identifiers(self.layout.searchable, "s"))
        return sql.SQL("to_tsvector({}::regconfig, {})").format(sql.Literal(self.language), words)
