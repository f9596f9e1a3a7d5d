"""CVE-2026-42031: SQL search is off, and cannot be switched on with a function that leaks or exhausts."""

from pathlib import Path

import pytest
from ckan.common import config
from ckan.exceptions import CkanConfigurationException
from ckan.plugins import toolkit as tk
from ckanext.datastore import plugin as datastore

from ckanext.patrasparticipation.guards import sql

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_sql_search_is_off_and_our_list_is_the_one_in_use(app):
    with pytest.raises(KeyError):
        tk.get_action("datastore_search_sql")
    assert config[sql.FUNCTIONS] == str(sql.OURS)
    assert app.get("/api/action/datastore_search_sql?sql=select 1").status_code == 400


def test_our_list_has_none_of_the_denied_functions_and_is_part_of_ckans():
    ours = set(sql.OURS.read_text().split())
    ckans = set(Path(datastore.sql_functions_allowlist_file()).read_text().split())
    assert "ts_rewrite" in ckans, "CKAN has closed this: the guard may go"
    assert not ours & sql.DENIED
    assert ours < ckans
    assert {"count", "sum", "avg", "date_trunc", "lower"} <= ours


@pytest.mark.parametrize("name", ["ts_rewrite", "repeat", "generate_series"])
def test_the_site_does_not_start_with_a_denied_function(tmp_path, name):
    own = tmp_path / "functions.txt"
    own.write_text(f"count\n{name}\n")
    with pytest.raises(CkanConfigurationException, match=name):
        sql.check({sql.ENABLED: True, sql.FUNCTIONS: str(own)})
    with pytest.raises(CkanConfigurationException, match="ts_rewrite"):
        sql.check({sql.ENABLED: True, sql.FUNCTIONS: datastore.sql_functions_allowlist_file()})
    sql.check({sql.ENABLED: True, sql.FUNCTIONS: str(sql.OURS)})
    sql.check({sql.ENABLED: False, sql.FUNCTIONS: str(own)})
