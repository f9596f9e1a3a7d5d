"""The door of the forms of records: what it takes, what it leaves alone, and whom it lets in."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def editor() -> dict[str, Any]:
    """An editor (``headers``) of a publisher (``owner``)."""
    user = factories.UserWithToken()
    owner = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])
    return {"headers": {"Authorization": user["token"]}, "owner": owner["id"]}


def sent(editor: dict[str, Any], **more: str) -> dict[str, Any]:
    """What the form of a group sends when it is filled in."""
    return {
        "title_translated-el": "Φίλοι του λιμανιού",
        "notes_translated-el": "Περπατούν στο λιμάνι.",
        "mission_translated-el": "Ένα λιμάνι ανοιχτό σε όλους.",
        "group_type": "movement",
        "body_character": "civic",
        "group_status": "active",
        "legal_status": "unregistered",
        "area_of_action": "municipality",
        "verification": "self_declared",
        "activity_field": "public_space",
        "theme": "SOCI",
        "language": "ELL",
        "municipal_unit": "3701",
        "privacy_level": "no_personal_data",
        "source_system": "manual",
        "review_status": "published",
        "owner_org": editor["owner"],
        "private": "False",
        "save": "",
        **more,
    }


def post(app: Any, editor: dict[str, Any], path: str, data: dict[str, Any]) -> Any:
    return app.post(path, headers=editor["headers"], data=data, follow_redirects=False)


def page(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200, answer.body[:2000]
    return BeautifulSoup(answer.body, "html.parser")


def test_a_record_is_made_in_one_step_and_its_page_follows(app: Any, editor: dict[str, Any]) -> None:
    answer = post(app, editor, "/citizen_group/new", sent(editor))
    assert answer.headers["Location"].endswith("/citizen_group/filoi-tou-limaniou"), answer.body[:3000]
    made = samples.act("package_show", id="filoi-tou-limaniou")
    assert (made["type"], made["state"], made["resources"]) == ("citizen_group", "active", [])


def test_a_changed_record_keeps_its_files_and_its_place(app: Any, editor: dict[str, Any]) -> None:
    post(app, editor, "/citizen_group/new", sent(editor))
    made = samples.act("package_show", id="filoi-tou-limaniou")
    samples.act("resource_create", package_id=made["id"], url="https://example.gr/a.pdf", format="PDF")
    changed = sent(editor, **{"title_translated-el": "Φίλοι του παλιού λιμανιού", "name": made["name"]})
    answer = post(app, editor, f"/citizen_group/edit/{made['name']}", changed)
    assert answer.status_code == 302, answer.body[:3000]
    after = samples.act("package_show", id=made["id"])
    assert (after["title"], after["name"]) == ("Φίλοι του παλιού λιμανιού", made["name"])
    assert [one["url"] for one in after["resources"]] == ["https://example.gr/a.pdf"]


def test_what_the_form_does_not_ask_is_not_taken(app: Any, editor: dict[str, Any]) -> None:
    other = samples.dataset()
    more = {
        "state": "deleted",
        "id": other["id"],
        "type": "dataset",
        "contact_state": "x",
        "extras__0__key": "k",
    }
    post(app, editor, "/citizen_group/new", sent(editor, **more))
    made = samples.act("package_show", id="filoi-tou-limaniou")
    assert made["id"] != other["id"]
    assert (made["state"], made["type"], made.get("extras", [])) == ("active", "citizen_group", [])
    assert samples.act("package_show", id=other["id"])["state"] == "active"


def test_markup_in_what_was_typed_is_text_on_the_page(app: Any, editor: dict[str, Any]) -> None:
    asked = f"/citizen_group/new?title_translated-el={SCRIPT}&alt_names={SCRIPT}&member_of={SCRIPT}"
    shown = page(app.get(asked, headers=editor["headers"]))
    assert shown.select_one("#field-title_translated-el")["value"] == SCRIPT
    wrong = sent(editor, **{"founding_year": SCRIPT, "member_of": SCRIPT, "alt_names-0-name": SCRIPT})
    shown = page(post(app, editor, "/citizen_group/new", wrong))
    assert shown.select_one("#field-founding_year")["value"] == SCRIPT
    assert "alert(1)" not in "".join(one.text for one in shown.select("script"))


@pytest.mark.parametrize(
    "data",
    [
        {"alt_names": "x", "alt_names-0-name": "y"},
        {"alt_names-0": "x"},
        {"alt_names__0__name": "x"},
        {"title_translated-el": "Ω" * 100_000},
        {"activity_field": ["x"] * 2000},
        {"spatial": "[" * 50_000},
        {f"alt_names-{n}-name": "όνομα" for n in range(900)},
    ],
)
def test_no_form_however_odd_breaks_the_page(app: Any, editor: dict[str, Any], data: dict[str, Any]) -> None:
    answer = post(app, editor, "/citizen_group/new", {**sent(editor), **data})
    assert answer.status_code in (200, 302, 400, 413)


def test_strangers_and_other_publishers_editors_are_kept_out(app: Any, editor: dict[str, Any]) -> None:
    post(app, editor, "/citizen_group/new", sent(editor, private="True"))
    stranger = factories.UserWithToken()
    rival = {"headers": {"Authorization": stranger["token"]}, "owner": editor["owner"]}
    samples.publisher(users=[{"name": stranger["name"], "capacity": "editor"}], name="allos-foreas")
    edit = "/citizen_group/edit/filoi-tou-limaniou"
    assert app.get(edit, headers=rival["headers"]).status_code == 404
    assert post(app, rival, edit, sent(editor)).status_code == 404
    assert samples.act("package_show", id="filoi-tou-limaniou")["private"] is True
    assert app.get("/citizen_group/new").status_code == app.get("/dataset/new").status_code == 404
    assert app.get("/participation/new").status_code == 403
    assert app.get("/citizen_group/edit/den-yparchei", headers=editor["headers"]).status_code == 404
    made = post(app, rival, "/citizen_group/new", sent(editor, name="xena"))
    assert made.status_code in (200, 403)
    with pytest.raises(tk.ObjectNotFound):
        samples.act("package_show", id="xena")


def test_the_address_of_another_type_leads_to_the_records_own_form(app: Any, editor: dict[str, Any]) -> None:
    post(app, editor, "/citizen_group/new", sent(editor))
    headers = editor["headers"]
    answer = app.get("/initiative/edit/filoi-tou-limaniou", headers=headers, follow_redirects=False)
    assert answer.headers["Location"].endswith("/citizen_group/edit/filoi-tou-limaniou")


def test_ckans_words_call_a_record_by_its_own_name(app: Any, editor: dict[str, Any]) -> None:
    post(app, editor, "/citizen_group/new", sent(editor))
    shown = page(app.get("/citizen_group/delete/filoi-tou-limaniou", headers=editor["headers"]))
    assert "Ομάδα πολιτών" in shown.select_one("main, [role=main], .module-content").text
    shown = page(app.get("/citizen_group/new", headers=editor["headers"]))
    assert shown.title.text.startswith("Νέα εγγραφή: Ομάδα πολιτών")
    assert shown.select_one(".toolbar").text.split()[-2:] == ["Ομάδα", "πολιτών"]
