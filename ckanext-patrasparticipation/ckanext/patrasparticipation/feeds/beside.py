"""A further publication: rows wait in an unlogged table beside, then change the published one."""

from __future__ import annotations

from typing import Any, LiteralString

import polars as pl
import psycopg
from psycopg import sql

from ..harvesters.sink import Published
from .known import Known
from .layout import HASH, Layout, copied, described, identifiers

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
GONE = "CREATE TEMP TABLE _difference (old int) ON COMMIT DROP"
REPLACED = """
SELECT count(*) FROM _difference d JOIN {live} l ON l._id = d.old JOIN {staging} s ON s.{key} = l.{key}
"""
DELETE = "DELETE FROM {live} l USING _difference d WHERE l._id = d.old"
COUNTS = """
SELECT count(*) FILTER (WHERE old IS NULL), count(*) FILTER (WHERE old IS NOT NULL AND new IS NOT NULL),
count(*) FILTER (WHERE new IS NULL) FROM _difference
"""


class Beside:
    """Cost grows with what changed; unchanged rows keep their ``_id``.

    Args:
        known: the published rows, where their hashes are of this release; rows they hold are not staged.
    """

    def __init__(self, staging: str, layout: Layout, language: str, known: Known | None = None) -> None:
        self.staging, self.layout, self.language, self.known = staging, layout, language, known

    def news(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that have to be staged."""
        return self.known.news(rows) if self.known else rows

    @property
    def passed(self) -> int:
        """How many rows of the load were not staged, because they are published already."""
        return self.known.passed if self.known else 0

    def create(self, connection: Connection) -> None:
        """An empty staging table; what a killed run left under its name goes."""
        table = sql.Identifier(self.staging)
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        connection.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(table, described(self.layout)))
        connection.commit()

    def statement(self) -> sql.Composed:
        """The COPY that fills it."""
        return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
            sql.Identifier(self.staging), copied(self.layout)
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
        if self.known and self.known.usable:
            return self._land_news(connection, live, rows, self.known)
        parts = self._parts(live)
        connection.execute(sql.SQL(DIFFERENCE).format(**parts))
        connection.execute("ANALYZE _difference")
        connection.execute(sql.SQL(DELETE).format(**parts))
        connection.execute(self._insert(live, "JOIN _difference d ON s.ctid = d.new ORDER BY d.new"))
        inserted, updated, deleted = connection.execute(COUNTS).fetchone() or (0, 0, 0)
        connection.execute("DROP TABLE _difference")
        return Published(0, inserted, updated, deleted, rows - inserted - updated)

    def _land_news(self, connection: Connection, live: str, rows: int, known: Known) -> Published:
        """All that is staged goes in; what the load did not show goes out."""
        parts = self._parts(live)
        gone = known.gone()
        connection.execute(GONE)
        with connection.cursor() as cursor:
            with cursor.copy("COPY _difference FROM STDIN") as copy:
                copy.write("".join(f"{number}\n" for number in gone.tolist()))
            cursor.execute("ANALYZE _difference")
            cursor.execute(sql.SQL("ANALYZE {staging}").format(**parts))
            (updated,) = cursor.execute(sql.SQL(REPLACED).format(**parts)).fetchone() or (0,)
            cursor.execute(sql.SQL(DELETE).format(**parts))
            staged = cursor.execute(self._insert(live, "ORDER BY s.ctid")).rowcount
            cursor.execute("DROP TABLE _difference")
        return Published(0, staged - updated, updated, len(gone) - updated, rows - staged)

    def _parts(self, live: str) -> dict[str, sql.Identifier]:
        return {
            "staging": sql.Identifier(self.staging),
            "live": sql.Identifier(live),
            "key": sql.Identifier(self.layout.key),
            "hash": sql.Identifier(HASH),
        }

    def _insert(self, live: str, chosen: LiteralString) -> sql.Composed:
        """New and changed rows, in the source's order; ``_full_text`` is given: the trigger rests."""
        names = (*self.layout.names, HASH)
        return sql.SQL(
            "INSERT INTO {live} ({names}, _full_text) SELECT {theirs}, {vector} FROM {staging} s " + chosen
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
