"""The search boxes while somebody types: keys, fingers, what a screen reader hears; and without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Open
from .test_axe import violations

BOX = "input[name=q][data-participation-suggest]"
OPTION = ".suggestions [role=option]"
ACTION = "**/participation_search_suggest**"


def typed(page: Page, text: str) -> None:
    """Type as a person does, and wait until something is suggested."""
    page.locator(BOX).press_sequentially(text, delay=20)
    page.wait_for_selector(OPTION)


def active(page: Page) -> str:
    """The text of the suggestion that a screen reader stands on; empty while it stands in the field."""
    pointed = page.locator(BOX).get_attribute("aria-activedescendant")
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    if not pointed:
        assert chosen.count() == 0
        return ""
    assert chosen.get_attribute("id") == pointed
    return chosen.inner_text()


@pytest.mark.parametrize(("language", "told"), [("", "προτάσεις"), ("/en", "suggestions")])
def test_the_keyboard_chooses_and_a_screen_reader_hears_it(tab: Open, language: str, told: str) -> None:
    watched = tab()
    page = watched.open(f"{language}/")
    box, options = page.locator(BOX), page.locator(OPTION)
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    typed(page, "pa")
    count = options.count()
    assert count > 2
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#{box.get_attribute('aria-controls')}")).to_have_role("listbox")
    expect(page.locator(".search [role=status]")).to_have_text(f"{count} {told}")
    for group in page.locator(".suggestions [role=group]").all():
        assert page.locator(f"#{group.get_attribute('aria-labelledby')}").inner_text()
    assert active(page) == ""
    walk = [(page.keyboard.press("ArrowDown"), active(page))[1] for _each in range(count + 2)]
    assert walk == [*options.all_inner_texts(), "", options.first.inner_text()]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active(page) == options.last.inner_text()
    page.keyboard.press("Home")
    assert active(page) == ""
    assert box.evaluate("field => [field.value, field.selectionStart]") == ["pa", 0]
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    address = options.first.get_attribute("data-url") or ""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path == address
    assert address.startswith(f"{language}/dataset/")
    assert watched.problems == []


def test_enter_without_a_choice_searches_and_escape_only_closes(tab: Open) -> None:
    watched = tab()
    page = watched.open("/dataset/")
    box = page.locator(BOX)
    typed(page, "κάδ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()
    assert (box.input_value(), active(page)) == ("κάδ", "")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")  # opens again
    page.wait_for_selector(OPTION)
    page.keyboard.press("Tab")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(page.locator(".search button")).to_be_focused()
    box.focus()
    page.keyboard.press("End")
    typed(page, "οι")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["κάδοι"]
    assert watched.problems == []


def test_letters_are_asked_once_and_a_late_answer_is_dropped(tab: Open) -> None:
    page = tab().open("/")
    asked: list[str] = []
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(parse_qs(urlsplit(route.request.url).query)["q"][0])
        waiting.append(route) if asked[-1] == "pa" else route.continue_()

    page.route(ACTION, answer)
    box = page.locator(BOX)
    box.press_sequentially("p", delay=20)
    page.wait_for_timeout(400)
    assert asked == []
    box.press_sequentially("a")
    page.wait_for_timeout(400)
    box.press_sequentially("tra", delay=20)
    page.wait_for_selector(OPTION)
    assert asked == ["pa", "patra"]
    shown = page.locator(OPTION).all_inner_texts()
    late = {"success": True, "result": {"suggestions": [{"kind": "record", "title": "late", "url": "/"}]}}
    waiting[0].fulfill(json=late)
    page.wait_for_timeout(200)
    assert page.locator(OPTION).all_inner_texts() == shown
    box.fill("ξψωζ")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(page.locator(".search [role=status]")).to_have_text("Καμία πρόταση")
    box.fill("")
    expect(page.locator(".search [role=status]")).to_have_text("")


def test_what_the_site_answers_is_text_and_leads_nowhere_else(tab: Open) -> None:
    page = tab().open("/")
    markup = "<img src=x onerror=document.title='owned'>"
    foreign = {"kind": "record", "title": markup, "url": "https://elsewhere.example/", "detail": markup}
    page.route(
        ACTION, lambda route: route.fulfill(json={"success": True, "result": {"suggestions": [foreign]}})
    )
    typed(page, "pa")
    assert page.locator(f"{OPTION} img").count() == 0
    assert markup in page.locator(OPTION).inner_text()
    page.locator(OPTION).click()
    page.wait_for_timeout(200)
    assert urlsplit(page.url).path == "/"
    page.unroute(ACTION)
    page.route(ACTION, lambda route: route.abort())
    page.locator(BOX).press_sequentially("tra")
    page.wait_for_timeout(500)
    expect(page.locator(".suggestions")).to_be_hidden()


def test_a_finger_chooses_at_320_px_and_nothing_moves(tab: Open, pictures: Path) -> None:
    watched = tab(320, has_touch=True, is_mobile=True)
    page = watched.open("/dataset/")
    before = page.locator("main").bounding_box()
    typed(page, "pa")
    assert page.locator("main").bounding_box() == before
    assert watched.too_wide() == []
    assert all((each.bounding_box() or {})["height"] >= 44 for each in page.locator(OPTION).all())
    assert violations(page) == []
    watched.picture(pictures, "suggestions-320")
    place = page.locator(OPTION).filter(has_text="Δημοτική ενότητα").first
    with page.expect_navigation():
        place.tap()
    assert "ext_bbox=" in page.url
    assert page.locator(".applied").is_visible()
    assert watched.problems == []


def test_every_box_suggests_what_its_page_is_about(tab: Open, bins: dict[str, Any], pictures: Path) -> None:
    publisher = bins["organization"]["name"]
    expected: dict[str, Callable[[str], bool]] = {
        "/organization/": lambda url: url.startswith("/organization/"),
        f"/organization/{publisher}": lambda url: url.startswith("/dataset/sample-"),
        "/nowhere": lambda url: url.startswith("/"),
    }
    for path, fits in expected.items():
        watched = tab(expected=404 if path == "/nowhere" else 200)
        page = watched.open(path)
        typed(page, "deig")
        urls = [each.get_attribute("data-url") or "" for each in page.locator(OPTION).all()]
        assert urls, path
        assert all(fits(url) for url in urls), (path, urls)
        watched.picture(pictures, f"suggestions{path}")
        assert watched.problems == []


def test_without_a_script_the_box_is_a_plain_search(tab: Open) -> None:
    page = tab(java_script_enabled=False).open("/")
    box = page.locator("input[name=q]")
    assert box.get_attribute("role") is None
    assert page.locator(".suggestions").count() == 0
    box.fill("κάδοι")
    with page.expect_navigation():
        box.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["κάδοι"]
    assert page.locator(".record, .dataset-item").count() > 0
