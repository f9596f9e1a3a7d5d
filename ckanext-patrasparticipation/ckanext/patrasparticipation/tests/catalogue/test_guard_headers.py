"""Every answer carries the headers: pages, errors, static files, the API, redirects, downloads."""

import pytest

from ckanext.patrasparticipation.guards import handlers, headers
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins")

ROUTES = [
    "/", "/dataset/", "/organization/", "/group/", "/about", "/user/login", "/user/reset",
    "/feeds/dataset.atom", "/api/3", "/api/action/package_search", "/api/action/no_such_action",
    "/api/action/package_show", "/dataset/no-such", "/no-such-page", "/dataset/new", "/robots.txt",
    "/base/images/ckan-logo.png", "/catalog.ttl", "/user/me", "/%00", "/el/dataset/", "/en/no-such-page",
]  # fmt: skip
EXPECTED = {"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Content-Security-Policy"}


def test_an_answer_carries_the_headers(app):
    client = app.test_client()
    for route in ROUTES:
        answer = client.get(route, follow_redirects=False)
        assert set(answer.headers.keys()) >= EXPECTED, (route, answer.status)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert len(answer.headers.getlist("Content-Security-Policy")) == 1


def test_no_script_inside_a_page_and_none_from_another_host(app):
    policy = app.get("/").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert not [word for word in policy.split() if "//" in word or word == "*"]


def test_the_handlers_of_the_upload_field_are_named_by_their_hash(app):
    found = handlers.hashes(app.flask_app)
    assert len(found) >= 10
    assert all(value.startswith("'sha256-") for value in found)
    scripts = app.get("/about").headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert found <= set(scripts.split())


@pytest.mark.ckan_config("ckan.site_url", "https://data.example.gr")
def test_https_is_remembered_where_the_site_has_it(app):
    assert app.get("/about").headers["Strict-Transport-Security"] == f"max-age={headers.YEAR}"


def test_https_is_not_promised_where_the_site_lacks_it(app):
    assert "Strict-Transport-Security" not in app.get("/about").headers


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_a_view_of_a_resource_may_be_framed_elsewhere_and_nothing_else(app):
    dataset = samples.dataset(resources=[{"name": "a", "url": "https://example.com/a.csv", "format": "CSV"}])
    resource = dataset["resources"][0]["id"]
    view = samples.act("resource_view_create", resource_id=resource, view_type="text_view", title="t")
    page = f"/dataset/{dataset['id']}/resource/{resource}"
    framed = app.get(f"{page}/view/{view['id']}").headers
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert app.get(page).headers["X-Frame-Options"] == "SAMEORIGIN"
