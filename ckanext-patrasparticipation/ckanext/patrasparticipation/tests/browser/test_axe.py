"""axe-core finds nothing on the pages a reader searches with, in both languages, wide and at 320 px."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import Open
from .watch import Watched

WIDTHS = (1280, 320)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # axe ships it switched off
}
Found = dict[str, list[str]]
PAGES = {
    "home": "/",
    "list": "/dataset/",
    "answer": "/dataset/?q=καδοι",
    "filtered": "/dataset/?q=δείγμα&res_format=CSV&res_format=GeoJSON&vocab_theme=TRAN&vocab_theme=ENVI"
    "&ext_from=2020-01-01",
    "wrong-day": "/dataset/?ext_from=2020-13-01&ext_to=2021-01-01",
    "closest": "/dataset/?q=κάδι+απορριγμάτων",
    "nothing": "/dataset/?q=ξψωζξψωζ",
    "publishers": "/organization/",
    "publisher": "/organization/{publisher}",
    "publisher-answer": "/organization/{publisher}?q=καδοι",
}
SYNONYMS = "/participation/synonyms?words=κάδος%2C+σκουπίδια"
OPEN = "document.querySelectorAll('.filter-box').forEach((box) => { box.open = true; })"
BOX = "[role=search] input[name=q][data-participation-suggest]"


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands: rule, why, and the first elements."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): " + " · ".join(str(node["html"])[:200] for node in rule["nodes"][:3])
        for rule in found
    ]


def at_every_width(watched: Watched, path: str) -> Found:
    """Where each violation of one page stands: the address and the width."""
    page = watched.open(path)
    found: Found = defaultdict(list)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(OPEN)
        for told in violations(page):
            found[told].append(f"{path} at {width} px")
    return found


def on_all(watched: Watched, paths: Iterable[str]) -> Found:
    """The same over several pages, so that a fault of every page is told once."""
    found: Found = defaultdict(list)
    for path in paths:
        for told, places in at_every_width(watched, path).items():
            found[told] += places
    return found


def told(found: Found) -> str:
    """Each violation and the places where it stands, as a person reads it."""
    return "\n".join(f"{rule}\n    " + "\n    ".join(places) for rule, places in found.items())


@pytest.mark.parametrize("language", ["el", "en"])
def test_axe_finds_nothing_on_the_search_pages(tab: Open, bins: dict[str, Any], language: str) -> None:
    watched = tab()
    start = "/en" if language == "en" else ""
    paths = [start + path.format(publisher=bins["organization"]["name"]) for path in PAGES.values()]
    found = on_all(watched, paths)
    assert not found, told(found)
    assert watched.problems == []
    assert watched.open(start + PAGES["closest"]).locator("main .alert[role=status]").count() == 1


@pytest.mark.parametrize("start", ["", "/en"])
def test_axe_finds_nothing_where_something_is_suggested(tab: Open, start: str) -> None:
    page = tab().open(f"{start}/dataset/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.fill(BOX, "")
        page.locator(BOX).press_sequentially("pa")
        page.wait_for_selector(".suggestions [role=option]")
        page.keyboard.press("ArrowDown")
        assert violations(page) == [], width


@pytest.mark.parametrize("start", ["", "/en"])
def test_axe_finds_nothing_where_staff_look_after_synonyms(tab: Open, logged_in: Any, start: str) -> None:
    watched = tab(storage_state=logged_in)
    page = watched.open(start + SYNONYMS)
    page.locator("button[value=preview]").click()
    page.wait_for_selector(".synonyms-preview")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width


def test_axe_finds_nothing_on_the_dark_list(tab: Open, bins: dict[str, Any]) -> None:
    found = on_all(tab(color_scheme="dark"), [PAGES["filtered"], PAGES["closest"], PAGES["nothing"]])
    assert not found, told(found)


def test_axe_sees_a_field_without_a_name(tab: Open) -> None:
    page = tab().open("/dataset/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any(rule.startswith("label") for rule in violations(page))
