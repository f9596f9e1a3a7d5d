"""``datastore_search`` and the dumps in our language of filters: null, checked values, sentences in Greek.

CKAN 2.12.0 reads ``{"a": null}`` as ``a = NULL``, 05/03/2024 as the third of May, and says in English, or
with 500, what it cannot read. A plugin cannot change that: ``IDatastore`` only adds conditions, and CKAN's
own must be loaded first. May go when CKAN does otherwise (ckan/ckan#8689, #5997).
"""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.datastore.backend import postgres

from . import columns, conditions, filters

_core = postgres._where_clauses


def where(data_dict: dict[str, Any], fields_types: dict[str, Any]) -> postgres.WhereClauses:
    """Our condition for ``filters``, CKAN's for everything else."""
    others = {name: value for name, value in data_dict.items() if name != "filterops"}
    ours = conditions.ckan_where(fields_types, data_dict.get("filters"))
    return [*([ours] if ours else []), *_core(others, fields_types)]


def install() -> None:
    """Put our reader of filters in the place of CKAN's; a second call does nothing."""
    postgres._where_clauses = where


def explain(refused: tk.ValidationError, table: str | None, given: Any) -> None:
    """Say of a refused search in the reader's language what CKAN says in English; else do nothing.

    Called after the refusal, when it is known that the caller may read the table.
    """
    if "filters" in refused.error_dict and table and (known := columns.of(table)):
        filters.parse(given, {name: column.type for name, column in known.items()})
