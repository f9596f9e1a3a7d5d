"""The plugin boots with the whole list, on real services, and registers what its packages export."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.lib.search import query_for
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from sqlalchemy import text

from ckanext.patrasparticipation import cli, helpers
from ckanext.patrasparticipation.logic import action, validators
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_ours_is_loaded_first():
    assert tk.config["ckan.plugins"][0] == "patrasparticipation"
    assert all(plugin_loaded(name) for name in tk.config["ckan.plugins"])


def test_what_the_packages_export_is_registered():
    assert all(callable(tk.get_action(name)) for name in action.__all__)
    assert all(name in tk.h for name in helpers.__all__)
    assert all(callable(tk.get_validator(name)) for name in validators.every())


def test_every_exported_command_is_a_command():
    assert all(hasattr(getattr(cli, name), "main") for name in cli.__all__)


def test_text_is_ordered_in_greek_by_the_main_database():
    words = ["Ωμέγα", "ώρα", "Άλφα", "αβγό", "Ζήτα"]
    rows = model.Session.execute(text("select w from unnest(:words) as w order by w"), {"words": words})
    assert [row[0] for row in rows] == ["αβγό", "Άλφα", "Ζήτα", "Ωμέγα", "ώρα"]


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_a_dataset_goes_through_database_and_index():
    made = samples.dataset()
    found = query_for("package").run({"q": f'id:"{made["id"]}"'})
    assert found["count"] == 1


@pytest.mark.usefixtures("clean_datastore")
def test_the_datastore_searches_greek_by_stem():
    rows = [{"street": "Μαιζώνος Πάτρα"}, {"street": "Γούναρη ΠΑΤΡΑΣ"}, {"street": "Ρήγα Φεραίου"}]
    resource = factories.Resource(package_id=samples.dataset()["id"])
    call = {"user": factories.Sysadmin()["name"]}
    tk.get_action("datastore_create")(
        call, {"resource_id": resource["id"], "records": rows, "fields": [{"id": "street"}], "force": True}
    )
    found = tk.get_action("datastore_search")(call, {"resource_id": resource["id"], "q": "πατρα"})
    assert found["total"] == 2
