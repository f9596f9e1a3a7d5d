"""Without a script, without a mouse, on paper: the way from the first page to a file stays open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .conftest import Open

FOCUS = (
    "() => { const at = document.activeElement; return [at.tagName, at.className, at.textContent.trim()]; }"
)
STEPS = 80


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until that element has the focus; fail when the way does not lead there."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            within = page.evaluate("Boolean(document.activeElement.closest('.search'))")
            assert outline != "none" or within, f"{selector} has the focus and does not show it"
            return
    raise AssertionError(f"{selector} cannot be reached; the focus stands at {page.evaluate(FOCUS)}")


def test_the_keyboard_leads_from_the_first_page_to_a_file(tab: Open) -> None:
    watched = tab()
    page = watched.open("/")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=q]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/?q=**")
    tab_to(page, ".facets li a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    tab_to(page, ".record h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/sample-*")
    tab_to(page, ".download .main-action")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


def test_everything_can_be_done_without_a_script(tab: Open, bins: dict[str, Any], pictures: Path) -> None:
    watched = tab(320, java_script_enabled=False)
    page = watched.open("/dataset/")
    page.locator("#field-place").select_option(index=1)
    page.locator("#field-place ~ button").click()
    page.wait_for_load_state()
    assert "ext_bbox=" in page.url
    page.locator("select[name=sort]").select_option("title_sort asc")
    page.locator(".sorting button").click()
    page.wait_for_load_state()
    assert "sort=title_sort" in page.url
    assert "ext_bbox=" in page.url
    page = watched.open(f"/dataset/{bins['name']}")
    watched.picture(pictures, "dataset-without-script")
    assert page.locator(".map-note").is_visible()
    assert page.locator("#rows tbody tr").count() > 3
    assert page.locator(".download .main-action").get_attribute("href")
    assert watched.problems == []


def test_a_page_can_be_printed(tab: Open, bins: dict[str, Any]) -> None:
    watched = tab()
    page = watched.open(f"/dataset/{bins['name']}")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("#rows table").is_visible()
    assert not page.locator(".top nav").is_visible()
    assert not page.locator(".download .btn").is_visible()


def test_forced_colours_keep_the_bins_and_the_borders(tab: Open, pictures: Path) -> None:
    watched = tab(1280, forced_colors="active")
    page = watched.open("/")
    watched.picture(pictures, "home-forced-colours")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopStyle") == "solid"
    assert watched.problems == []
