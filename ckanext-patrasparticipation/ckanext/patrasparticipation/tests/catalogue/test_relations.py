"""Records that point at records: what may be written, what is kept, and what each reader is shown of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from flask_babel import force_locale
from sqlalchemy import event

from ckanext.patrasparticipation.model import Relation
from ckanext.patrasparticipation.records import linked
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of
from ckanext.patrasparticipation.tests.catalogue.participation_samples import group, initiative

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def shown(app: Any, name: str, user: Any = None, action: str = "package_show") -> Any:
    answer = app.get(f"/api/3/action/{action}?id={name}", headers=token_of(user) if user else {})
    assert answer.status_code == 200, answer.text
    return answer.json["result"]


def as_user(user: dict[str, Any], action: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": user["name"]}, data)


def refusal(user: dict[str, Any], action: str, **data: Any) -> dict[str, Any]:
    try:
        with force_locale("en"):
            as_user(user, action, **data)
    except tk.ValidationError as refused:
        return refused.error_dict
    raise AssertionError(f"{action} accepted {str(data)[:400]}")


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor of a publisher of their own."""
    user: dict[str, Any] = factories.User()
    user["organization"] = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])["id"]
    return user


@pytest.mark.parametrize(
    "written",
    ["{id}", "{name}", " {name} ", "/dataset/{name}", "/el/dataset/{name}", "{site}/dataset/{name}",
     "{site}/en/dataset/{name}?x=1#top", "{site}/dataset/{id}/", "{site}/dataset/{name}.ttl",
     "{site}/id/dataset/{name}"],
)  # fmt: skip
def test_any_name_of_a_record_is_kept_as_its_id(written, with_request_context):
    other = samples.dataset()
    given = written.format(**other, site=tk.config["ckan.site_url"]) if "site" in written else written
    made = samples.dataset(related_dataset=[given.format(**other)])
    assert made["related_dataset"] == [other["id"]]


@pytest.mark.parametrize(
    "written",
    ["https://elsewhere.example/dataset/{name}", "javascript:alert('{name}')", "{site}/organization/{name}",
     "{site}/dataset/{name}/resource/x", "{site}/dataset/", "http://[::1/{name}", "../{name}", "%00",
     "<script>alert(1)</script>", "Κ" * 5000, "' OR 1=1 --", "{name}\"]}}"],
)  # fmt: skip
def test_what_names_no_record_is_refused_with_the_value(written, with_request_context):
    other = samples.dataset()
    given = written.replace("{name}", other["name"]).replace("{site}", tk.config["ckan.site_url"])
    refused = samples.refusal("package_create", **samples.fields(related_dataset=[given]))
    assert set(refused) == {"related_dataset"}
    assert refused["related_dataset"] == [f"There is no record '{given.strip()[:100]}' that you may see"]


@pytest.mark.parametrize("wrong", [[{"id": "x"}], [["x"]], [5], [True], {"a": "b"}])
def test_what_is_no_text_is_refused(wrong, with_request_context):
    refused = samples.refusal("package_create", **samples.fields(related_dataset=wrong))
    assert refused["related_dataset"]


def test_a_field_names_no_more_than_it_shows(with_request_context):
    refused = samples.refusal("package_create", **samples.fields(related_dataset=["x"] * 501))
    assert refused["related_dataset"] == ["Names 501 records, at most 500 fit"]


def test_the_order_is_kept_and_each_record_once(with_request_context):
    a, b, c = (samples.dataset() for _ in range(3))
    made = samples.dataset(related_dataset=[c["id"], a["name"], c["name"], b["id"]])
    assert made["related_dataset"] == [c["id"], a["id"], b["id"]]
    assert [one["id"] for one in links(made)["related_dataset"]] == [c["id"], a["id"], b["id"]]


def links(record: dict[str, Any], user: str = "") -> linked.Lists:
    return linked.links({"user": user}, record["id"])


def test_what_an_editor_may_not_see_is_answered_like_what_is_not_there(editor, with_request_context):
    hidden = samples.dataset(private=True, name="zz-hidden")
    own = samples.fields(owner_org=editor["organization"])
    for value in (hidden["id"], hidden["name"]):
        refused = refusal(editor, "package_create", **own, related_dataset=[value])
        assert refused == {"related_dataset": [f"There is no record '{value}' that you may see"]}
    samples.act("package_patch", id=hidden["id"], private=False)
    samples.act("package_delete", id=hidden["id"])
    refused = refusal(editor, "package_create", **own, related_dataset=[hidden["name"]])
    assert refused == {"related_dataset": ["There is no record 'zz-hidden' that you may see"]}


def test_what_stands_in_the_field_may_stay_when_it_is_hidden_later(app, editor):
    other = samples.dataset()
    mine = as_user(
        editor,
        "package_create",
        **samples.fields(owner_org=editor["organization"]),
        related_dataset=[other["id"]],
    )
    samples.act("package_patch", id=other["id"], private=True)
    again = shown(app, mine["id"], editor)
    assert again["related_dataset"] == [other["id"]], "who may save would lose it otherwise"
    again["notes_translated"] = {"el": "Άλλα λόγια."}
    assert as_user(editor, "package_update", **again)["related_dataset"] == [other["id"]]
    assert shown(app, mine["id"])["related_dataset"] == []
    assert links(mine, editor["name"]) == {}


def test_a_deleted_target_stays_and_is_shown_as_withdrawn(app):
    other = samples.dataset(title_translated={"el": "Αποσυρμένο σύνολο"})
    made = samples.dataset(related_dataset=[other["id"]])
    samples.act("package_delete", id=other["id"])
    assert shown(app, made["id"])["related_dataset"] == []
    told = links(made)["related_dataset"]
    assert told == [dict.fromkeys(linked.SHOWN) | {"state": "withdrawn"}]
    assert links(made, factories.Sysadmin()["name"])["related_dataset"][0]["title"] == "Αποσυρμένο σύνολο"
    assert app.get(f"/dataset/{made['name']}").status_code == 200
    samples.act("dataset_purge", id=other["id"])
    assert links(made)["related_dataset"][0]["state"] == "withdrawn"
    samples.act("package_patch", id=made["id"], notes_translated={"el": "Άλλα λόγια."})
    samples.act("package_delete", id=made["id"])
    samples.act("dataset_purge", id=made["id"])
    assert model.Session.query(Relation).count() == 0


def test_a_record_says_who_points_at_it(app, editor):
    made = samples.dataset()
    assert shown(app, made["id"])["linked_from"] == {}
    second = samples.dataset(title_translated={"el": "Ώρες", "en": "Hours"}, related_dataset=[made["id"]])
    first = samples.dataset(title_translated={"el": "Άμμος"}, related_dataset=[made["id"], second["id"]])
    hidden = samples.dataset(private=True, related_dataset=[made["id"]])
    gone = samples.dataset(related_dataset=[made["id"]])
    samples.act("package_delete", id=gone["id"])
    expected = [
        {
            "id": one["id"],
            "name": one["name"],
            "type": "dataset",
            "title": one["title"],
            "title_translated": one["title_translated"],
        }
        for one in (first, second)
    ]
    assert shown(app, made["id"])["linked_from"] == {"related_dataset": expected}
    assert shown(app, made["id"], editor)["linked_from"] == {"related_dataset": expected}
    everything = shown(app, made["id"], factories.Sysadmin())["linked_from"]["related_dataset"]
    assert {one["id"] for one in everything} == {first["id"], second["id"], hidden["id"]}
    samples.act("package_patch", id=second["id"], private=True)
    assert shown(app, made["id"])["linked_from"] == {"related_dataset": expected[:1]}


def test_what_one_reader_sees_is_stored_nowhere(app):
    made = samples.dataset()
    hidden = samples.dataset(private=True, name="zz-hidden", related_dataset=[made["id"]])
    admin = factories.Sysadmin()
    asked = shown(app, made["id"], admin)
    assert asked["linked_from"]
    as_user(admin, "package_update", **asked)
    as_user(admin, "package_patch", id=made["id"], notes_translated={"el": "Άλλα λόγια."})
    from ckan.lib import search  # needs the application

    document = search.show(made["id"])
    assert "linked_from" not in json.loads(document["validated_data_dict"])
    assert hidden["id"] not in json.dumps(document)
    package = model.Package.get(made["id"])
    assert "linked_from" not in (package.extras or {})
    activities = as_user(admin, "package_activity_list", id=made["id"])
    assert hidden["id"] not in json.dumps(activities, default=str)
    found = as_user(admin, "package_search", q=f"id:{made['id']}")["results"][0]
    assert "linked_from" not in found


def test_sending_back_what_was_shown_changes_nothing(app):
    made = samples.dataset()
    samples.dataset(related_dataset=[made["id"]])
    admin = factories.Sysadmin()
    asked = shown(app, made["id"], admin)
    as_user(admin, "package_update", **asked)
    assert shown(app, made["id"], admin) == asked


def test_no_search_is_asked_where_nothing_points(app, monkeypatch):
    made = samples.dataset()
    asked = []
    monkeypatch.setattr(linked.visible, "briefs", lambda *given, **more: asked.append(given) or {})
    assert shown(app, made["id"])["linked_from"] == {}
    assert asked == []


def test_ids_of_hidden_targets_stand_in_no_answer(app, editor):
    hidden = samples.dataset(private=True)
    made = samples.dataset(related_dataset=[hidden["id"]])
    doors = [
        f"package_show?id={made['id']}",
        f"package_show?id={made['id']}&use_default_schema=true",
        f"package_search?q=id:{made['id']}",
        f"package_search?q=id:{made['id']}&use_default_schema=true",
        f"package_search?q=id:{made['id']}&fl=id&fl=related_dataset&fl=extras_related_dataset",
        f"package_search?q=id:{made['id']}&fl=x:validated_data_dict",
        'package_search?rows=0&facet.field=["related_dataset"]',
        "current_package_list_with_resources",
    ]
    for user in (None, editor):
        for door in doors:
            body = app.get(f"/api/3/action/{door}", headers=token_of(user) if user else {}).text
            assert hidden["id"] not in body, door
    owner = factories.Sysadmin()
    assert hidden["id"] in app.get(f"/api/3/action/{doors[2]}", headers=token_of(owner)).text


def test_row_050_a_group_is_a_member_of_groups_and_never_of_itself_over_others(with_request_context):
    first, second, third = (group() for _ in range(3))
    samples.act("package_patch", id=first["id"], member_of=[second["name"]])
    samples.act("package_patch", id=second["id"], member_of=[third["name"]])
    refused = samples.refusal("package_patch", id=third["id"], member_of=[first["name"]])
    message = f"'{first['name']}' already leads back to this record; the two would stand in a circle"
    assert refused == {"member_of": [message]}
    assert samples.refusal("package_patch", id=third["id"], member_of=[third["id"]])
    refused = samples.refusal("package_patch", id=third["id"], member_of=[samples.dataset()["name"]])
    assert "is of type dataset; expected: citizen_group" in refused["member_of"][0]
    shown = samples.act("package_patch", id=third["id"], member_of=[])
    assert not shown.get("member_of")


def test_row_003_a_groups_initiatives_are_listed_by_the_field_that_names_it(app):
    owner = group(title_translated={"el": "Γειτονιά", "en": "Neighbourhood"})
    later = initiative(run_by=[owner["id"]], title_translated={"el": "Ωδείο", "en": "Music"})
    sooner = initiative(run_by=[owner["name"]], title_translated={"el": "Άνοιξη"})
    initiative(run_by=[owner["name"]], private=True)
    listed = shown(app, owner["name"])["linked_from"]
    assert list(listed) == ["run_by"]
    assert [one["id"] for one in listed["run_by"]] == [sooner["id"], later["id"]]
    assert listed["run_by"][1]["title_translated"] == {"el": "Ωδείο", "en": "Music"}
    assert {one["type"] for one in listed["run_by"]} == {"initiative"}


def test_showing_a_record_asks_no_more_with_more_that_point_at_it(app):
    made = samples.dataset()
    shown(app, made["id"])  # the first request loads the site
    assert asked_while_shown(app, made) == asked_while_shown(app, made)


def asked_while_shown(app: Any, made: dict[str, Any]) -> int:
    """How many statements the database gets while a record is shown at which two more point than before."""
    for _more in range(2):
        samples.dataset(related_dataset=[made["id"]])
    statements: list[str] = []
    engine = model.Session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert len(shown(app, made["id"])["linked_from"]["related_dataset"]) >= 2
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert statements
    return len(statements)
