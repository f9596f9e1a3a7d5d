"""What pages say to people and to machines: Greek to Greeks, and to robots what not to read."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue.greek_pages import english_runs

from .conftest import Open

PAGES = ["/", "/dataset/", "/organization/", "/about", "/user/login", "/dataset/?q=zzzz", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_a_greek_page_speaks_greek(tab: Open, path: str) -> None:
    page = tab(expected=404).open(path)
    assert english_runs(page.content()) == []


def test_a_feeds_pages_speak_greek(tab: Open, logged_in: Any, bins: dict[str, Any]) -> None:
    resource = next(found["id"] for found in bins["resources"] if found["format"] == "CSV")
    for path in (
        f"/dataset/{bins['name']}",
        f"/dataset/{bins['name']}/resource/{resource}",
        f"/participation/feed/{bins['name']}",
        f"/participation/feed/{bins['name']}/restore/1",
    ):
        page = tab(storage_state=logged_in).open(path)
        assert english_runs(page.content()) == [], path


def test_numbers_are_written_as_greeks_write_them(tab: Open, bins: dict[str, Any]) -> None:
    assert "2.2" in tab().open(f"/dataset/{bins['name']}").locator(".facts").inner_text()
    assert "2,2" in tab().open(f"/en/dataset/{bins['name']}").locator(".facts").inner_text()


def test_robots_are_kept_from_permutations(tab: Open) -> None:
    watched = tab()
    robots = watched.page.request.get(f"{watched.address}/robots.txt").text()
    assert "Disallow: /user/" in robots
    assert watched.open("/dataset/").locator("meta[name=robots]").count() == 0
    found = watched.open("/dataset/?tags=x&sort=title_sort+asc").locator("meta[name=robots]")
    assert found.get_attribute("content") == "noindex, follow"
