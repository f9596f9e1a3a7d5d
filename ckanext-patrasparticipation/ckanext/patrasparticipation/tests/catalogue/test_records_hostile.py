"""Input that wants to break a record: it is refused with 409 or shown as text, never 500, never run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

from ckanext.patrasparticipation.records import index
from ckanext.patrasparticipation.schemas.load import record_type
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

LONG = "ω" * 20_000
WRONG: tuple[Any, ...] = (
    ["a", {"b": 1}],
    {"el": {"el": "x"}},
    {"a": ["b"]},
    7,
    -1.5,
    True,
    "\x00",
    "a\x00b",
    "\ud800",
    LONG,
    "[" * 2_000,
    '{"el": 1}',
    "[1, null]",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "[click](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7*7 }}${7*7}",
    "</textarea><script>alert(1)</script>",
    "'-alert(1)-'",
)


@pytest.fixture
def staff() -> dict[str, str]:
    """The headers of somebody who may do anything."""
    return {"Authorization": factories.SysadminWithToken()["token"]}


def call(app: Any, staff: dict[str, str], action: str, data: Any) -> Any:
    return app.post(
        f"/api/3/action/{action}",
        data=json.dumps(data),
        headers={**staff, "Content-Type": "application/json"},
    )


def names(kind: str, part: str) -> list[str]:
    return [field["field_name"] for field in record_type(kind)[part]]


def broken(
    app: Any, staff: dict[str, str], action: str, base: dict[str, Any], fields: list[str]
) -> list[Any]:
    """The (field, value) that the server can neither accept nor refuse.

    First all fields hold the wrong value at once; only when that breaks the server is each tried alone.
    """
    found = []
    for number, value in enumerate(WRONG):
        named = base | {"name": f"wrong-{number}"}
        if _answers(app, staff, action, named | dict.fromkeys(fields, value)):
            continue
        culprits = [one for one in fields if not _answers(app, staff, action, named | {one: value})]
        found.append((culprits or "only together", str(value)[:40]))
    return found


def _answers(app: Any, staff: dict[str, str], action: str, data: dict[str, Any]) -> bool:
    return call(app, staff, action, data).status_code in (200, 400, 403, 404, 409)


def test_no_value_in_any_field_of_a_dataset_is_an_error_of_the_server(
    app: Any, staff: dict[str, str]
) -> None:
    fields = [*names("dataset", "dataset_fields"), "title", "notes", "tags", "private"]
    assert not (found := broken(app, staff, "package_create", samples.fields(), fields)), found
    fields = ["title", "notes", "owner_org", "tag_string", "extras", "resources"]
    for field in fields:  # with everything else sound
        assert not (found := broken(app, staff, "package_create", samples.fields(), [field])), found


def test_no_value_in_any_field_of_a_file_is_an_error_of_the_server(app: Any, staff: dict[str, str]) -> None:
    base = {"package_id": samples.dataset()["id"]}
    fields = [*names("dataset", "resource_fields"), "description", "size", "mimetype", "hash"]
    assert not (found := broken(app, staff, "resource_create", base, [f for f in fields if f != "url"])), (
        found
    )
    assert not (found := broken(app, staff, "resource_create", base, ["url"])), found


def test_no_value_in_any_field_of_a_publisher_is_an_error_of_the_server(
    app: Any, staff: dict[str, str]
) -> None:
    fields = [*names("organization", "fields"), "title", "description"]
    assert not (found := broken(app, staff, "organization_create", {"title": "Δήμος"}, fields)), found


def test_markup_in_a_record_is_text_on_its_pages(app: Any, staff: dict[str, str]) -> None:
    for number, payload in enumerate(PAYLOADS):
        owner = samples.publisher(
            title_translated={"el": f"Φορέας {payload}", "en": f"Office {payload}"}, title=""
        )
        made = samples.dataset(
            owner_org=owner["id"],
            name=f"payload-{number}",
            title_translated={"el": f"Τίτλος {payload}", "en": f"Title {payload}"},
            notes_translated={"el": f"Κείμενο {payload}", "en": f"Text {payload}"},
            contact_unit=payload,
            version=payload[:90],
            source_id=payload,
            resources=[
                {
                    "url": "https://example.gr/a.csv",
                    "name": payload,
                    "description": payload,
                    "format": payload,
                }
            ],
        )
        pages = [
            f"/dataset/{made['name']}",
            f"/dataset/edit/{made['name']}",
            f"/organization/{owner['name']}",
            "/dataset/",
        ]
        pages.append(f"/dataset/{made['name']}/resource/{made['resources'][0]['id']}")
        for page in pages + [f"/en{page}" for page in pages]:
            answer = app.get(page, headers=staff)
            assert answer.status_code == 200, page
            _assert_nothing_runs(answer.body, page, payload)


def _assert_nothing_runs(body: str, page: str, payload: str) -> None:
    soup = BeautifulSoup(body, "html.parser")
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            assert not (name.startswith("on") and "alert(1)" in text), (page, payload, element)
            is_link = name in ("href", "src", "action")
            assert not (is_link and text.strip().lower().startswith("javascript:alert")), (
                page,
                payload,
                element,
            )
    scripts = [script for script in soup.find_all("script") if script.get("type") != "application/ld+json"]
    assert not [script for script in scripts if script.string and "alert(1)" in script.string], (
        page,
        payload,
    )
    assert "{{ 7*7 }}" in body or "49" not in soup.get_text() or "7*7" not in payload


def test_a_text_of_twenty_thousand_letters_is_saved_and_found(app: Any) -> None:
    made = samples.dataset(
        notes_translated={"el": f"{LONG} μεγάλο", "en": "n" * 20_000},
        provenance_translated={"el": LONG},
        resources=[
            {
                "url": "https://example.gr/" + "a" * 1_000,
                "name": "α",
                "description_translated": {"el": "β" * 10_000},
            }
        ],
    )
    assert len(made["notes"]) > 20_000
    found = samples.act("package_search", q="name:" + made["name"])["results"]
    assert found[0]["provenance_translated"] == {"el": LONG}


def test_an_area_with_more_corners_than_a_string_of_the_index_holds_is_saved(app: Any) -> None:
    corners = [[21.70 + 0.00001 * step, 38.20 + (0.0001 if step % 2 else 0)] for step in range(4_000)]
    area = {"type": "Polygon", "coordinates": [[*corners, [21.75, 38.19], corners[0]]]}
    made = samples.dataset(spatial=json.dumps(area))
    assert len(made["spatial"]) > 32_766
    assert samples.act("package_search", q="name:" + made["name"])["count"] == 1


@pytest.mark.usefixtures("with_request_context")
def test_a_free_extra_cannot_break_the_index_or_stand_twice() -> None:
    extras = [{"key": key, "value": "word"} for key in (*index.TYPED, "vocab_theme", "some_date", "site_id")]
    made = samples.dataset(extras=extras)
    assert samples.act("package_search", q="word")["results"][0]["id"] == made["id"]
    twice = [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]
    assert samples.refusal("package_create", **samples.fields(name="twice", extras=twice)) == {
        "extras_validation": ['Duplicate key "a"']
    }
