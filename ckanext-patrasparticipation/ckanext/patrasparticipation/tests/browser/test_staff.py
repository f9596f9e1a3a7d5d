"""What staff see first, in Greek: steps, what waits, an invitation, the guide; at any width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .conftest import Open
from .test_axe import WIDTHS, at_every_width, told, violations


def test_staff_find_their_steps_put_them_away_and_call_them_back(
    tab: Open, logged_in: Any, bins: dict[str, Any], pictures: Path
) -> None:
    watched = tab(storage_state=logged_in)
    page = watched.open("/dashboard/datasets")
    assert page.locator("html").get_attribute("lang") == "el"
    assert page.locator("h1").count() == 1
    assert page.locator(".steps > li").count() == 5
    assert page.locator(".steps > li[aria-current=step]").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
        assert watched.too_wide() == []
        watched.picture(pictures, f"first-steps-{width}")

    with page.expect_navigation(wait_until="networkidle"):
        page.locator(".first-steps form button").press("Enter")
    assert page.locator(".steps").count() == 0
    with page.expect_navigation(wait_until="networkidle"):
        page.locator(".first-steps form button").press("Enter")
    assert page.locator(".steps > li").count() == 5

    publisher = bins["organization"]["name"]
    for path in (f"/participation/invite/{publisher}", "/help/publish"):
        found = at_every_width(watched, path)
        assert not found, told(found)
        watched.picture(pictures, path)
    assert page.locator(".guide img").count() == 8
    assert page.locator(".guide a[href$='.md']").count() == 0  # a file of the documentation, not of the site
    assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth)")
    watched.open(f"/organization/members/{publisher}")
    assert page.locator(f"a[href$='/participation/invite/{publisher}']").count() == 1
    assert watched.problems == []
