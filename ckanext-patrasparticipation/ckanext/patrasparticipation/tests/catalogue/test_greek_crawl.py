"""A Greek reader meets no English: the pages of the catalogue, as a visitor and as its administrator."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.tests.browser import world
from ckanext.patrasparticipation.tests.catalogue.feeds_ground import row
from ckanext.patrasparticipation.tests.catalogue.greek_pages import english_runs

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_datastore")]

LISTED = (Path(__file__).parent / "greek_crawl.txt").read_text(encoding="utf-8").partition("----\n")
ANYONE, ADMINISTRATORS = ([line for line in part.split() if line[0] == "/"] for part in LISTED[::2])


@pytest.fixture
def places(app):
    """A small Greek catalogue; built in a context of its own, which would lend its language to the pages."""
    with app.flask_app.test_request_context("/el/"):
        return built()


def built():
    """Publisher, dataset with a table, member, source with a finished job: their addresses."""
    admin = factories.SysadminWithToken(fullname="Μαρία Διαχειρίστρια", about="Δοκιμαστικός λογαριασμός")
    member = factories.User(fullname="Νίκος Συντάκτης", about="Δοκιμαστικός λογαριασμός")
    publisher = factories.Organization(
        name="dimos",
        title_translated={"el": "Δήμος Δοκιμών", "en": ""},
        description="Ένας δήμος",
        users=[{"name": member["name"], "capacity": "editor"}],
    )
    context = {"user": admin["name"]}
    dataset = helpers.call_action("package_create", dict(context), **greek_dataset(publisher["id"]))
    resource = helpers.call_action(
        "datastore_create",
        dict(context),
        resource={"package_id": dataset["id"], "name": "Κάδοι", "format": "CSV"},
        fields=[{"id": "kados", "type": "text", "info": {"label": "Κάδος"}}],
        records=[{"kados": "πράσινος"}],
    )
    helpers.call_action("package_patch", dict(context), id=dataset["id"], version="2")
    source = helpers.call_action(
        "harvest_source_create",
        dict(context),
        name="pigi",
        title="Πηγή",
        url="https://example.gr/catalog.ttl",
        source_type="dcat_rdf",
        owner_org=publisher["id"],
    )
    return {
        "token": admin["token"],
        "dataset": dataset["name"],
        "resource": resource["resource_id"],
        "organization": publisher["name"],
        "user": admin["name"],
        "harvest": source["name"],
        "job": finished_job(source["id"]),
        "activity": tk.get_action("package_activity_list")(dict(context), {"id": dataset["id"]})[0]["id"],
    }


def greek_dataset(publisher):
    """A dataset that fills in whatever its form requires."""
    return {
        "name": "kadoi",
        "title_translated": {"el": "Κάδοι απορριμμάτων", "en": ""},
        "notes_translated": {"el": "Οι κάδοι της πόλης, **όλοι**.", "en": ""},
        "owner_org": publisher,
        "tags": [{"name": "κάδοι"}, {"name": "καθαριότητα"}, {"name": "πόλη"}],
    } | REQUIRED


REQUIRED = {
    "theme": ["ENVI"],
    "license_id": "CC_BY_4_0",
    "frequency": "DAILY",
    "access_rights": "PUBLIC",
    "contact_name_translated": {"el": "Γραφείο δοκιμών", "en": ""},
    "contact_email": "dokimi@example.gr",
}


def finished_job(source_id):
    from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestSource

    job = HarvestJob(source=model.Session.get(HarvestSource, source_id), status="Finished")
    model.Session.add(job)
    model.Session.flush()
    model.Session.add(HarvestGatherError(message="Η πηγή δεν απάντησε", job=job))
    model.Session.commit()
    return job.id


def english_pages(app, paths, places, **sent):
    """The pages with English on them, and that English."""
    found = {}
    for path in paths:
        answer = app.get("/el" + path.format(**places), status=None, **sent)
        assert answer.status_code < 500, path
        assert "text/html" in answer.content_type, path
        found[path] = sorted(set(english_runs(answer.body)))
    return {path: words for path, words in found.items() if words}


def test_a_visitor_meets_no_english(app, places):
    assert english_pages(app, ANYONE, places) == {}


def test_an_administrator_meets_no_english(app, places):
    sent = {"headers": {"Authorization": places["token"]}}
    assert english_pages(app, ANYONE + ADMINISTRATORS, places, **sent) == {}


def test_a_refusal_is_greek(app, places):
    for path in ("/dataset/new", "/organization/new", "/harvest/new", "/ckan-admin", "/dashboard"):
        answer = app.get("/el" + path, status=None)
        assert english_runs(answer.body) == [], path


FORMS = ["/dataset/new", "/organization/new", "/harvest/new", "/group/new", "/citizen_group/new"]
FORMS += ["/initiative/new", "/consultation/new", "/works_project/new", "/indicator/new"]


@pytest.mark.parametrize("path", FORMS)
def test_the_errors_of_a_form_are_greek(app, places, path):
    answer = app.post(
        "/el" + path,
        data={"name": "ΛΑΘΟΣ όνομα", "url": "λάθος", "save": ""},
        headers={"Authorization": places["token"]},
        status=None,
    )
    assert answer.status_code == 200
    assert "error" in answer.body
    assert english_runs(answer.body) == []


def test_a_failed_login_is_greek(app, places):
    answer = app.post("/el/user/login", data={"login": "nobody", "password": "wrong-password"}, status=None)
    assert "Η σύνδεση απέτυχε" in answer.body
    assert english_runs(answer.body) == []


def test_the_crawl_would_see_english():
    """Words, tooltips, labels and buttons are read; data and code are not."""
    assert english_runs("<p>Εδώ λέει <b>please log in</b></p>") == ["please log in"]
    assert english_runs('<a title="There already is a job">α</a>') == ["There already is a job"]
    assert english_runs('<button aria-label="Open the menu now">α</button>') == ["Open the menu now"]
    assert english_runs('<input type="submit" value="Save this form">') == ["Save this form"]
    assert english_runs("<pre>select one two three</pre><p data-content>one two three</p>") == []
    assert english_runs('<html lang="el"><p lang="en">one two three</p></html>') == []


def test_scripts_speak_greek(app, tmp_path, ckan_config, monkeypatch):
    """CKAN's own messages for scripts, mended by us, and the extensions', reach the browser in Greek."""
    from ckan.lib import i18n

    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    i18n.build_js_translations()
    messages = json.loads(app.get("/api/i18n/el").body)
    assert messages["No matches found"][1] == "Δεν βρέθηκε τίποτα"
    assert messages["Apply"][1] == "Εφαρμογή"
    assert messages["Copy to clipboard" if "Copy to clipboard" in messages else "Cancel"][1]


FEED = """/ /dataset/
/dataset/test-lights /dataset/activity/test-lights /dataset/test-lights/resource/{resource}
/participation/feed/test-lights /participation/feed/test-lights/restore/1 /dataset/edit/test-lights"""


def test_the_pages_of_a_feed_are_greek(app, ground):
    """Fresh, with refused rows; then held, when the page must say why."""
    ground.write([*(row(number) for number in range(30)), "L9,Ερμού,21.7,38.2,led,πολλά"])
    assert ground.harvest().outcome == "published"
    token = factories.SysadminWithToken(fullname="Μαρία Διαχειρίστρια")["token"]
    places = {"resource": helpers.call_action("package_show", id="test-lights")["resources"][0]["id"]}
    for outcome in ("published", "held"):
        for sent in ({}, {"headers": {"Authorization": token}}):
            assert english_pages(app, FEED.split(), places, **sent) == {}, outcome
        ground.write([])
        ground.harvest()


def test_the_pages_of_participation_are_greek(app):
    """The home, the lists, and a page of every type and stage, for a visitor and for an administrator."""
    token = factories.SysadminWithToken(name="diacheiristis", fullname="Μαρία Διαχειρίστρια")["token"]

    def act(action, **data):
        return helpers.call_action(action, {"user": "diacheiristis", "ignore_auth": True}, **data)

    def send(file, **told):
        upload = FileStorage(BytesIO(file), "times.csv")
        return act("participation_table_upload", upload=upload, **told)["resource_id"]

    with app.flask_app.test_request_context("/el/"):
        made = world.build(act, send)
    lists = [
        "/participation",
        "/dataset/",
        *(f"/{name}/" for name in {each["type"] for each in made.values()}),
    ]
    pages = [f"/{each['type']}/{name}" for name, each in made.items()]
    for sent in ({}, {"headers": {"Authorization": token}}):
        assert english_pages(app, [*lists, *pages], {}, **sent) == {}


def test_the_page_of_a_broken_request_is_greek(app):
    """CKAN hands the page of an unforeseen error a list, `[500]`, where it hands others a number."""
    reader = {"CKAN_LANG": "el", "CKAN_LANG_IS_DEFAULT": False, "CKAN_CURRENT_URL": "/"}
    with app.flask_app.test_request_context("/", environ_overrides=reader):
        app.flask_app.preprocess_request()
        page = tk.render("error_document_template.html", {"code": [500], "content": "Internal server error"})
    assert "Σφάλμα 500" in page
    assert english_runs(page) == []
