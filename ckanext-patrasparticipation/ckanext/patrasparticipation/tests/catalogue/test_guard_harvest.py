"""S04, S06: an editor, who may create datasets, makes no harvest source, and no secret of one is told."""

import json
from datetime import datetime, timezone

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

from ckanext.patrasparticipation.guards import dcat
from ckanext.patrasparticipation.tests import faulty_server
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import editor, token_of

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

KEY = "sk-very-secret-1234567890"
CONFIG = json.dumps({"api_key": KEY, "rdf_format": "text/turtle"})


@pytest.fixture
def admin():
    return token_of(factories.Sysadmin())


def fields(**more):
    return {
        "name": "a-source",
        "title": "A source",
        "url": "https://catalogue.example.org/catalog.ttl",
        "source_type": "dcat_rdf",
        "frequency": "WEEKLY",
        "config": CONFIG,
        "owner_org": samples.publisher()["id"],
        **more,
    }


def create(app, headers, **more):
    return app.post("/api/action/harvest_source_create", json=fields(**more), headers=headers)


def test_an_editor_creates_no_source_by_any_door(app, admin):
    user, organization = editor()
    own, headers = organization["id"], token_of(user)
    assert create(app, headers, owner_org=own).status_code == 403
    disguised = fields(owner_org=own, type="harvest")
    assert app.post("/api/action/package_create", json=disguised, headers=headers).status_code == 403
    made = create(app, admin, owner_org=own).json["result"]["id"]
    for action, data in {
        "harvest_source_update": fields(id=made, owner_org=own, title="mine"),
        "package_update": fields(id=made, owner_org=own, title="mine"),
        "package_patch": {"id": made, "title": "mine"},
        "harvest_source_patch": {"id": made, "url": "https://evil.example/"},
        "harvest_job_create": {"source_id": made},
        "harvest_source_clear": {"id": made},
        "harvest_source_delete": {"id": made},
        "package_delete": {"id": made},
        "resource_create": {"package_id": made, "url": "https://evil.example/"},
    }.items():
        answer = app.post(f"/api/action/{action}", json=data, headers=headers)
        assert answer.status_code == 403, (action, answer.get_data(as_text=True)[:300])
    assert model.Package.get(made).title == "A source"
    sound = samples.fields(name="a-dataset", owner_org=own)
    assert app.post("/api/action/package_create", json=sound, headers=headers).status_code == 200


def test_an_administrator_gives_no_address_of_our_own_network_or_disk(app, admin):
    with faulty_server.running() as canary:
        for address in (
            "/etc/passwd",
            "file:///etc/passwd",
            "http://localhost/",
            "https://localhost/",
            "https://127.0.0.1/",
            canary.url(),
            "https://169.254.169.254/latest/",
            "https://10.0.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "https://2130706433/",
            "https://user:pw@example.org/",
            "http://example.org/",
            "ftp://example.org/",
            "javascript:alert(1)",
            "https://",
            "",
        ):
            answer = create(app, admin, url=address)
            assert answer.status_code == 409, address
            assert "url" in answer.json["error"], address
        assert not canary.hits
    assert model.Session.query(HarvestSource).count() == 0


@pytest.mark.ckan_config("ckanext.patrasparticipation.allow_private", "127.0.0.1")
def test_what_the_settings_allow_is_allowed(app, admin):
    assert create(app, admin, url="http://127.0.0.1:8123/catalog.ttl").status_code == 200


def test_a_secret_of_a_source_is_told_to_administrators_only(app, admin):
    user, organization = editor()
    made = create(app, admin, owner_org=organization["id"]).json["result"]["id"]
    reads = [
        f"harvest_source_show?id={made}",
        "harvest_source_list",
        f"package_show?id={made}",
        "package_search?fq=dataset_type:harvest",
        'package_search?fq=dataset_type:harvest&facet.field=["config"]',
        "package_search?fq=dataset_type:harvest&fl=id,extras_config",
        "current_package_list_with_resources",
        "package_search?fq=dataset_type:harvest&fl=validated_data_dict",
        f"organization_show?id={organization['id']}&include_datasets=true",
        'package_search?fq=dataset_type:harvest&facet.field=["api_key"]',
        f"harvest_source_show_status?id={made}",
    ]
    for call in reads:
        for headers in ({}, token_of(user)):
            assert KEY not in app.get(f"/api/action/{call}", headers=headers).get_data(as_text=True), call
    for page in (
        "/harvest",
        "/harvest/a-source",
        "/harvest/about/a-source",
        f"/dataset/{made}",
        f"/dataset/{made}.ttl",
    ):
        assert KEY not in app.get(page).get_data(as_text=True), page
    found = app.get(f"/api/action/package_search?q=config:*{KEY[:9]}*&fq=dataset_type:harvest").json[
        "result"
    ]["count"]
    assert found == 0
    assert app.get("/api/action/package_search?fq=dataset_type:harvest").json["result"]["count"] == 1
    shown = app.get(f"/api/action/harvest_source_show?id={made}", headers=admin).json["result"]
    assert KEY in shown["config"]


def test_a_source_keeps_its_settings_when_it_is_indexed_again(app, admin):
    made = create(app, admin).json["result"]["id"]
    for _ in range(2):
        samples.act("harvest_source_reindex", id=made)
        shown = app.get(f"/api/action/harvest_source_show?id={made}", headers=admin).json["result"]
        assert (shown["source_type"], shown["frequency"]) == ("dcat_rdf", "WEEKLY")
        assert KEY in shown["config"]


def harvested(app, admin, content, **dataset):
    """An object that a source sent, and the dataset made of it."""
    source = HarvestSource.get(create(app, admin).json["result"]["id"])
    job = HarvestJob(source=source, created=datetime.now(timezone.utc))
    job.save()
    package = samples.dataset(**dataset) if dataset else None
    made = HarvestObject(
        guid="g", content=content, job=job, source=source, package_id=package and package["id"], current=True
    )
    made.save()
    return made.id


def test_an_object_of_a_private_dataset_is_not_shown(app, admin):
    kept = harvested(app, admin, "<p>secret</p>", name="hidden", private=True)
    user, _ = editor()
    for headers in ({}, token_of(user)):
        answer = app.get(f"/api/action/harvest_object_show?id={kept}", headers=headers)
        assert answer.status_code in (403, 404)
        assert "secret" not in answer.get_data(as_text=True)
        assert "secret" not in app.get(f"/harvest/object/{kept}", headers=headers).get_data(as_text=True)
    assert app.get(f"/api/action/harvest_object_show?id={kept}", headers=admin).status_code == 200
    assert app.get("/api/action/harvest_object_list", headers=token_of(user)).status_code in (400, 403)


def test_an_object_is_answered_as_text_to_save(app, admin):
    made = harvested(app, admin, "<html><script>alert(1)</script></html>", name="open-one")
    answer = app.get(f"/harvest/object/{made}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_object_without_a_dataset_is_for_administrators(app, admin):
    made = harvested(app, admin, "<p>raw</p>")
    assert app.get(f"/api/action/harvest_object_show?id={made}").status_code in (403, 404)


def test_a_catalogue_is_fetched_through_the_guarded_opener(ckan_config):
    with faulty_server.running() as source:
        session = dcat.GuardedSession()
        assert session.head(source.url()).status_code == 405
        with pytest.raises(dcat.requests.ConnectionError):
            session.get(source.url(), stream=True)
        assert not source.hits
        ckan_config["ckanext.patrasparticipation.allow_private"] = "127.0.0.1"
        answer = session.get(source.url(), stream=True)
        assert answer.ok
        assert b"".join(answer.iter_content(512)).startswith(b"[{")
        with pytest.raises(dcat.requests.ConnectionError):
            session.get(source.url("redirect?to=http://127.0.0.2/"), stream=True)


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        '{"@context": "https://evil.example/c.jsonld"}',
        '{"@graph": [{"@context": [{"a": "b"}, "http://evil.example/"]}]}',
        '[{"@context": {"@import": "http://evil.example/"}}]',
    ],
)
def test_a_catalogue_that_would_swell_or_fetch_is_refused_unread(content):
    given, errors = dcat.after_download(content)
    assert given is None
    assert errors


def test_a_sound_catalogue_is_read():
    for content in ("<a> <b> <c> .", '{"@context": {"dct": "http://purl.org/dc/terms/"}}', "<rdf:RDF/>"):
        assert dcat.after_download(content) == (content, [])


def test_the_harvester_takes_our_session():
    from ckan.plugins import PluginImplementations
    from ckanext.dcat.interfaces import IDCATRDFHarvester

    sessions = [plugin.update_session(None) for plugin in PluginImplementations(IDCATRDFHarvester)]
    assert any(isinstance(session, dcat.GuardedSession) for session in sessions)
    assert "resource_proxy" not in tk.config["ckan.plugins"]
