"""The pages of participation in both languages: wide, narrow, dark, on the map and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue.greek_pages import english_runs

from .conftest import Open
from .test_axe import violations
from .test_reading import sound
from .world import act, token, world

__all__ = ["act", "token", "world"]

World = dict[str, dict[str, Any]]

WIDTHS = (1280, 320)
RECORDS = (
    "citizen_group/geitonia-se-kinisi",
    "initiative/skia-stis-plateies",
    "consultation/anaplasi-psilalonion",
    "consultation/kykloforia-sto-kentro",
    "consultation/paidikes-chares",
    "consultation/kanonismos-koinochriston",
    "works_project/ergo-psilalonia",
    "works_project/rampes-agias-sofias",
    "indicator/prasino-ana-katoiko",
    "indicator/diavoulefseis-to-chrono",
)
LISTS = ("participation", "consultation/", "citizen_group/", "initiative/", "works_project/", "indicator/")
OPEN_ALL = "document.querySelectorAll('main details').forEach((part) => { part.open = true; })"
BROKEN_WORDS = r"""[...document.querySelectorAll('.record-body .scroll td:not(#more td)')].flatMap((cell) => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) { broken.push(word[0]); }
    }
  }
  return broken;
})"""
"""Words in a cell of a table that stand on two lines, broken where no hyphen is."""
DRAWN = "[data-participation-places][data-drawn]"
SHOWN = "(part) => part.getClientRects().length > 0"
ADDRESS = "(link) => getComputedStyle(link, '::after').content"


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("paths", [RECORDS, LISTS], ids=["records", "lists"])
def test_row_056_the_pages_of_participation_are_sound(
    tab: Open, world: World, pictures: Path, paths: tuple[str, ...], language: str
) -> None:
    watched = tab()
    start = "/en/" if language == "en" else "/"
    for path in paths:
        page = watched.open(start + path)
        assert page.locator("html").get_attribute("lang") == language
        if language == "el":
            assert english_runs(page.content()) == [], path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            watched.picture(pictures, f"participation-{path}-{language}-{width}")
            sound(watched)
            page.evaluate(OPEN_ALL)
            sound(watched)
            assert page.evaluate(BROKEN_WORDS) == [], (path, width)
            assert violations(page) == [], (path, width)


def test_axe_finds_nothing_on_dark_pages(tab: Open, world: World) -> None:
    watched = tab(color_scheme="dark")
    for path in (RECORDS[2], RECORDS[6], RECORDS[8], LISTS[0]):
        page = watched.open(f"/{path}")
        page.evaluate(OPEN_ALL)
        assert violations(page) == [], path


def test_staff_see_the_same_pages_and_more(tab: Open, world: World, logged_in: Any) -> None:
    watched = tab(storage_state=logged_in)
    for path in (RECORDS[1], RECORDS[6], *LISTS[:2]):
        page = watched.open(f"/{path}")
        sound(watched)
        assert violations(page) == [], path
        assert page.locator("a[href*='/new']").count() or page.locator(".page-header a").count(), path


def test_a_record_and_a_list_are_drawn_on_the_map(tab: Open, world: World) -> None:
    watched = tab()
    watched.open(f"/{RECORDS[0]}").wait_for_selector(DRAWN, timeout=60_000)
    page = watched.open("/citizen_group/")
    page.locator(".list-map > summary").click()
    page.wait_for_selector(DRAWN, timeout=60_000)
    assert page.locator(DRAWN).get_attribute("data-drawn") == "1"
    assert watched.problems == []


@pytest.mark.parametrize("path", [RECORDS[2], RECORDS[6]])
def test_a_record_is_whole_on_paper(tab: Open, world: World, pictures: Path, path: str) -> None:
    watched = tab(800)
    page = watched.open(f"/{path}")
    page.emulate_media(media="print")
    watched.picture(pictures, f"participation-{path}-print")
    for gone in (".top nav", ".toolbar", ".map-frame", ".btn"):
        assert not any(part.evaluate(SHOWN) for part in page.locator(gone).all()), gone
    assert all(part.evaluate(SHOWN) for part in page.locator(".figure-table table").all())
    assert all(part.evaluate(SHOWN) for part in page.locator(".chain > li").all())
    links = page.locator(".chain a").all()
    assert links
    for link in links:
        assert link.get_attribute("href")[-12:] in link.evaluate(ADDRESS)


def test_charts_are_read_without_seeing_them(tab: Open, world: World) -> None:
    page = tab().open(f"/en/{RECORDS[2]}")
    whole = page.locator("svg[role=img]").first
    assert "accepted: 61" in whole.locator("desc").text_content()
    page.locator("#fates-words").locator("xpath=..").locator("summary").press("Enter")
    assert page.locator("#fates-words").locator("xpath=..").locator("tbody tr").count() == 4
    series = tab().open(f"/en/{RECORDS[8]}").locator("svg[role=img]")
    assert "From 2018 (3.2" in series.locator("desc").text_content()
