"""SQL search: off by default, and where it is on, without the functions that leak or exhaust.

Answers CVE-2026-42031 (GHSA-h7j7-3rx6-xvcg): ``ts_rewrite`` runs the SQL in its argument past every check,
and CKAN 2.12.0 still allows it. May go when CKAN's own list lacks the names of ``DENIED``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckan.common import config_declaration
from ckan.exceptions import CkanConfigurationException

ENABLED = "ckan.datastore.sqlsearch.enabled"
FUNCTIONS = "ckan.datastore.sqlsearch.allowed_functions_file"
OURS = Path(__file__).with_name("sql_functions.txt")

NAMES = """
    ts_rewrite query_to_xml table_to_xml cursor_to_xml database_to_xml schema_to_xml dblink
    pg_read_file pg_read_binary_file pg_ls_dir lo_import lo_export pg_sleep set_config
    repeat lpad rpad format array_fill generate_series xpath xpath_exists xmlagg xmlconcat
    string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
"""
DENIED = frozenset(NAMES.split())
"""Functions that run SQL, touch the server, wait, or make any amount of memory out of a short request."""


def use_our_list(config: Any) -> None:
    """Let the DataStore read our list of functions, unless the site's settings name another."""
    option = config_declaration.get(FUNCTIONS)
    if option is not None and config.get(FUNCTIONS) == option.default:
        config[FUNCTIONS] = str(OURS)


def check(config: Any) -> None:
    """Refuse to start when SQL search is on and a denied function is on its list.

    Raises:
        CkanConfigurationException: naming the setting, the file and the functions.
    """
    if not config.get(ENABLED):
        return
    path = config[FUNCTIONS]
    names = {line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines()}
    if found := sorted(DENIED & names):
        raise CkanConfigurationException(
            f"{ENABLED} is on, and {path} ({FUNCTIONS}) allows {', '.join(found)}. Expected: none of them; "
            f"see {OURS}."
        )
