"""Start an export: the rows that were asked for, from one snapshot, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from ckan.plugins import toolkit as tk

from ...feeds import catalogue, generation, snapshot, versions
from ...feeds.layout import Layout
from ..statement import Asked, asked, types
from . import params, slots
from .errors import Wrong
from .formats import EXCEL, FORMATS, Format
from .rows import Rows, plain_layout, public


@dataclass(frozen=True)
class Export:
    """The version of the rows and its moment (nothing where no feed keeps them), and the file's bytes."""

    generation: int | None
    created: datetime | None
    mime: str
    blocks: snapshot.Blocks


def start(resource_id: str, form: str, given: Mapping[str, str]) -> Export:
    """Start an export; nothing has been sent when it fails.

    Raises:
        Wrong: a parameter, or the format, cannot be used for this table.
        Busy: too many large exports are under way.
    """
    wanted = params.read(given)
    shape = _format(form, wanted)
    there = public(types(resource_id))
    columns = params.columns(wanted, there)
    found = _asked(resource_id, wanted)
    connection = snapshot.opened()
    try:
        now = snapshot.current(connection, resource_id)
        slots.take(connection, resource_id)
        about = {"name": now.source if now else resource_id}
        rows = Rows(connection, found, columns, _layout(now, there), about)
        blocks = snapshot.Blocks(_closing(connection, shape, rows))
    except psycopg.Error as error:
        connection.close()
        raise _refused(wanted, error) from error
    except BaseException:
        connection.close()
        raise
    created = datetime.fromisoformat(now.entry.created) if now else None
    return Export(now.generation if now else None, created, shape.mime, blocks)


def _format(form: str, wanted: dict[str, Any]) -> Format:
    is_excel = wanted.pop("excel", False)
    if is_excel and form != "csv":
        raise Wrong("excel", "1", tk._("an address that ends in export.csv"))
    return EXCEL if is_excel else FORMATS[form]


def _asked(resource_id: str, wanted: dict[str, Any]) -> Asked:
    try:
        return asked(resource_id, {**wanted, "limit": None})
    except tk.ValidationError as error:
        name = next((name for name in error.error_dict if name in wanted), "filters")
        reason = params.flat(error.error_dict.get(name) or error.error_dict)
        raise Wrong(name, wanted.get(name, ""), reason=reason) from error


def _layout(now: generation.Current | None, there: dict[str, str]) -> Layout:
    """Where the rows are on a map: as the feed's definition says, else as the columns look."""
    entry = catalogue.known(now.source) if now else None
    return versions.as_published(entry, now) if entry and now else plain_layout(there)


def _refused(wanted: dict[str, Any], error: psycopg.Error) -> Wrong:
    """What the database would not take: a value of another type than its column, or a query of words."""
    if isinstance(error, psycopg.errors.UndefinedObject) and "language" in wanted:
        return Wrong("language", wanted["language"], "greek, english, simple")
    name = next((name for name in ("filters", "q", "sort") if name in wanted), "export")
    return Wrong(name, wanted.get(name, ""), tk._("values of the types that the columns have"))


def _closing(connection: psycopg.Connection[Any], shape: Format, rows: Rows) -> Generator[bytes, None, None]:
    """The file; the connection is closed when the reader has it all, or goes away."""
    with connection:
        yield from shape.write(rows)
