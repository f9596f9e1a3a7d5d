"""S10, S15, S16, S29: hostile requests get a 4xx, quickly, and no word of SQL, path or address."""

import json
from time import perf_counter

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

pytestmark = pytest.mark.usefixtures("with_plugins")

LEAKS = ("select ", "psycopg", "sqlalchemy", "traceback", "127.0.0.1", "/site-packages/", "line 1:")
DEEP = "[" * 50_000 + "]" * 50_000


def refused(answer, what):
    body = answer.get_data(as_text=True).lower()
    assert 400 <= answer.status_code < 500, (what, answer.status_code)
    assert not [word for word in LEAKS if word in body], (what, body[:500])


@pytest.fixture
def table(clean_datastore):
    """A small table everybody may read."""
    dataset = samples.dataset()
    resource = samples.act(
        "resource_create", package_id=dataset["id"], name="a", url="https://example.com/a.csv"
    )
    samples.act(
        "datastore_create",
        resource_id=resource["id"],
        fields=[{"id": "street", "type": "text"}, {"id": "number", "type": "int"}],
        records=[{"street": "Μαιζώνος", "number": number} for number in range(5)],
        force=True,
    )
    return resource["id"]


def test_odd_values_are_refused_by_every_reading_action(app, table):
    bodies = [
        {"id": "a\x00b"},
        {"id": ["x"]},
        {"id": {"a": 1}},
        {"id": 7},
        {"id": True},
        {"resource_id": [table]},
        {"resource_id": 3.5},
        {"resource_id": table, "limit": [1]},
        {"resource_id": table, "offset": {"a": 1}},
        {"resource_id": table, "limit": True},
        {"q": "\x00"},
        {"q": ["x"]},
        {"id": "\ud800"},
        {"rows": [1]},
    ]
    actions = [
        "package_show",
        "resource_show",
        "organization_show",
        "group_show",
        "datastore_search",
        "datastore_info",
        "package_search",
        "resource_view_list",
        "member_list",
        "harvest_source_show",
        "tag_show",
        "vocabulary_show",
    ]
    for action in actions:
        for body in bodies:
            refused(app.post(f"/api/action/{action}", json=body), (action, body))


def test_json_that_is_no_json_or_far_too_deep_is_refused(app):
    for body in (
        DEEP,
        '{"id": ' + DEEP + "}",
        '{"a": NaN}',
        '{"a": Infinity}',
        "[1]",
        "7",
        '"x"',
        "{",
        "\x00",
    ):
        answer = app.post("/api/action/package_show", data=body, content_type="application/json")
        refused(answer, body[:20])
        refused(app.post("/api/action/package_show", data={body: "1"}), body[:20])
    nested = {"a": [[[[[[[[[[[[1]]]]]]]]]]]]}
    refused(app.post("/api/action/package_search", json=nested), "depth 12")


def test_characters_that_cannot_be_stored_are_refused_on_pages(app):
    for route in ("/dataset/a%00b", "/dataset/?q=%00", "/organization/%00", "/user/login?next=%00", "/%00"):
        refused(app.get(route), route)
    refused(app.post("/user/login", data={"login": "a\x00", "password": "x"}), "login")
    refused(app.post("/user/reset", data={"user": "a\x00"}), "reset")


def test_numbers_of_a_page_are_numbers(app):
    for route in (
        "/dataset/?page=x",
        "/dataset/?page=1e9",
        "/user/?limit=x",
        "/dataset/?page=%CE%B1",
        "/organization/?page=9" * 9,
    ):
        refused(app.get(route), route)


def test_a_search_that_asks_for_too_much_is_refused_quickly(app):
    calls = [
        {"start": 10_001},
        {"start": 10**9},
        {"start": -1},
        {"start": "99999999999999999999"},
        {"facet.limit": -1},
        {"facet.limit": 201},
        {"q": "x" * 513},
        {"fq": "x" * 5_000},
        {"facet.field": '["text"]'},
        {"facet.field": '["notes"]'},
        {"facet.field": "*"},
        {"fl": "validated_data_dict"},
        {"fl": "id,data_dict"},
        {"fl": "*"},
        {"facet.field": '["config","x;y"]'},
    ]
    for call in calls:
        started = perf_counter()
        answer = app.get("/api/action/package_search", params=call)
        assert answer.status_code == 400, call
        assert perf_counter() - started < 1, call
    assert app.get("/dataset/", params={"page": 501}).status_code == 400
    assert app.get("/dataset/", params={"q": "x" * 513}).status_code == 400


def test_a_search_within_the_limits_is_answered(app):
    calls = [
        {"start": 10_000},
        {"facet.limit": 200, "facet.field": '["tags","organization","res_format"]'},
        {"q": "Πάτρα"},
        {"fl": "id,name,title"},
        {"fq": "tags:x", "sort": "title_string asc"},
        {"facet.field": '["vocab_theme"]'},
    ]
    for call in calls:
        answer = app.get("/api/action/package_search", params=call)
        assert answer.status_code == 200, (call, answer.get_data(as_text=True))


def test_a_table_is_not_searched_without_measure(app, table):
    deep = {"street": "x"}
    for _ in range(400):
        deep = {"street": deep}
    calls = [
        {"filters": {"number": list(range(200_000))}},
        {"filters": {"number": list(range(1_001))}},
        {"filters": deep},
        {"filters": json.dumps({"number": list(range(1_002))})},
        {"offset": 10**12},
        {"offset": 1_000_001},
        {"q": "x" * 600},
        {"filters": {"number": {"in": list(range(2_000))}}},
    ]
    for call in calls:
        started = perf_counter()
        answer = app.post("/api/action/datastore_search", json={"resource_id": table} | call)
        refused(answer, str(call)[:60])
        assert perf_counter() - started < 2, str(call)[:60]
    for call in (
        {"filters": {"number": list(range(1_000))}},
        {"q": {"street": "Μαιζώνος"}},
        {"sort": ["number"]},
    ):
        assert (
            app.post("/api/action/datastore_search", json={"resource_id": table} | call).status_code == 200
        ), call


def test_an_error_of_the_database_keeps_its_words(app, table):
    calls = [
        {"filters": {"number": "x"}},
        {"q": "a & | b", "plain": False},
        {"sort": "nosuch"},
        {"fields": "nosuch"},
        {"filters": {"number": {"gt": "ten"}}},
        {"language": "klingon", "q": "x"},
    ]
    for call in calls:
        answer = app.post("/api/action/datastore_search", json={"resource_id": table} | call)
        if answer.status_code != 200:
            refused(answer, call)
            assert "info" not in answer.json["error"], call


def test_a_dump_with_odd_parameters_is_refused(app, table):
    odd = [
        "limit=x",
        "offset=x",
        "format=exe",
        "filters=[1]",
        "filters={",
        "fields=nosuch",
        "sort=nosuch",
        "q={",
        "bom=maybe",
        "offset=-1",
        "limit=-1",
        "distinct=x",
        "language=klingon",
        "filters=7",
        "filters=%00",
    ]
    for query in odd:
        answer = app.get(f"/datastore/dump/{table}?{query}")
        assert answer.status_code < 500, query
    for id_ in ("%00", "x" * 300, "[]"):
        refused(app.get(f"/datastore/dump/{id_}"), id_)


def test_a_strangers_body_is_small_and_a_members_need_not_be(app):
    refused(app.post("/api/action/package_search", json={"q": "x" * 300_000}), "300 kB")
    refused(app.post("/user/login", data={"login": "x" * 300_000}), "login")
    assert app.post("/api/action/package_search", json={"q": "x" * 300_000}).status_code == 413


@pytest.mark.usefixtures("clean_db")
def test_an_editor_may_send_a_large_table(app, clean_datastore):
    headers = token_of(factories.Sysadmin())
    resource = samples.act(
        "resource_create", package_id=samples.dataset()["id"], url="https://example.com/a.csv"
    )
    rows = [{"street": "Μαιζώνος", "number": number} for number in range(8_000)]
    call = {
        "resource_id": resource["id"],
        "records": rows,
        "force": True,
        "fields": [{"id": "street"}, {"id": "number"}],
    }
    assert app.post("/api/action/datastore_create", json=call, headers=headers).status_code == 200


def test_a_callback_is_a_name(app):
    for name in ("alert(1)//", "a;b", "<script>", "a" * 65, "1a", "a b", "", "ω", "a\u2028"):
        answer = app.get("/api/action/package_search", params={"callback": name})
        assert answer.status_code == 400, name
        assert "javascript" not in answer.headers["Content-Type"]
    good = app.get("/api/action/package_search", params={"callback": "jQuery12_34.done"})
    assert good.get_data(as_text=True).startswith("jQuery12_34.done(")


def test_another_host_name_is_refused(app):
    for host in ("evil.example", "test.ckan.net.evil.example", "evil.example:80"):
        for route in ("/", "/api/action/status_show", "/user/reset"):
            assert app.test_client().get(route, headers={"Host": host}).status_code == 400, (host, route)
    assert app.test_client().get("/about", headers={"Host": "test.ckan.net"}).status_code == 200


def test_what_a_stranger_learns_of_the_site(app):
    told = app.get("/api/action/status_show").json["result"]
    assert not told.get("ckan_version")
    assert tk.config["ckan.hide_version"] is True
