"""A whole table, or what filters leave of it, as one COPY from one snapshot: no download mixes two versions.

CKAN's own dump asks for page after page, each in a transaction of its own. The query is CKAN's: the same
plugins turn the same parameters into columns, conditions and order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg
import sqlalchemy as sa
from ckan import plugins as p
from ckanext.datastore import interfaces, writer
from ckanext.datastore.backend import postgres

from ..reading import filters
from . import database, generation
from .exports import RAW

TIMEOUT = "10min"
WRITERS: dict[str, Callable[..., Any]] = {
    "csv": writer.csv_writer,
    "tsv": writer.tsv_writer,
    "json": writer.json_writer,
    "xml": writer.xml_writer,
}
SHAPES = {"csv": "csv", "tsv": "tsv", "json": "objects", "xml": "objects"}
PAGE = 1000
"""Rows that are turned into JSON or XML at a time."""


@dataclass(frozen=True)
class Dump:
    """What a dump gives: the version of the rows (nothing where no feed keeps them) and the file's bytes."""

    generation: int | None
    blocks: Blocks


def dump(resource_id: str, form: str, params: dict[str, Any], bom: bool = False) -> Dump:
    """Start a dump; the rows come as they are read.

    Args:
        form: ``csv``, ``tsv``, ``json`` or ``xml``, each as CKAN writes it.
        params: ``filters q plain language fields distinct sort offset limit`` as of ``datastore_search``.

    Raises:
        tk.ValidationError: a parameter is not of that table.
        psycopg.Error: the query cannot be run.
    """
    statement, fields = query(resource_id, form, params)
    connection = database.connect(database.READ)
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'")
        number = current(connection, resource_id)
        blocks = _blocks(connection, statement, form, fields, bom)
        first = next(blocks)
    except BaseException:
        connection.close()
        raise
    return Dump(number, Blocks(first, blocks))


class Blocks:
    """The file's bytes; closing them, read to the end or not, gives the connection back."""

    def __init__(self, first: bytes, rest: Generator[bytes, None, None]) -> None:
        self._first: bytes | None = first
        self._rest = rest

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._rest)

    def close(self) -> None:
        """End the COPY and the snapshot."""
        self._rest.close()


def current(connection: psycopg.Connection[Any], resource_id: str) -> int | None:
    """The generation of a table in the connection's snapshot, or nothing where no feed keeps it."""
    if connection.execute("SELECT to_regclass('public._harvest_generation')").fetchone() == (None,):
        return None
    found = generation.read(connection, resource_id=resource_id)
    return found.generation if found else None


def query(resource_id: str, form: str, params: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The COPY for these parameters, as CKAN's search would ask, and the fields of its answer."""
    filters.parse(params.get("filters"))  # CKAN fails on shapes that it does not know
    asked = {**params, "resource_id": resource_id, "records_format": SHAPES[form]}
    with postgres.get_read_engine().connect() as connection:
        context: Any = {"connection": connection}
        postgres.validate(context, asked)
        types = postgres._get_fields_types(connection, resource_id)
        parts: dict[str, Any] = {"select": [], "sort": [], "where": []}
        for plugin in p.PluginImplementations(interfaces.IDatastore):
            parts = plugin.datastore_search(context, asked, types, parts)
        info = postgres._get_field_info(connection, resource_id)
    named = postgres.datastore_helpers.get_list(params.get("fields"))
    return _copy(resource_id, form, parts), postgres._result_fields(types, info, named)


def _copy(resource_id: str, form: str, parts: dict[str, Any]) -> str:
    """One statement: the rows of a page without end, then the columns as the format wants them."""
    where, bound = postgres._where(parts["where"])
    distinct = "DISTINCT" if parts.get("distinct") else ""
    sort = parts["sort"] or ([] if distinct else ['"_id" asc'])
    order = f"ORDER BY {', '.join(sort)}" if sort else ""
    limit = "ALL" if parts["limit"] is None else str(int(parts["limit"]))
    page = f"{order} LIMIT {limit} OFFSET {int(parts['offset'] or 0)}"
    inner, outer = (where, page) if distinct else (f"{where} {page}", "")
    source = f"SELECT * FROM {postgres.identifier(resource_id)} {parts['ts_query']} {inner}"
    rows = f"SELECT {distinct} {', '.join(parts['select'])} FROM ({source}) r {outer}"
    values = {name: value for chunk in bound for name, value in chunk.items()}
    compiled = sa.text(_shaped(form, rows)).bindparams(**values)
    return str(compiled.compile(compile_kwargs={"literal_binds": True}))


def _shaped(form: str, rows: str) -> str:
    """The COPY round the rows: CSV as it is, JSON and XML as one JSON object a line."""
    if form == "csv":
        return f"COPY ({rows}) TO STDOUT csv"
    if form == "tsv":
        return f"COPY ({rows}) TO STDOUT csv DELIMITER '\t'"
    return f"COPY (SELECT row_to_json(o)::text FROM ({rows}) o) TO STDOUT {RAW}"


def _blocks(
    connection: psycopg.Connection[Any], statement: str, form: str, fields: list[dict[str, Any]], bom: bool
) -> Generator[bytes, None, None]:
    """The file, its head first; the connection is closed when the reader has it all, or goes away."""
    with (
        connection,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,  # type: ignore[arg-type]
        WRITERS[form](fields, bom=bom) as out,
    ):
        if form in ("csv", "tsv"):
            yield out.write_records("")
            yield from map(bytes, copy)
        else:
            lines = _records(copy, form)
            yield out.write_records(list(islice(lines, PAGE)))
            while page := list(islice(lines, PAGE)):
                yield out.write_records(page)
        yield out.end_file()


def _records(copy: Iterable[Any], form: str) -> Iterator[Any]:
    """The rows, as CKAN's writer of that format takes them: lists for JSON, dictionaries for XML."""
    for block in copy:
        row = json.loads(bytes(block))
        yield list(row.values()) if form == "json" else row
