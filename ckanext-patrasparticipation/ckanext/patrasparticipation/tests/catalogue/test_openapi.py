"""The OpenAPI document says what this site has, and who may read it from where."""

from __future__ import annotations

import pytest
import schemathesis
from bs4 import BeautifulSoup
from ckan import logic
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation.logic import action
from ckanext.patrasparticipation.openapi import docstrings

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")
ANY = "Access-Control-Allow-Origin"


def test_the_document(app):
    answer = app.get("/api/openapi.json")
    document = answer.json
    schemathesis.openapi.from_dict(document).validate()  # raises where it is not OpenAPI 3.1
    assert document["openapi"] == "3.1.0"
    paths = document["paths"]
    names = {path.rpartition("/")[2] for path in paths}
    assert set(action.__all__) <= names
    assert {"package_search", "datastore_search", "datastore_info", "resource_show"} <= names
    for name, function in logic._actions.items():
        entry = paths.get(f"/api/3/action/{name}")
        if entry:  # an action stands under the method it answers to
            assert set(entry) == {"get" if getattr(function, "side_effect_free", False) else "post"}, name
    operations = [told for methods in paths.values() for told in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["summary"] and {"200", "404"} <= set(each["responses"]) for each in operations)
    of_us(paths)
    of_ckan(paths)
    doors(paths)
    again = app.get("/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}, status=304)
    assert not again.data


def of_us(paths):
    rejected = paths["/api/3/action/participation_feed_rejected"]["get"]
    parameters = {each["name"]: each for each in rejected["parameters"]}
    assert parameters["id"]["required"]
    assert parameters["limit"]["schema"] == {"default": 100, "type": "integer", "minimum": 0}
    assert not parameters["run"]["required"]
    assert "security" not in rejected
    kinds = paths["/api/3/action/participation_search_suggest"]["get"]["parameters"]
    assert next(each for each in kinds if each["name"] == "kind")["schema"]["enum"] == [
        "organisation", "place", "record",
    ]  # fmt: skip
    harvest = paths["/api/3/action/participation_feed_harvest"]["post"]
    assert harvest["security"] == [{"token": []}]
    body = harvest["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["id"]
    assert body["properties"]["accept_held"]["type"] == "boolean"


def of_ckan(paths):
    search = paths["/api/3/action/datastore_search"]["get"]
    parameters = {each["name"]: each for each in search["parameters"]}
    assert parameters["resource_id"]["required"]
    assert parameters["filters"]["content"]["application/json"]["schema"] == {"type": "object"}
    assert parameters["generation"]["schema"] == {"type": "integer"}  # ours, around CKAN's
    assert "all fields in original order" in parameters["fields"]["description"]
    assert "``generation``" in search["description"]
    assert "Search a DataStore resource" in search["summary"]
    packages = {each["name"] for each in paths["/api/3/action/package_search"]["get"]["parameters"]}
    assert {"q", "fq", "rows", "facet.field"} <= packages


def doors(paths):
    assert {"/feed/{source}/current.{kind}", "/datastore/dump/{resource_id}"} <= set(paths)
    search = paths["/dataset/search.{kind}"]["get"]["parameters"]
    assert search[0]["schema"]["enum"] == ["csv", "json", "atom"]


def test_the_page_without_a_script(app):
    for start, words in (("/el", "API για προγραμματιστές"), ("/en", "API for developers")):
        page = BeautifulSoup(app.get(f"{start}/api/docs").text, "html.parser")
        assert page.h1.text == words
        calls = {each.text.split("/")[-1] for each in page.select(".operations dt")}
        assert {"datastore_search", "participation_feed_harvest"} <= calls
        assert not [each for each in page.select("script") if not each.get("src") and not each.get("type")]
        assert [each for each in page.select("footer a") if each["href"].endswith("/api/docs")]
    lines = app.get("/robots.txt").text.splitlines()
    assert {"Allow: /api/docs$", "Disallow: /api/"} <= set(lines)


def test_who_may_read_from_another_origin(app, monkeypatch):
    client, origin = app.test_client(), {"Origin": "https://elsewhere.example"}
    read = "/api/3/action/package_list"
    for path in (read, "/api/action/package_show?id=none", "/api/openapi.json", "/dataset/search.csv"):
        answer = client.get(path, headers=origin)
        assert answer.headers[ANY] == "*", path
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Set-Cookie" not in answer.headers
    for path in ("/", "/user/login", "/api/3/action/no_such", "/api/3/action/package_create", "/dataset/"):
        assert ANY not in client.get(path, headers=origin).headers, path
    assert ANY not in client.post(read, json={}, headers=origin).headers
    asked = client.options(read, headers={**origin, "Access-Control-Request-Method": "GET"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Authorization" not in asked.headers["Access-Control-Allow-Headers"]
    asked = client.options(read, headers={**origin, "Access-Control-Request-Method": "POST"})
    assert ANY not in asked.headers
    known = {**origin, "Authorization": factories.UserWithToken()["token"]}
    assert ANY not in client.get(read, headers=known).headers
    monkeypatch.setitem(tk.config, "ckan.cors.origin_allow_all", True)  # what a site sets itself holds
    assert "POST" in client.get(read, headers=origin).headers["Access-Control-Allow-Methods"]


def test_a_docstring_in_either_way_of_writing():
    ours = docstrings.read(
        "Count rows. And more.\n\nArgs:\n    id (str): the table,\n        by id.\n"
        "    limit, offset (int): which part.\n\n"
        "Returns:\n    ``total``.\n\nRaises:\n    ObjectNotFound: none.\n"
    )
    assert ours.summary == "Count rows"
    assert ours.parameters["id"] == ("str", "the table, by id.")
    assert ours.parameters["offset"] == ("int", "which part.")
    assert (ours.returns, ours.raises) == ("``total``.", "ObjectNotFound: none.")
    theirs = docstrings.read(
        "Read.\n\n:param id: the :py:func:`~ckan.id`\n    of it\n:type id: string\n\n"
        "**Results:**\n\n:param id: not this\n:rtype: dict"
    )
    assert theirs.parameters == {"id": ("string", "the ``ckan.id`` of it")}
    assert theirs.returns == "- `id`: not this"
    assert docstrings.schema("list of strings") == {"type": "array", "items": {"type": "string"}}
    assert docstrings.schema("whatever") == {}
    assert docstrings.schema("str or dict") == {"type": "string"}
    assert docstrings.schema("dict or list") == {"type": ["object", "array"]}
    assert docstrings.read(None).summary == ""
