"""The settings of a safe site hold without being written, and what departs from them is named."""

import pytest
from ckan.common import config
from ckan.tests import factories

from ckanext.patrasparticipation.guards import baseline
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import editor, token_of

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_the_baseline_holds_in_a_site_whose_file_says_nothing():
    held = {name: config.get(name) for name in {**baseline.CORE, **baseline.DATASTORE}}
    assert held == {**baseline.CORE, **baseline.DATASTORE}


def test_what_departs_from_the_baseline_is_named():
    weaker = dict(config) | {"ckan.auth.user_create_groups": True, "SESSION_COOKIE_DOMAIN": ""}
    weaker["ckan.plugins"] = ["patrasparticipation", "resource_proxy"]
    found = baseline.departures(weaker)
    assert {"ckan.auth.user_create_groups", "SESSION_COOKIE_DOMAIN", "ckan.plugins resource_proxy"} <= set(
        found
    )
    good = dict(config) | {"SESSION_TYPE": "redis", "ckan.harvest.mq.type": "redis"}
    assert baseline.departures(good) == {}


def test_a_settings_file_gets_secure_cookies_where_the_site_has_tls():
    assert baseline.settings("https://data.example.gr")["SESSION_COOKIE_SECURE"] == "true"
    assert baseline.settings("http://127.0.0.1:55400")["SESSION_COOKIE_SECURE"] == "false"


@pytest.mark.usefixtures("clean_db")
def test_an_editor_founds_no_organisation_and_no_group(app):
    user, _ = editor()
    for action in ("organization_create", "group_create"):
        answer = app.post(
            f"/api/action/{action}", json={"name": "new-one", "title": "x"}, headers=token_of(user)
        )
        assert answer.status_code == 403, action
    orphan = {"name": "orphan", "title": "x"}
    assert app.post("/api/action/package_create", json=orphan, headers=token_of(user)).status_code in (
        403,
        409,
    )


@pytest.mark.usefixtures("clean_db")
def test_strangers_see_no_people(app):
    user = factories.User()
    for call in (
        "user_list",
        f"user_show?id={user['name']}",
        "user_autocomplete?q=te",
        "user_list?email=x@y.gr",
    ):
        answer = app.get(f"/api/action/{call}")
        assert answer.status_code in (403, 404), call
        assert user["id"] not in answer.get_data(as_text=True)
    assert app.get("/user/").status_code == 403
    assert user["id"] not in app.get(f"/user/{user['name']}").get_data(as_text=True)
