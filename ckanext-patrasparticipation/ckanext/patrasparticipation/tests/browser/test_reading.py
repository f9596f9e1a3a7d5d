"""Every page, both languages, three widths: no error, no other host, no sideways scroll, one heading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Open

WIDTHS = (1280, 640, 320)
PAGES = {
    "home": "/",
    "list": "/dataset/",
    "answer": "/dataset/?q=καδοι&sort=title_sort+asc",
    "nothing-found": "/dataset/?q=zzzzqqq",
    "publishers": "/organization/",
    "about": "/about",
    "login": "/user/login",
    "forgotten": "/user/reset",
}
EDITORS = {
    "dashboard": "/dashboard/datasets",
    "news": "/dashboard",
    "new-dataset": "/dataset/new",
    "new-publisher": "/organization/new",
    "profile": "/user/edit/tester",
    "person": "/user/tester",
    "tokens": "/user/tester/api-tokens",
    "administration": "/ckan-admin",
    "harvest": "/harvest",
}


def sound(watched: Any, headings: bool = True) -> None:
    """What holds for every page."""
    assert watched.problems == []
    assert watched.too_wide() == []
    if headings:
        assert watched.page.locator("h1:visible").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(tab: Open, pictures: Path, name: str, language: str, width: int) -> None:
    watched = tab(width)
    page = watched.open(("/en" if language == "en" else "") + PAGES[name])
    watched.picture(pictures, f"{name}-{language}-{width}")
    sound(watched)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator(".sample").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["el", "en"])
def test_a_dataset_page_is_sound(
    tab: Open, bins: dict[str, Any], pictures: Path, language: str, width: int
) -> None:
    watched = tab(width)
    page = watched.open(("/en" if language == "en" else "") + f"/dataset/{bins['name']}")
    page.wait_for_selector("[data-participation-map][data-drawn]", timeout=60_000)
    sound(watched)
    for box in page.locator(".feed-body details").all():
        box.evaluate("(box) => { box.open = true; }")
    watched.picture(pictures, f"dataset-{language}-{width}")
    sound(watched)


@pytest.mark.parametrize("part", ["csv", "geojson"])
def test_a_resource_page_is_sound(tab: Open, bins: dict[str, Any], pictures: Path, part: str) -> None:
    resource = next(found for found in bins["resources"] if found["format"].lower() == part)
    for width in WIDTHS:
        watched = tab(width)
        watched.open(f"/dataset/{bins['name']}/resource/{resource['id']}")
        watched.picture(pictures, f"resource-{part}-{width}")
        sound(watched)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EDITORS)
def test_an_editors_page_is_sound(tab: Open, logged_in: Any, pictures: Path, name: str, width: int) -> None:
    watched = tab(width, storage_state=logged_in)
    watched.open(EDITORS[name])
    watched.picture(pictures, f"{name}-{width}")
    sound(watched, headings=False)


@pytest.mark.parametrize("kind", ["edit", "resources", "activity", "groups"])
def test_a_datasets_back_pages_are_sound(
    tab: Open, logged_in: Any, bins: dict[str, Any], pictures: Path, kind: str
) -> None:
    for width in WIDTHS:
        watched = tab(width, storage_state=logged_in)
        watched.open(f"/dataset/{kind}/{bins['name']}")
        watched.picture(pictures, f"{kind}-{width}")
        sound(watched, headings=False)


@pytest.mark.parametrize(
    ("status", "path"), [(404, "/nowhere"), (403, "/ckan-admin"), (404, "/dataset/none")]
)
def test_an_error_page_says_what_to_do(tab: Open, pictures: Path, status: int, path: str) -> None:
    watched = tab(320, expected=status)
    page = watched.open(path)
    watched.picture(pictures, f"error-{status}")
    sound(watched)
    assert page.locator("main form[role=search]").count() == 1
    assert str(status) in page.locator("main").inner_text()


def test_the_dark_page_is_dark(tab: Open, pictures: Path) -> None:
    watched = tab(1280, color_scheme="dark")
    page = watched.open("/")
    watched.picture(pictures, "home-dark")
    red, green, blue = page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert red + green + blue < 150
    sound(watched)
