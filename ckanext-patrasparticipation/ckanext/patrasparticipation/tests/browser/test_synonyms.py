"""The page of the search's words, in a browser: looked at, added, removed, without trouble at any width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from . import test_axe
from .conftest import Open, press

PAGE = "/participation/synonyms"


def test_a_reader_is_turned_away(tab: Open, city: None) -> None:
    page = tab(expected=403).open(PAGE)
    assert "403" in page.locator("main").inner_text()


@pytest.mark.parametrize(("language", "width"), [("el", 1280), ("en", 320)])
def test_staff_look_at_a_group_add_it_and_remove_it(
    tab: Open, logged_in: Any, city: None, pictures: Path, language: str, width: int
) -> None:
    watched = tab(width, storage_state=logged_in)
    page = watched.open(PAGE if language == "el" else f"/en{PAGE}")
    page.fill("#synonym-words", "κάδος, τενεκές απορριμμάτων")
    page.fill("#synonym-why", "Για τη δοκιμή.")
    press(page, page.locator("button[value=preview]"))
    assert page.locator(".synonyms-preview dt").all_inner_texts() == ["κάδος", "τενεκές απορριμμάτων"]
    assert page.locator(".synonyms-preview li").count() >= 1
    watched.picture(pictures, f"synonyms-{language}-{width}")
    assert watched.too_wide() == []
    page.locator(".synonyms-theme summary").first.click()
    assert test_axe.violations(page) == []

    press(page, page.locator("button[value=add]"))
    assert page.locator("#state.notice").count() == 1
    row = page.locator(".synonyms-groups tbody tr")
    assert row.count() == 1
    press(page, row.locator("button"))
    assert page.locator(".synonyms-groups").count() == 0
    assert page.input_value("#synonym-words") == "κάδος\nτενεκές απορριμμάτων"
    assert watched.problems == []


def test_a_form_without_its_token_is_refused(tab: Open, logged_in: Any, city: None) -> None:
    watched = tab(storage_state=logged_in)
    watched.open(PAGE)
    for address in (PAGE, f"{PAGE}/1/delete", f"{PAGE}/apply"):
        assert watched.page.request.post(watched.address + address).status == 400


def test_the_dashboard_and_the_administration_lead_there(tab: Open, logged_in: Any, city: None) -> None:
    watched = tab(storage_state=logged_in)
    for address in ("/dashboard/datasets", "/ckan-admin/"):
        page = watched.open(address)
        assert page.locator(f"a[href$='{PAGE}']").count() == 1, address
