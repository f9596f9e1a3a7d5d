"""S13, A4: a private dataset leaves no trace for strangers, and its absence is told in the same words."""

import pytest
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import PASSWORD, Browser, token_of

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_datastore")


@pytest.fixture
def hidden():
    """A private dataset with a table and a view; nothing of it may be seen."""
    organization = samples.publisher(name="visible-organization")
    dataset = samples.dataset(
        name="zz-hidden-name",
        owner_org=organization["id"],
        private=True,
        title_translated={"el": "Κρυφός τίτλος", "en": "Hidden title"},
    )
    resource = samples.act(
        "resource_create", package_id=dataset["id"], name="zz-hidden-file", url="https://a.example/a.csv"
    )
    samples.act(
        "datastore_create",
        resource_id=resource["id"],
        force=True,
        fields=[{"id": "a", "type": "text"}],
        records=[{"a": "zz-hidden-cell"}],
    )
    view = samples.act(
        "resource_view_create",
        resource_id=resource["id"],
        view_type="datatables_view",
        title="zz-hidden-view",
    )
    return {
        "organization": organization["id"],
        "dataset": dataset["id"],
        "resource": resource["id"],
        "view": view["id"],
    }


TRACES = ("zz-hidden", "Κρυφός", "Hidden title")


def test_a_stranger_finds_no_trace(app, hidden):
    calls = [
        "package_list",
        "package_search?q=*:*&include_private=true&include_drafts=true&rows=1000",
        "package_search?fq=%2Bstate:(draft OR deleted OR active)&include_private=true",
        "current_package_list_with_resources",
        f"member_list?id={hidden['organization']}",
        f"member_list?id={hidden['organization']}&object_type=package",
        f"organization_show?id={hidden['organization']}&include_datasets=true",
        "organization_list?all_fields=true",
        "datastore_search?resource_id=_table_metadata",
        "recently_changed_packages_activity_list",
        f"organization_activity_list?id={hidden['organization']}",
        "tag_list",
        "resource_search?query=name:zz",
        "package_autocomplete?q=zz",
        'package_search?facet.field=["name"]&rows=0',
        "participation_feed_list",
        f"group_package_show?id={hidden['organization']}",
        "package_search?q=zz-hidden-name",
    ]
    pages = [
        "/",
        "/dataset/",
        "/organization/visible-organization",
        "/catalog.ttl",
        "/catalog.jsonld",
        "/feeds/dataset.atom",
        "/organization/activity/visible-organization",
        "/feeds/organization/visible-organization.atom",
        "/sitemap.xml",
        "/dataset/?q=hidden",
        "/api/util/dataset/autocomplete?incomplete=zz",
    ]
    for route in [*[f"/api/action/{call}" for call in calls], *pages]:
        body = app.get(route).get_data(as_text=True)
        for trace in (*TRACES, hidden["dataset"], hidden["resource"], hidden["view"]):
            assert trace not in body, (route, trace, body[:1000])


def test_hidden_and_absent_are_answered_in_the_same_words(app, hidden):
    pairs = [
        ("package_show?id=", "zz-hidden-name"),
        ("package_show?id=", hidden["dataset"]),
        ("resource_show?id=", hidden["resource"]),
        ("resource_view_show?id=", hidden["view"]),
        ("resource_view_list?id=", hidden["resource"]),
        ("datastore_search?resource_id=", hidden["resource"]),
        ("datastore_info?id=", hidden["resource"]),
        ("package_activity_list?id=", hidden["dataset"]),
        ("dataset_follower_count?id=", hidden["dataset"]),
        ("package_relationships_list?id=", hidden["dataset"]),
    ]
    for call, name in pairs:
        there = app.get(f"/api/action/{call}{name}")
        gone = app.get(f"/api/action/{call}00000000-0000-0000-0000-000000000000")
        assert (there.status_code, gone.status_code) == (404, 404), call
        assert there.json["error"] == gone.json["error"], call
        for trace in (*TRACES, hidden["dataset"], hidden["resource"]):
            assert trace not in there.get_data(as_text=True).replace(name, ""), call


def test_pages_of_what_is_hidden_and_what_is_absent_look_alike(app, hidden):
    dataset, resource, view = hidden["dataset"], hidden["resource"], hidden["view"]
    routes = [
        "/dataset/zz-hidden-name",
        f"/dataset/{dataset}",
        f"/dataset/{dataset}/resource/{resource}",
        f"/dataset/{dataset}/resource/{resource}/view/{view}",
        f"/dataset/{dataset}/resource/{resource}/download",
        f"/datastore/dump/{resource}",
        f"/datatables/ajax/{view}",
        f"/datatables/filtered-download/{view}",
        f"/dataset/activity/{dataset}",
        f"/dataset/{dataset}.ttl",
        f"/datastore/api_info/{resource}",
        f"/dataset/{dataset}/dictionary/{resource}",
        f"/dataset/{dataset}/croissant.jsonld",
    ]
    stranger = Browser(app)
    for route in routes:
        post = "/datatables/" in route
        there = stranger.post(route, {"draw": "1"}) if post else stranger.get(route)
        shown = there.get_data(as_text=True).replace("zz-hidden-name", "" if "name" in route else "zz-hidden")
        for each in (dataset, resource, view, "zz-hidden-name"):
            route = route.replace(each, "00000000-0000-0000-0000-000000000000")
        gone = stranger.post(route, {"draw": "1"}) if post else stranger.get(route)
        assert there.status_code == gone.status_code, route
        assert there.status_code in (302, 400, 403, 404), (route, there.status_code)
        assert not [trace for trace in TRACES if trace in shown], route


def test_a_member_of_nothing_is_refused_without_an_id(app, hidden):
    headers = token_of(factories.User(password=PASSWORD))
    answer = app.get("/api/action/package_show?id=zz-hidden-name", headers=headers)
    assert answer.status_code == 403
    assert hidden["dataset"] not in answer.get_data(as_text=True)


def test_members_of_an_organisation_are_listed_to_members(app):
    user = factories.User()
    organization = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])
    public, private = (
        samples.dataset(owner_org=organization["id"]),
        samples.dataset(owner_org=organization["id"], private=True),
    )

    def listed(headers):
        answer = app.get(f"/api/action/member_list?id={organization['id']}", headers=headers)
        return {member[0] for member in answer.json["result"]}

    assert listed({}) == {public["id"]}
    assert {public["id"], private["id"], user["id"]} <= listed(token_of(user))
    other = listed(token_of(factories.User()))
    assert public["id"] in other
    assert private["id"] not in other
