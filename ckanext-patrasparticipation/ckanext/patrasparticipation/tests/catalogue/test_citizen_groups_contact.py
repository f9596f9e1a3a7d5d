"""The contact of a group: published on a ground, hidden when its consent expires, gone when withdrawn."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest
from ckan import model
from ckan.lib.search import rebuild
from ckan.lib.search.common import make_connection
from ckan.tests import factories

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import contact, moments
from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

EMAIL, PHONE = "omada@gitonia.example", "2610 000000"
GIVEN = {
    "public_email": EMAIL,
    "public_phone": PHONE,
    "contact_basis": "consent",
    "contact_basis_date": "2025-01-10",
}
BEFORE = datetime(2027, 1, 9, 21, 59, tzinfo=timezone.utc)
AFTER = datetime(2027, 1, 9, 22, 0, tzinfo=timezone.utc)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the one clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor of a publisher of their own."""
    user: dict[str, Any] = factories.UserWithToken()
    user["organization"] = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])["id"]
    return user


def seen(app: Any, group: dict[str, Any], user: dict[str, Any] | None = None) -> str:
    """Everything that a reader is told of a group, by every door."""
    headers = {"Authorization": user["token"]} if user else {}
    name = group["name"]
    doors = (
        f"/api/3/action/package_show?id={name}",
        f"/citizen_group/{name}",
        "/api/3/action/package_search?include_private=true",
        f"/dataset/{name}.ttl",
        f"/citizen_group/{name}.ttl",
        f"/api/3/action/package_activity_list?id={name}",
    )
    answers = [app.get(door, headers=headers) for door in doors]
    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    return "\n".join(answer.text for answer in answers)


def indexed(group: dict[str, Any]) -> str:
    """The whole document of a record in the index."""
    found = make_connection().search(q=f"id:{group['id']}", fl="*", rows=1)
    assert len(found) == 1
    return json.dumps(list(found), ensure_ascii=False, default=str)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"public_email": EMAIL}, "contact_basis"),
        ({"public_phone": PHONE}, "contact_basis"),
        ({"public_email": EMAIL, "contact_basis": "consent"}, "contact_basis_date"),
        (GIVEN | {"contact_basis_date": "2099-01-01"}, "contact_basis_date"),
        (GIVEN | {"contact_basis": "because"}, "contact_basis"),
    ],
)
def test_a_contact_without_a_ground_is_refused(
    given: dict[str, Any], field: str, with_request_context: None
) -> None:
    assert list(samples.refusal("package_create", **made.group_fields(**given))) == [field]


def test_a_contact_is_hidden_from_readers_at_the_moment_its_consent_expires(
    app: Any, moved: Any, editor: dict[str, Any]
) -> None:
    group = made.group(owner_org=editor["organization"], **GIVEN)
    moved(BEFORE)
    assert EMAIL in seen(app, group)
    moved(AFTER)
    told = seen(app, group)
    assert (EMAIL in told, PHONE in told) == (False, False)
    assert '"contact_state": "consent_expired"' in told
    assert EMAIL in seen(app, group, editor)


def test_the_index_forgets_an_expired_contact_and_editors_keep_it(
    app: Any, moved: Any, editor: dict[str, Any]
) -> None:
    group = made.group(owner_org=editor["organization"], **GIVEN)
    by_email = {"fq": f'public_email:"{EMAIL}"'}
    assert (samples.act("package_search", **by_email)["count"], EMAIL in indexed(group)) == (1, True)
    moved(AFTER)
    assert moments.attend() == 1
    assert samples.act("package_search", **by_email)["count"] == 0
    assert EMAIL not in indexed(group)
    headers = {"Authorization": editor["token"]}
    answer = app.get(f"/api/3/action/package_show?id={group['id']}", headers=headers)
    assert answer.json["result"]["public_email"] == EMAIL
    app.post(
        "/api/3/action/package_patch", headers=headers, json={"id": group["id"], "founding_year": "2012"}
    )
    rebuild(group["id"])
    answer = app.get(f"/api/3/action/package_show?id={group['id']}", headers=headers)
    assert (answer.json["result"]["public_email"], answer.json["result"]["founding_year"]) == (EMAIL, 2012)
    assert EMAIL not in seen(app, group)


def test_a_contact_on_another_ground_stays(app: Any, moved: Any) -> None:
    group = made.group(**GIVEN | {"contact_basis": "public_register"})
    moved(datetime(2040, 1, 1, tzinfo=timezone.utc))
    assert EMAIL in seen(app, group)


def test_f_25_a_withdrawn_contact_is_gone_from_every_door_and_from_the_history(
    app: Any, editor: dict[str, Any]
) -> None:
    group = made.group(owner_org=editor["organization"])
    headers = {"Authorization": editor["token"]}
    app.post("/api/3/action/package_patch", headers=headers, json={"id": group["id"], **GIVEN})
    assert EMAIL in seen(app, group)
    withdrawn = dict.fromkeys(GIVEN, "")
    app.post("/api/3/action/package_patch", headers=headers, json={"id": group["id"], **withdrawn})
    for user in (None, editor):
        told = seen(app, group, user)
        assert (EMAIL in told, PHONE in told) == (False, False)
    assert EMAIL not in indexed(group)


def test_the_history_never_holds_a_contact_and_holds_the_rest() -> None:
    group = made.group(**GIVEN)
    samples.act("package_patch", id=group["id"], public_email="nea@gitonia.example")
    kept = history(group)
    assert [one for one in (EMAIL, PHONE, "nea@gitonia.example") if one in kept] == []
    assert "Γειτονιά σε κίνηση" in kept
    assert samples.act("package_show", id=group["id"])["public_email"] == "nea@gitonia.example"


def history(group: dict[str, Any]) -> str:
    """What the activity of a record keeps."""
    from ckanext.activity.model import Activity

    kept = model.Session.query(Activity).filter(Activity.object_id == group["id"]).all()
    assert kept
    return json.dumps([activity.data for activity in kept], ensure_ascii=False)


@pytest.mark.parametrize("record", [{}, {"type": "dataset"}, {"type": "citizen_group", "contact_basis": 7}])
def test_what_is_no_group_with_a_consent_is_left_alone(record: dict[str, Any]) -> None:
    assert contact.for_readers(dict(record)) == record
