"""The map of a feed really draws, says its rows as text, and steps aside where it cannot draw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from .conftest import Open, press

DRAWN = "[data-participation-map][data-drawn]"
COLOURS = """() => {
  const figure = document.querySelector('[data-participation-map]');
  const canvas = figure.querySelector('canvas');
  figure.chart.triggerRepaint();
  return new Promise((done) => figure.chart.once('render', () => {
    const size = {width: canvas.width, height: canvas.height};
    const copy = Object.assign(document.createElement('canvas'), size);
    const pen = copy.getContext('2d');
    pen.drawImage(canvas, 0, 0);
    const data = new Uint32Array(pen.getImageData(0, 0, copy.width, copy.height).data.buffer);
    done(new Set(data).size);
  }));
}"""
HOSTILE = "<img src=x onerror=\"document.title='broken in'\">"


def shown(watched: Any, path: str) -> Page:
    page: Page = watched.open(path)
    page.wait_for_selector(DRAWN, timeout=60_000)
    return page


def test_the_map_draws_ground_and_rows(tab: Open, bins: dict[str, Any]) -> None:
    watched = tab()
    page = shown(watched, f"/dataset/{bins['name']}")
    assert page.evaluate(COLOURS) > 8  # sea, land, border, and points with their soft edges
    assert int(page.locator(DRAWN).get_attribute("data-drawn") or 0) > 100
    assert page.locator(".legend li").count() >= 2
    assert page.locator(".map-note").count() == 0
    assert watched.problems == []


def test_a_popup_says_everything_as_text(tab: Open, bins: dict[str, Any]) -> None:
    watched = tab()

    def spoil(route: Route) -> None:
        answer = route.fetch()
        rows = json.loads(answer.body())
        for feature in rows["features"]:
            feature["geometry"] = {"type": "Point", "coordinates": [21.7346, 38.2466]}
            feature["properties"] = {**feature["properties"], "asset_id": HOSTILE}
        route.fulfill(status=200, content_type="application/geo+json", body=json.dumps(rows))

    watched.page.route(
        "**/*.geojson", lambda route: spoil(route) if "/feed/" in route.request.url else route.continue_()
    )
    page = shown(watched, f"/dataset/{bins['name']}")
    box = page.locator("canvas.maplibregl-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    popup = page.locator(".maplibregl-popup-content")
    popup.wait_for(timeout=20_000)
    assert HOSTILE in popup.inner_text()
    assert popup.locator("img").count() == 0
    assert page.title() != "broken in"
    assert watched.problems == []


def test_without_webgl_the_page_says_so_and_keeps_its_table(tab: Open, bins: dict[str, Any]) -> None:
    watched = tab()
    watched.page.add_init_script(
        "const plain = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : plain.call(this, kind, ...rest); };"
    )
    page = watched.open(f"/dataset/{bins['name']}")
    page.wait_for_selector("[data-participation-map][data-failed]", timeout=30_000)
    assert page.locator(".map-note").is_visible()
    assert page.locator("#rows tbody tr").count() > 3


def test_a_box_drawn_on_the_map_becomes_part_of_the_address(tab: Open, pictures: Path) -> None:
    watched = tab()
    page = watched.open("/dataset/?q=")
    page.locator("[data-participation-place] button").click()
    page.wait_for_selector("[data-participation-place][data-drawn]", timeout=60_000)
    watched.picture(pictures, "place")
    box = page.locator("[data-participation-place] canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] - 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**ext_bbox=**", timeout=20_000)
    assert page.locator(".record").count() >= 1
    press(page, page.locator(".applied a").first)
    assert "ext_bbox" not in page.url
    assert watched.problems == []
