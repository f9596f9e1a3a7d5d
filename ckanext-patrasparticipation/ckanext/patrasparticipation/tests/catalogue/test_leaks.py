"""Private, draft and deleted records leak through no door of the catalogue, and break none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of
from ckanext.patrasparticipation.tests.catalogue.leak_doors import ANSWERED, DOORS, SHOW_TO_THE_OWNER
from ckanext.patrasparticipation.tests.catalogue.leak_scene import STATES, Scene, build


@pytest.fixture(scope="module")
def scenes() -> dict[str, Any]:
    """The scene that stands in the catalogue now, kept from one test to the next."""
    return {}


@pytest.fixture(scope="module", params=STATES)
def state(request: Any) -> str:
    """The state of the hidden records; of the module, so that the tests of one state follow each other."""
    found: str = request.param
    return found


@pytest.fixture
def scene(state: str, with_plugins: None, scenes: dict[str, Any], reset_db: Any, reset_index: Any) -> Scene:
    """A scene whose hidden records are private, drafts or deleted."""
    if scenes.get("state") != state:
        reset_db()
        reset_index()
        scenes |= {"state": state, "scene": build(state)}
        scenes["stranger"] = token_of(_editor("another"))
        scenes["owner"] = token_of(_editor("visible"))
    found: Scene = scenes["scene"]
    return found


def _editor(publisher: str) -> dict[str, Any]:
    """An editor of the publisher of that name, which is made where there is none."""
    user: dict[str, Any] = factories.User()
    if publisher != "visible":
        samples.publisher(name=publisher)
    samples.act("member_create", id=publisher, object=user["id"], object_type="user", capacity="editor")
    return user


def _asked(app: Any, scene: Scene, door: str, headers: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    """What each address of a door tells of the hidden records."""
    addresses = list(DOORS[door](scene))
    assert addresses, door
    for address in addresses:
        answer = app.get(address, headers=headers, follow_redirects=True)
        expected = (200,) if door in ANSWERED else (200, 400, 403)
        assert answer.status_code in expected, (address, answer.get_data(as_text=True)[:500])
        yield address, scene.traces(answer.get_data(as_text=True))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("reader", ["nobody", "an editor of another publisher"])
def test_row_024_case_24_hidden_records_leak_through_no_door(
    app: Any, scene: Scene, scenes: dict[str, Any], reader: str, door: str
) -> None:
    headers = {} if reader == "nobody" else scenes["stranger"]
    found = {address: traces for address, traces in _asked(app, scene, door, headers) if traces}
    assert found == {}


@pytest.mark.parametrize("door", SHOW_TO_THE_OWNER)
def test_the_publishers_own_editor_finds_the_private_ones(
    app: Any, scene: Scene, scenes: dict[str, Any], door: str
) -> None:
    if scenes["state"] != "private":
        pytest.skip("only what is private is listed to its publisher everywhere")
    assert any(traces for _address, traces in _asked(app, scene, door, scenes["owner"]))


@pytest.mark.parametrize("form", ["/{type}/{name}", "/{type}/{name}.ttl", "/{type}/activity/{name}"])
def test_what_is_hidden_and_what_is_absent_look_alike(app: Any, scene: Scene, form: str) -> None:
    for record in scene.hidden.values():
        there = app.get(form.format(**record), follow_redirects=False).status_code
        gone = app.get(form.format(type=record["type"], name="nowhere"), follow_redirects=False).status_code
        assert there == gone == 404, form.format(**record)


def test_hidden_records_are_counted_nowhere(app: Any, scene: Scene, scenes: dict[str, Any]) -> None:
    for headers in ({}, scenes["stranger"]):
        asked = "/api/3/action/participation_report?first=2000-01-01&last=2030-01-01"
        told = app.get(asked, headers=headers).json["result"]["types"]
        assert {kind: each["total"] for kind, each in told.items()} == dict.fromkeys(told, 1)
        group = scene.public["citizen_group"]["name"]
        counted = app.get(f"/api/3/action/participation_influence?id={group}", headers=headers).json["result"]
        assert counted == {"initiatives": 1, "consultations": 1, "decisions": 0, "works": 1}
        found = app.get("/api/3/action/package_search?rows=0", headers=headers).json["result"]["count"]
        assert found == len(scene.public)
