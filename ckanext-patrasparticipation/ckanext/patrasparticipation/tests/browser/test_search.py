"""The list of data as people use it: filters, days, the way back; with and without script, wide, narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ckanext.patrasparticipation.tests.catalogue.greek_pages import english_runs

from .conftest import Open
from .test_without import tab_to

WIDTHS = (1280, 320)
STATES = {
    "filters": "/dataset/",
    "several": "/dataset/?q=δείγμα&res_format=CSV&res_format=GeoJSON&vocab_theme=TRAN&vocab_theme=ENVI"
    "&ext_from=2020-01-01",
    "closest": "/dataset/?q=ξκάδοι&res_format=CSV",
    "empty": "/dataset/?res_format=CSV&vocab_theme=ENVI&vocab_municipal_unit=370102",
    "wrong-day": "/dataset/?res_format=CSV&ext_from=2020-13-01&ext_to=2021-01-01",
    "turned-days": "/dataset/?ext_from=2022-01-01&ext_to=2021-01-01",
    "publisher": "/organization/dimos-deigma?res_format=CSV",
}


def state(page: Any) -> list[tuple[str, str]]:
    """What the address holds."""
    return sorted(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))


def facet(name: str, label: str) -> str:
    """The link of a value of a facet."""
    return f"#facet-{name} li a:has-text('{label}')"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("name", STATES)
def test_the_list_is_sound_in_every_state(
    tab: Open, pictures: Path, name: str, language: str, width: int
) -> None:
    watched = tab(width)
    page = watched.open(("/en" if language == "en" else "") + STATES[name])
    if width == 320:
        page.locator(".filter-box > summary").click()
    watched.picture(pictures, f"search-{name}-{language}-{width}")
    assert watched.problems == []
    assert watched.too_wide() == []
    assert page.locator("h1:visible").count() == 1
    if language == "el":
        assert english_runs(page.content()) == []


def test_the_keyboard_chooses_several_values_and_the_way_back_leads_back(tab: Open) -> None:
    watched = tab()
    page = watched.open("/dataset/")
    everything = page.locator(".record").count()
    seen = [state(page)]
    for code, label in (("ENVI", "Περιβάλλον"), ("ENER", "Ενέργεια")):
        tab_to(page, f"#facet-vocab_theme li a[href*={code}]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(facet("vocab_theme", label)).get_attribute("aria-current") == "true"
        seen.append(state(page))
    assert seen[-1] == [("vocab_theme", "ENER"), ("vocab_theme", "ENVI")]
    assert page.locator(".record").count() == 2
    assert page.locator(".applied a.tag").count() == 2
    for before in reversed(seen[:-1]):
        page.go_back()
        page.wait_for_load_state()
        assert state(page) == before
    assert page.locator(".record").count() == everything
    page.go_forward()
    page.go_forward()
    page.wait_for_load_state()
    page.locator(".applied a.tag", has_text="Ενέργεια").click()
    page.wait_for_load_state()
    assert state(page) == [("vocab_theme", "ENVI")]
    assert watched.problems == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["el", "en"])
def test_without_a_script_one_form_holds_everything(tab: Open, language: str, width: int) -> None:
    watched = tab(width, java_script_enabled=False)
    page = watched.open(("/en" if language == "en" else "") + "/dataset/?res_format=CSV&res_format=GeoJSON")
    page.fill("#field-giant-search", "δείγμα")
    page.fill("#field-ext_from", "2020-01-01")
    page.fill("#field-ext_to", "2030-12-31")
    box = page.locator("#field-place option").nth(1).get_attribute("value")
    page.select_option("#field-place", box)
    page.select_option("#field-order-by", "title_sort desc")
    page.locator("#field-ext_to").press("Enter")
    page.wait_for_load_state()
    asked = [
        ("ext_bbox", box), ("ext_from", "2020-01-01"), ("ext_to", "2030-12-31"), ("q", "δείγμα"),
        ("res_format", "CSV"), ("res_format", "GeoJSON"), ("sort", "title_sort desc"),
    ]  # fmt: skip
    assert state(page) == asked
    titles = page.locator(".record h2 a").all_inner_texts()
    assert titles
    page.locator(".applied a.tag", has_text="GeoJSON").click()
    page.wait_for_load_state()
    assert state(page) == [pair for pair in asked if pair != ("res_format", "GeoJSON")]
    page.locator(".presets a").first.click()
    page.wait_for_load_state()
    assert ("q", "δείγμα") in state(page)
    assert page.locator(".presets a[aria-current]").count() == 1
    assert page.input_value("#field-ext_from").endswith("-01-01")
    assert watched.problems == []


def test_with_a_script_the_address_is_short_and_choosing_an_order_asks_at_once(tab: Open) -> None:
    watched = tab()
    page = watched.open("/dataset/")
    page.fill("#field-giant-search", "δείγμα")
    with page.expect_navigation():
        page.locator("#field-giant-search").press("Enter")
    assert state(page) == [("q", "δείγμα")]
    with page.expect_navigation():
        page.select_option("#field-order-by", "title_sort asc")
    assert state(page) == [("q", "δείγμα"), ("sort", "title_sort asc")]
    with page.expect_navigation():
        page.select_option("#field-order-by", "")
    assert state(page) == [("q", "δείγμα")]
    assert watched.problems == []


def test_a_box_on_the_map_keeps_what_was_typed(tab: Open) -> None:
    watched = tab()
    page = watched.open("/dataset/?res_format=CSV")
    page.fill("#field-giant-search", "δείγμα")
    page.fill("#field-ext_from", "2020-01-01")
    page.locator("[data-participation-place] button").click()
    page.wait_for_selector("[data-participation-place][data-drawn]", timeout=60_000)
    box = page.locator("[data-participation-place] canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] - 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**ext_bbox=**", timeout=20_000)
    assert [name for name, _value in state(page)] == ["ext_bbox", "ext_from", "q", "res_format"]
    assert page.locator(".record").count() >= 1
    assert watched.problems == []


def test_a_wrong_day_leads_to_its_field(tab: Open) -> None:
    watched = tab()
    page = watched.open(STATES["wrong-day"])
    page.locator("#search-error a").click()
    assert page.url.endswith("#field-ext_from")
    assert page.locator("#field-ext_from").get_attribute("aria-describedby") == "problem-ext_from"
    page.fill("#field-ext_from", "2020-12-01")
    with page.expect_navigation():
        page.locator("#field-ext_from").press("Enter")
    assert state(page) == [("ext_from", "2020-12-01"), ("ext_to", "2021-01-01"), ("res_format", "CSV")]
    assert page.locator("#search-error").count() == 0


def test_an_empty_answer_leads_on_and_a_search_is_a_file(tab: Open) -> None:
    watched = tab()
    page = watched.open(STATES["empty"])
    assert page.locator(".record").count() == 0
    way = page.locator(".ways a").first
    number = int(page.locator(".ways .num").first.inner_text().split()[0])
    with page.expect_navigation():
        way.click()
    assert page.locator(".record").count() == number
    with page.expect_download() as download:
        page.locator(".exports a", has_text="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == number + 1
    atom = page.locator('link[type="application/atom+xml"]').first.get_attribute("href")
    answer = page.request.get(watched.address + atom)
    assert answer.text().count("<entry>") == number
    assert watched.problems == []
