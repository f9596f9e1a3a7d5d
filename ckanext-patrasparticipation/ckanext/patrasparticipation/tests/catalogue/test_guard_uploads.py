"""S07: an editor, who may upload, cannot make the site serve a page of theirs."""

import io

import pytest
from ckan import model
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import editor, token_of

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

PAGE = b"<html><script>document.title='owned'</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def site(app):
    """An editor's own dataset, and a way to upload to it as them."""
    user, organization = editor()
    dataset = samples.dataset(owner_org=organization["id"])
    headers = token_of(user)

    def upload(name, content, **fields):
        kept = {"package_id": dataset["id"], "keep_as_file": "true"}  # as it is, not as a table
        data = {**kept, "upload": (io.BytesIO(content), name), **fields}
        return app.post("/api/action/resource_create", data=data, headers=headers)

    return upload


def test_a_page_is_refused_under_every_name(site):
    names = "evil.html evil.htm evil.HTML a.pdf.html evil.htm;.csv evil.csv evil.json evil.pdf evil.png"
    for name in [
        *names.split(),
        "evil",
        "evil.",
        ".html",
        "evil.csv.svg",
        "evil.xhtml",
        "evil.js",
        "evil.exe",
    ]:
        answer = site(name, PAGE)
        assert answer.status_code == 409, name
        assert answer.json["error"]["upload"], name
    assert site("evil.svg", SVG).status_code == 409
    assert site("evil.xml", SVG).status_code == 409
    assert model.Session.query(model.Resource).filter_by(state="active").count() == 0


def test_a_refusal_names_the_kind_and_what_is_accepted(site):
    message = site("evil.html", PAGE).json["error"]["upload"][0]
    assert ".html" in message
    assert "geojson" in message


def test_what_is_uploaded_comes_back_as_something_to_save(app, site):
    made = site("a.geojson", b'{"type":"FeatureCollection","features":[]}', mimetype="text/html").json[
        "result"
    ]
    answer = app.get(made["url"])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (
        app.get(made["url"], headers={"Range": "bytes=0-3"})
        .headers["Content-Disposition"]
        .startswith("attachment")
    )
    renamed = app.get(made["url"].replace("a.geojson", "evil.html"))
    assert renamed.headers["Content-Type"] == "application/octet-stream"


def test_a_file_stored_before_the_guard_is_answered_as_harmlessly(app, site):
    made = site("a.csv", b"a,b\n1,2\n").json["result"]
    resource = model.Resource.get(made["id"])
    resource.mimetype = "text/html"
    model.repo.commit()
    answer = app.get(made["url"])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_greek_file_keeps_its_name_for_people(app, site):
    made = site("Κάδοι 2024.csv", "οδός\nΜαιζώνος\n".encode()).json["result"]
    assert made["url"].endswith("/kadoi-2024.csv")
    answer = app.get(made["url"])
    assert (
        "filename*=UTF-8''%CE%9A%CE%AC%CE%B4%CE%BF%CE%B9%202024.csv" in answer.headers["Content-Disposition"]
    )
    assert answer.get_data(as_text=True) == "οδός\nΜαιζώνος\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "οδός;αριθμός\nΜαιζώνος;7\n".encode("cp1253") * 20),
        ("b.csv", b"name,note\nx,<script>alert(1)</script>\n"),
        ("c.png", PNG),
    ],
)
def test_sound_files_are_taken(site, name, content):
    assert site(name, content).status_code == 200


def test_a_file_without_a_name_is_refused_and_an_empty_field_is_not_a_file(app, site):
    assert site("", b"a,b\n").status_code in (400, 409)


def test_a_picture_of_a_group_must_be_a_picture_and_is_not_a_page(app):
    headers = token_of(factories.Sysadmin())

    def group(name, content, filename):
        data = {"name": name, "image_upload": (io.BytesIO(content), filename)}
        return app.post("/api/action/group_create", data=data, headers=headers)

    assert group("one", PAGE, "evil.png").status_code == 409
    assert group("two", SVG, "evil.svg").status_code == 409
    assert group("three", PAGE, "evil.html").status_code == 409
    made = group("four", PNG, "good.png").json["result"]
    answer = app.get("/uploads/group/" + made["image_url"].rsplit("/", 1)[-1])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_names_do_not_leave_the_storage(app, site):
    for name in ("../../etc/cron.d/x.csv", "..\\..\\x.csv", "%2e%2e%2fx.csv", "α" * 300 + ".csv"):
        answer = site(name, b"a,b\n1,2\n")
        assert answer.status_code in (200, 409), name
        if answer.status_code == 200:
            assert app.get(answer.json["result"]["url"]).status_code == 200, name
    for wrong in ("../../x", "..%2f..%2fx", "a/../../b"):
        assert app.get(f"/dataset/x/resource/{wrong}/download").status_code in (400, 404)
