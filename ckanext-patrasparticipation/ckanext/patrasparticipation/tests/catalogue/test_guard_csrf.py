"""CVE-2026-41255: an anonymous look at a page does not open its form to requests without a token."""

import pytest
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import PASSWORD, Browser, token_of

pytestmark = [
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
    pytest.mark.ckan_config("WTF_CSRF_ENABLED", True),
]
NEW = "/group/new"
FORM = {"name": "omada-test", "title": "Ομάδα"}


@pytest.fixture
def sysadmin():
    return factories.Sysadmin(password=PASSWORD)


def test_three_requests_refused_looked_at_refused_again(app, sysadmin):
    """The account may create groups, so a refusal is the token's and nobody else's."""
    attacker = Browser(app).log_in(sysadmin)
    assert attacker.post(NEW, FORM).status_code == 400
    assert Browser(app).get(NEW).status_code in (302, 403)
    assert attacker.post(NEW, FORM).status_code == 400
    assert attacker.post(NEW, FORM, attacker.token(NEW)).status_code == 302


def test_a_form_sent_to_the_api_with_only_a_cookie_is_refused(app, sysadmin):
    dataset = samples.dataset()
    attacker = Browser(app).log_in(sysadmin)
    Browser(app).post("/api/action/package_search", {"q": "x"})
    forged = attacker.post(
        "/api/action/package_patch",
        {"id": dataset["id"], "version": "7"},
        headers={"Origin": "https://evil.example"},
    )
    assert forged.status_code == 400
    shown = Browser(app).get(f"/api/action/package_show?id={dataset['id']}").json["result"]
    assert shown.get("version") != "7"


def test_the_api_works_without_a_token_for_anonymous_and_for_token_holders(app, sysadmin):
    assert Browser(app).post("/api/action/package_search", {"q": "x"}).status_code == 200
    made = app.post("/api/action/group_create", json=FORM, headers=token_of(sysadmin))
    assert made.status_code == 200


def test_an_exemption_by_token_does_not_outlive_its_request(app, sysadmin):
    attacker = Browser(app).log_in(sysadmin)
    app.post("/api/action/group_create", json=FORM, headers=token_of(sysadmin))
    forged = attacker.post("/api/action/group_create", FORM | {"name": "omada-alli"})
    assert forged.status_code == 400


def test_nobody_is_logged_in_by_another_site(app, sysadmin):
    fields = {"login": sysadmin["name"], "password": PASSWORD}
    visitor = Browser(app)
    visitor.get("/user/login")
    assert visitor.post("/user/login", fields).status_code == 400
    assert visitor.post("/user/login", fields, visitor.token()).status_code == 302
