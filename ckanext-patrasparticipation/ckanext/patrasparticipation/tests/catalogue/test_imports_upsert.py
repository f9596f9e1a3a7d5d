"""Records in batches: by identifier, once, with what a person edited kept, and drafts that say why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.activity.model import Activity

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.harvesters import faults
from ckanext.patrasparticipation.model import RecordOrigin
from ckanext.patrasparticipation.records import indexing
from ckanext.patrasparticipation.records.incoming import Incoming, Outcome, Wish
from ckanext.patrasparticipation.records.upsert import upsert

from . import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def publisher() -> dict[str, Any]:
    return samples.publisher()


@pytest.fixture(autouse=True)
def request_context(app: Any) -> Iterator[None]:
    with app.flask_app.test_request_context():
        yield


def wish(publisher: dict[str, Any], **more: Any) -> Wish:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    given = {"type": "dataset", "owner_org": publisher["id"], "user": user, "fetched_at": clock.now()}
    return Wish(**given | more)


def row(number: int, **more: Any) -> dict[str, Any]:
    return {
        "title_translated": {"el": f"Διαβούλευση {number}"},
        "notes_translated": {"el": "Για την πλατεία."},
        "theme": ["GOVE"],
        "license_id": "CC_BY_4_0",
        "source_id": f"d-{number}",
        "source_system": "other",
        "source_url": f"https://platform.example/processes/{number}",
        **more,
    }


def given(*rows: dict[str, Any]) -> list[Incoming]:
    return [Incoming(number, values) for number, values in enumerate(rows)]


def run(publisher: dict[str, Any], *rows: dict[str, Any], **more: Any) -> list[Outcome]:
    return list(upsert(given(*rows), wish(publisher, **more)))


def what(outcomes: list[Outcome]) -> list[str]:
    return [each.what for each in outcomes]


def shown(outcome: Outcome) -> dict[str, Any]:
    return samples.act("package_show", id=outcome.package_id)


def test_records_are_created_found_and_left_alone_the_second_time(publisher):
    rows = [row(number) for number in range(3)]
    first = run(publisher, *rows)
    assert what(first) == ["created"] * 3
    found = samples.act("package_search", q="Διαβούλευση")
    assert found["count"] == 3
    before = {each.id: each.metadata_modified for each in model.Session.query(model.Package)}
    origins = {each.package_id: each.fetched_at for each in model.Session.query(RecordOrigin)}
    again = run(publisher, *rows)
    assert what(again) == ["unchanged"] * 3
    assert before == {each.id: each.metadata_modified for each in model.Session.query(model.Package)}
    assert origins == {each.package_id: each.fetched_at for each in model.Session.query(RecordOrigin)}


def test_a_changed_row_updates_its_record_by_its_id_at_the_source(publisher):
    first = run(publisher, row(1), row(2))
    second = run(publisher, row(1), row(2, title_translated={"el": "Νέος τίτλος"}))
    assert what(second) == ["unchanged", "updated"]
    assert second[1].package_id == first[1].package_id
    assert shown(second[1])["title"] == "Νέος τίτλος"
    assert second[1].before["title_translated"] == {"el": "Διαβούλευση 2"}


def test_fields_that_a_person_edited_survive_the_next_run(publisher):
    (first,) = run(publisher, row(1))
    samples.act("package_patch", id=first.package_id, notes_translated={"el": "Από το χέρι μου."})
    changed = row(1, notes_translated={"el": "Άλλο από την πηγή."}, theme=["ENVI"])
    (second,) = run(publisher, changed)
    assert (second.what, second.kept) == ("updated", ("notes_translated",))
    assert shown(second)["notes"] == "Από το χέρι μου."
    assert shown(second)["theme"] == ["ENVI"]
    (third,) = run(publisher, changed)
    assert third.what == "unchanged"


def test_row_018_what_lacks_a_required_field_is_a_draft_that_says_what_is_missing(publisher):
    lacking = row(1)
    del lacking["license_id"], lacking["notes_translated"]
    (first,) = run(publisher, lacking)
    assert (first.what, set(first.missing)) == ("draft", {"license_id", "notes_translated"})
    record = shown(first)
    assert record["state"] == "draft"
    assert not record.get("license_id")
    assert not record.get("notes")
    (second,) = run(publisher, row(1))
    assert second.what == "updated"
    assert shown(second)["state"] == "active"


def test_a_wrong_value_refuses_its_row_and_no_other(publisher):
    rows = [row(0), row(1, theme=["NOPE"]), row(2), row(3, source_url="javascript:alert(1)"), row(4)]
    outcomes = run(publisher, *rows)
    assert what(outcomes) == ["created", "refused", "created", "refused", "created"]
    assert set(outcomes[1].errors) == {"theme"}
    assert set(outcomes[3].errors) == {"source_url"}
    assert model.Session.query(model.Package).filter_by(state="active").count() == 3


def test_a_trial_tells_the_same_and_writes_nothing(publisher):
    lacking = row(2)
    del lacking["license_id"]
    rows = [row(0), row(1, theme=["NOPE"]), lacking]
    trial = run(publisher, *rows, dry_run=True)
    assert what(trial) == ["created", "refused", "draft"]
    assert not model.Session.query(model.Package).count()
    assert what(run(publisher, *rows)) == what(trial)


def test_the_same_record_twice_in_one_file_is_refused_the_second_time(publisher):
    outcomes = run(publisher, row(1), row(1, title_translated={"el": "Άλλος"}))
    assert what(outcomes) == ["created", "refused"]


def test_a_row_without_any_identifier_is_known_by_its_title_within_its_publisher(publisher):
    bare = {name: value for name, value in row(1).items() if not name.startswith("source_")}
    (first,) = run(publisher, bare)
    (second,) = run(publisher, {**bare, "theme": ["ENVI"]})
    assert (second.what, second.package_id) == ("updated", first.package_id)
    (other,) = run(samples.publisher(name="allos"), bare)
    assert other.what == "created"


def test_the_same_number_on_two_sites_of_one_portal_is_two_records(publisher):
    one = row(1, source_url="https://www.opengov.gr/minenv/?p=77", source_id="77")
    two = row(2, source_url="https://www.opengov.gr/yme/?p=77", source_id="77")
    assert what(run(publisher, one, two)) == ["created", "created"]


def test_a_record_that_was_typed_is_found_by_its_address_and_updated(publisher):
    typed = samples.dataset(owner_org=publisher["id"], name="kadoi")
    (outcome,) = run(publisher, {"name": "kadoi", "title_translated": {"el": "Κάδοι 2025"}})
    assert (outcome.what, outcome.package_id) == ("updated", typed["id"])
    assert shown(outcome)["notes"] == typed["notes"]


def test_whoever_may_not_publish_for_the_organisation_writes_nothing(publisher):
    stranger = factories.User()["name"]
    with pytest.raises(tk.NotAuthorized):
        run(publisher, row(1), user=stranger)
    model.Session.rollback()
    assert not model.Session.query(model.Package).count()


def test_an_editor_writes_records_that_are_public_and_drafts(publisher):
    editor = factories.User()["name"]
    samples.act("organization_member_create", id=publisher["id"], username=editor, role="editor")
    lacking = row(2)
    del lacking["license_id"]
    outcomes = run(publisher, row(1), lacking, user=editor)
    assert what(outcomes) == ["created", "draft"]
    assert [shown(each)["state"] for each in outcomes] == ["active", "draft"]
    assert what(run(publisher, row(1), row(2), user=editor)) == ["unchanged", "updated"]
    assert shown(outcomes[1])["state"] == "active"


def test_a_run_that_is_cut_goes_on_where_it_was_and_indexes_what_was_written(publisher, monkeypatch):
    monkeypatch.setattr("ckanext.patrasparticipation.records.upsert.BATCH", 2)
    rows = [row(number) for number in range(5)]
    done: list[Outcome] = []
    done_now: list[Outcome] = []

    class Cut(Exception):
        """The process died."""

    def cut(point: str) -> None:
        if point == "records_committed" and len(done_now) == 4:
            raise Cut

    monkeypatch.setattr(faults, "point", cut)
    with pytest.raises(Cut):
        done.extend(upsert(given(*rows), wish(publisher, import_id="i", kept=done_now.extend)))
    model.Session.rollback()
    assert samples.act("package_search", q="Διαβούλευση")["count"] == 2
    monkeypatch.setattr(faults, "point", lambda point: None)
    rest = list(upsert(given(*rows), wish(publisher, import_id="i"), start=4))
    assert what(rest) == ["created"]
    assert samples.act("package_search", q="Διαβούλευση")["count"] == 5


def test_many_records_are_indexed_by_a_process_of_its_own(publisher, monkeypatch):
    monkeypatch.setattr("ckanext.patrasparticipation.records.upsert.BATCH", 2)
    outcomes = list(upsert(given(*(row(n) for n in range(5))), wish(publisher, import_id="i"), apart=True))
    assert what(outcomes) == ["created"] * 5
    assert samples.act("package_search", q="Διαβούλευση")["count"] == 5
    assert model.Session.query(RecordOrigin).filter_by(indexed=False).count() == 0


def test_what_is_not_indexed_yet_is_not_looked_for_and_who_writes_is_known_only_meanwhile(
    publisher, monkeypatch
):
    looked_for, writers = [], []

    def show(name: str) -> dict[str, Any]:
        looked_for.append(name)
        raise search.SearchError("not there")

    monkeypatch.setattr(search, "show", show)
    monkeypatch.setattr(indexing, "index", lambda wish: 0)

    def written(sender: str, **told: Any) -> None:
        writers.append(tk.current_user.name)

    with tk.signals.action_succeeded.connected_to(written, sender="package_create"):
        assert what(run(publisher, row(1), row(2))) == ["created"] * 2
    assert looked_for == []
    assert writers == [wish(publisher).user] * 2
    assert not tk.current_user.is_authenticated
    samples.act("package_show", id=samples.dataset()["id"])
    assert looked_for, "the patch is in the place where CKAN looks"


def told(package_id: str) -> list[tuple[str, dict[str, Any]]]:
    """What the stream of activities tells of a record, the oldest first."""
    found = model.Session.query(Activity).filter_by(object_id=package_id).order_by(Activity.timestamp)
    return [(each.activity_type, each.data) for each in found]


def test_the_stream_tells_of_each_record_what_it_tells_of_one_that_was_typed(publisher):
    values = row(1, theme=["GOVE", "ENVI"], temporal_start="2024-01-01")
    (outcome,) = run(publisher, values)
    typed = samples.act(
        "package_create", type="dataset", owner_org=publisher["id"], **{**values, "source_id": "typed"}
    )
    (ours,), (theirs,) = told(outcome.package_id), told(typed["id"])
    assert ours[0] == theirs[0] == "new package"
    assert ours[1]["actor"] == theirs[1]["actor"]
    assert ours[1]["package"].keys() == {*theirs[1]["package"], "came_from"}
    own = {"id", "name", "source_id", "metadata_created", "metadata_modified", "came_from"}
    for name in ours[1]["package"].keys() - own:
        assert ours[1]["package"][name] == theirs[1]["package"][name], name


def test_the_stream_tells_of_a_change_once_and_of_nothing_where_nothing_changed(publisher):
    (first,) = run(publisher, row(1))
    run(publisher, row(1))
    assert [kind for kind, _data in told(first.package_id)] == ["new package"]
    run(publisher, row(1, notes_translated={"el": "Αλλιώς."}))
    indexing.index(wish(publisher))
    assert [kind for kind, _data in told(first.package_id)] == ["new package", "changed package"]
    assert told(first.package_id)[1][1]["package"]["notes_translated"] == {"el": "Αλλιώς."}


def test_when_that_process_dies_this_one_does_its_work(publisher, monkeypatch):
    monkeypatch.setattr("ckanext.patrasparticipation.records.upsert.BATCH", 2)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    outcomes = list(upsert(given(*(row(n) for n in range(5))), wish(publisher, import_id="i"), apart=True))
    assert what(outcomes) == ["created"] * 5
    assert samples.act("package_search", q="Διαβούλευση")["count"] == 5


HOSTILE = [
    {"title_translated": "<script>alert(1)</script>"},
    {"title_translated": {"el": ["a"]}},
    {"title_translated": {"el": "NUL \x00 byte"}},
    {"theme": {"a": {"b": 1}}},
    {"theme": "[" * 3000},
    {"source_id": "x" * 5000},
    {"name": "../../etc/passwd"},
    {"owner_org": "another"},
    {"state": "deleted"},
    {"id": "not-an-id"},
    {"resources": "no list"},
]


@pytest.mark.parametrize("values", HOSTILE, ids=lambda values: str(values)[:40])
def test_what_nobody_should_send_is_refused_or_harmless(publisher, values):
    (outcome,) = run(publisher, row(1, **values))
    if outcome.what == "refused":
        assert outcome.errors
        return
    record = shown(outcome)
    assert record["owner_org"] == publisher["id"]
    assert "<script>" not in str(record["title"]) or record["title"] == values["title_translated"]
