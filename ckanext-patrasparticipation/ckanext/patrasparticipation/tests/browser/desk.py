"""An editor's desk: a browser driven by keys, files as departments keep them, and what the API says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from playwright.sync_api import Page

from .watch import Watched

PASSWORD = "ena-makri-synthima-7"
HEADER = "Κωδικός;Οδός;Ισχύς (W);Ύψος (m)"
FOCUSED = "(wanted) => document.activeElement.matches(wanted)"
CHOICE = "(list, value) => [...list.options].findIndex((option) => option.value === value)"
OPEN_ALL = "document.querySelectorAll('main details').forEach((part) => { part.open = true; })"
STEPS = 160  # controls of a long form


def reach(page: Page, selector: str) -> None:
    """Press Tab until that element has the focus."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard at {page.url}")


def press(page: Page, selector: str) -> None:
    """Reach a button or a link, press Enter, and wait for the page that follows."""
    reach(page, selector)
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")


def write(page: Page, selector: str, text: str) -> None:
    """Reach a field and type."""
    reach(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def tick(page: Page, selector: str) -> None:
    """Reach a checkbox and press the space bar."""
    reach(page, selector)
    page.keyboard.press("Space")


def choose(page: Page, selector: str, value: str) -> None:
    """Reach a list and choose with the arrows."""
    reach(page, selector)
    page.keyboard.press("Home")
    for _step in range(page.eval_on_selector(selector, CHOICE, value)):
        page.keyboard.press("ArrowDown")
    assert page.input_value(selector) == value


def give(page: Page, name: str, content: bytes, selector: str = "#another-file") -> None:
    """Choose a file, which is the one thing that a page cannot be told by keys; check it by Enter."""
    page.set_input_files(selector, {"name": name, "mimeType": "text/csv", "buffer": content})
    if selector == "#another-file":
        press(page, "#another button")


def publish(watched: Watched) -> str:
    """Publish what is being looked at; gives the sentence that says so on the table's own page."""
    page = watched.page
    reach(page, "#verdict .main-action")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#publish"
    press(page, "button[value=publish]")
    assert "/table" not in page.url, page.locator("main").inner_text()[:800]
    return page.locator(".flash-messages").inner_text()


def text(rows: int, header: str = HEADER, wrong: int = -1) -> bytes:
    """A semicolon file with decimal commas, in windows-1253."""
    cells = ("Φ{n:04d}", "Κορίνθου", "{power}", "6,5")[: header.count(";") + 1]
    line = ";".join(cells)
    lines = [line.format(n=n, power="πολλά" if n == wrong else 70 + n % 3) for n in range(rows)]
    return "\n".join([header, *lines, ""]).encode("windows-1253")


def workbook(folder: Path) -> bytes:
    """A sheet as a department keeps it: a title above, totals below."""
    path = folder / "kadoi.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Κάδοι")
        sheet.write(0, 0, "Κάδοι του Δήμου, 2024")
        sheet.write_row(2, 0, ["Κωδικός", "Γειτονιά", "Χωρητικότητα (l)", "Τελευταία πλύση"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for n in range(40):
            sheet.write_row(3 + n, 0, [f"Κ{n:03d}", ["Ζαρουχλέικα", "Άνω Πόλη"][n % 2], 1100])
            sheet.write_number(3 + n, 3, 45_300 + n, day)
        sheet.write(43, 0, "ΣΥΝΟΛΟ")
        sheet.write(43, 2, 44_000)
    return path.read_bytes()


def resource_of(page: Page) -> str:
    """The id of the resource whose page this is."""
    return page.url.split("/resource/")[1].split("/")[0].split("?")[0].split("#")[0]


def asked(watched: Watched, action: str, **query: Any) -> Any:
    """The answer of a reading action, with the editor's cookies."""
    answer = watched.page.request.get(f"{watched.address}/api/3/action/{action}?{urlencode(query)}")
    assert answer.ok, answer.text()[:300]
    return answer.json()["result"]


def kinds(watched: Watched, resource: str) -> dict[str, str]:
    """The types of a table's columns."""
    fields = asked(watched, "datastore_info", id=resource)["fields"]
    return {field["id"]: field["type"] for field in fields if not field["id"].startswith("_")}


def rows(watched: Watched, resource: str, **filters: str) -> dict[str, Any]:
    """The rows of a table that fit."""
    found: dict[str, Any] = asked(
        watched, "datastore_search", resource_id=resource, filters=json.dumps(filters)
    )
    return found
