"""The cockpit of a feed: its editors see its runs, ask for one, and are asked before a version comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Open, press


def test_a_reader_is_turned_away(tab: Open, bins: dict[str, Any]) -> None:
    page = tab(expected=403).open(f"/participation/feed/{bins['name']}")
    assert "403" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_an_editor_sees_runs_and_versions(
    tab: Open, logged_in: Any, bins: dict[str, Any], pictures: Path, width: int
) -> None:
    watched = tab(width, storage_state=logged_in)
    page = watched.open(f"/participation/feed/{bins['name']}")
    watched.picture(pictures, f"cockpit-{width}")
    assert page.locator("table").nth(0).locator("tbody tr").count() == 1
    assert page.locator("table").nth(1).locator("tbody tr").count() == 1
    assert watched.problems == []
    assert watched.too_wide() == []


def test_an_editor_asks_for_a_run(tab: Open, logged_in: Any, bins: dict[str, Any]) -> None:
    watched = tab(storage_state=logged_in)
    page = watched.open(f"/participation/feed/{bins['name']}")
    press(page, page.locator("main form button"))
    assert page.locator(".flash-messages .alert").count() == 1
    assert watched.problems == []


def test_a_version_comes_back_only_after_a_question(
    tab: Open, logged_in: Any, bins: dict[str, Any], pictures: Path
) -> None:
    watched = tab(storage_state=logged_in)
    page = watched.open(f"/participation/feed/{bins['name']}/restore/1")
    watched.picture(pictures, "restore")
    assert page.locator("main form").get_attribute("method") == "post"
    page.locator("main form a").click()
    page.wait_for_url(f"**/participation/feed/{bins['name']}")
    assert watched.problems == []


def test_a_form_without_its_token_is_refused(tab: Open, logged_in: Any, bins: dict[str, Any]) -> None:
    watched = tab(storage_state=logged_in)
    address = f"{watched.address}/participation/feed/{bins['name']}/harvest"
    assert watched.page.request.post(address).status == 400
