"""Swagger UI from our own files, under our policy, over a list that works without it."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Error

from .conftest import Open
from .test_axe import violations

READ = """async (address) => {
  const answer = await fetch(address, {headers: {}});
  return [answer.status, (await answer.json()).success];
}"""


@pytest.mark.parametrize("language", ["el", "en"])
def test_swagger_ui_shows_the_calls(tab: Open, address: str, language: str) -> None:
    watched = tab()
    page = watched.open(f"/{language}/api/docs")
    page.wait_for_selector("#swagger .opblock-tag-section")
    assert page.locator("#api-list").is_hidden()
    assert page.locator("#swagger .opblock-tag").count() == 5
    assert watched.problems == []  # nothing refused by the policy, nothing asked of another site
    page.evaluate("document.getElementById('swagger').remove()")
    page.evaluate("document.getElementById('api-list').hidden = false")
    assert violations(page) == []  # our own frame, and the list


def test_a_call_is_tried_in_the_page(tab: Open, address: str) -> None:
    page = tab().open("/en/api/docs")
    page.locator("#operations-tag-catalogue").click()
    block = page.locator("#operations-catalogue-license_list")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    block.locator(".live-responses-table .response-col_status", has_text="200").first.wait_for()


def test_a_page_of_another_origin_reads(tab: Open, address: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>elsewhere", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as elsewhere:
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        page = tab().page
        page.goto(f"http://127.0.0.1:{elsewhere.server_port}/page.html")
        for path in ("/api/3/action/package_list", "/api/3/action/datastore_search?resource_id=none"):
            status, success = page.evaluate(READ, f"{address}{path}")
            assert success is (status == 200)
        with pytest.raises(Error, match="Failed to fetch"):
            page.evaluate(READ, f"{address}/dataset/")
        elsewhere.shutdown()
