"""A whole table, or what filters leave of it, as CKAN's dump writes it: no download mixes two versions.

CKAN's own dump asks for page after page, each in a transaction of its own; this is one COPY.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import psycopg
from ckanext.datastore import writer

from ..feeds import snapshot
from ..feeds.exports import RAW
from .statement import Asked, asked

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
    blocks: snapshot.Blocks


def dump(resource_id: str, form: str, params: dict[str, Any], bom: bool = False) -> Dump:
    """Start a dump; the rows come as they are read.

    Args:
        form: ``csv``, ``tsv``, ``json`` or ``xml``, each as CKAN writes it.
        params: ``filters q plain language fields distinct sort offset limit`` as of ``datastore_search``.

    Raises:
        tk.ValidationError: a parameter is not of that table.
        psycopg.Error: the query cannot be run.
    """
    found = asked(resource_id, params, SHAPES[form])
    statement = _shaped(form, found)
    connection = snapshot.opened()
    try:
        now = snapshot.current(connection, resource_id)
        blocks = snapshot.Blocks(_blocks(connection, statement, form, found.result, bom))
    except BaseException:
        connection.close()
        raise
    return Dump(now.generation if now else None, blocks)


def _shaped(form: str, found: Asked) -> str:
    """The COPY round the rows: CSV as it is, JSON and XML as one JSON object a line."""
    rows = found.rows(", ".join(found.parts["select"]))
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
            yield from snapshot.gathered(copy)
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
