"""What a caller asks of a table, in the words of ``datastore_search``, as the SQL that CKAN makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import plugins as p
from ckanext.datastore import interfaces
from ckanext.datastore.backend import postgres

from . import filters

COLUMNS = "$columns$"
"""Stands for the columns until the values are in: SQLAlchemy would take a colon in a name for a value's."""


@dataclass(frozen=True)
class Asked:
    """``types`` and ``info`` by column, ``_id`` and rank too; ``parts`` as CKAN's plugins left them."""

    resource_id: str
    types: dict[str, str]
    info: dict[str, Any]
    fields: list[str] | None
    parts: dict[str, Any]

    @property
    def result(self) -> list[dict[str, Any]]:
        """The fields of the answer, as CKAN's own writers take them."""
        found: list[dict[str, Any]] = postgres._result_fields(self.types, self.info, self.fields)
        return found

    def rows(self, columns: str) -> str:
        """The SELECT of these columns (SQL), all values written out: COPY takes no parameters."""
        parts = self.parts
        where, bound = postgres._where(parts["where"])
        distinct = "DISTINCT" if parts.get("distinct") else ""
        sort = parts["sort"] or ([] if distinct else ['"_id" asc'])
        order = f"ORDER BY {', '.join(sort)}" if sort else ""
        limit = "ALL" if parts["limit"] is None else str(int(parts["limit"]))
        page = f"{order} LIMIT {limit} OFFSET {int(parts['offset'] or 0)}"
        inner, outer = (where, page) if distinct else (f"{where} {page}", "")
        source = f"SELECT * FROM {postgres.identifier(self.resource_id)} {parts['ts_query']} {inner}"
        query = f"SELECT {distinct} {COLUMNS} FROM ({source}) r {outer}"
        values = {name: value for chunk in bound for name, value in chunk.items()}
        compiled = sa.text(query).bindparams(**values).compile(compile_kwargs={"literal_binds": True})
        return str(compiled).replace(COLUMNS, columns, 1)


def asked(resource_id: str, params: dict[str, Any], shape: str = "objects") -> Asked:
    """Let CKAN's plugins turn the parameters into columns, conditions and order.

    Args:
        params: ``filters q plain language fields distinct sort offset limit`` as of ``datastore_search``.
        shape: how the columns of ``parts["select"]`` are written: ``objects``, ``lists``, ``csv`` or ``tsv``.

    Raises:
        tk.ValidationError: a parameter is not of that table.
    """
    filters.parse(params.get("filters"))  # CKAN fails on shapes that it does not know
    wanted = {**params, "resource_id": resource_id, "records_format": shape}
    with postgres.get_read_engine().connect() as connection:
        context: Any = {"connection": connection}
        postgres.validate(context, wanted)
        types = postgres._get_fields_types(connection, resource_id)
        parts: dict[str, Any] = {"select": [], "sort": [], "where": []}
        for plugin in p.PluginImplementations(interfaces.IDatastore):
            parts = plugin.datastore_search(context, wanted, types, parts)
        info = postgres._get_field_info(connection, resource_id)
    named = postgres.datastore_helpers.get_list(params.get("fields"))
    return Asked(resource_id, dict(types), info, named, parts)


def types(resource_id: str) -> dict[str, str]:
    """The columns of a table in their order, ``_id`` first, with their PostgreSQL types."""
    with postgres.get_read_engine().connect() as connection:
        return dict(postgres._get_fields_types(connection, resource_id))
