"""An editor of an organisation makes tables of spreadsheets: in Greek, by keyboard, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import xlsxwriter
from playwright.sync_api import Page

from ckanext.patrasparticipation import harvesters

from .conftest import Open
from .test_axe import WIDTHS, violations
from .test_without import tab_to
from .watch import Watched

EDITOR = ("syntaktria", "ena-makri-synthima-7")
NAME = "fotistika-tis-dokimis"
DATA = Path(
    os.environ.get("PATRAS_SHARED", Path(harvesters.__file__).resolve().parents[2] / "shared" / "data")
)
FAULTY = DATA / "municipal" / "faults" / "03_cp1253.csv"
SIGHT = "(wanted) => document.activeElement.matches(wanted)"

Act = Callable[..., Any]


@pytest.fixture(scope="module")
def act(city: None, address: str) -> Act:
    """Calls an action as the site's administrator."""
    ini = os.environ["PATRAS_INI"]
    command = [
        str(Path(sys.executable).with_name("ckan")),
        "-c",
        ini,
        "user",
        "token",
        "add",
        "tester",
        "tables",
    ]
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"CKAN_INI": ini}
    )
    token = told.stdout.split()[-1]

    def call(action: str, **data: Any) -> Any:
        headers = {"Authorization": token, "Content-Type": "application/json"}
        asked = Request(f"{address}/api/3/action/{action}", json.dumps(data).encode(), headers)
        with urlopen(asked) as answer:
            return json.load(answer)["result"]

    return call


@pytest.fixture(scope="module")
def editor(act: Act, address: str) -> Iterator[dict[str, Any]]:
    """An organisation with an editor who has never been here; both are gone afterwards."""
    name, password = EDITOR
    act("user_create", name=name, email="syntaktria@patras.example", password=password)
    made = act(
        "organization_create",
        name="dimos-dokimon",
        title="Δήμος Δοκιμών",
        contact_email="anoixta@patras.example",
        users=[{"name": name, "capacity": "editor"}],
    )
    yield {"organization": made["id"]}
    for found in act("package_search", fq=f"owner_org:{made['id']}", include_private=True)["results"]:
        act("dataset_purge", id=found["id"])
    act("organization_purge", id=made["id"])
    act("user_delete", id=name)


@pytest.fixture(scope="module")
def seat(editor: dict[str, Any], browser: Any, address: str, pictures: Path) -> Iterator[Watched]:
    """The editor's browser: one window for the whole story, in Greek."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="el-GR")
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Watched(page, address)
    context.close()


def press(page: Page, selector: str) -> None:
    """Reach a button or a link by Tab, press Enter, and wait for the page that follows."""
    tab_to_far(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def tab_to_far(page: Page, selector: str, steps: int = 160) -> None:
    """Press Tab until that element has the focus; a long form has many controls."""
    for _step in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate(SIGHT, selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def write(page: Page, selector: str, text: str) -> None:
    """Reach a field by Tab and type."""
    tab_to_far(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def give(page: Page, selector: str, name: str, content: bytes) -> None:
    """Choose a file (the one thing that a page cannot be told by keys)."""
    page.set_input_files(selector, {"name": name, "mimeType": "text/csv", "buffer": content})


def text(rows: int, header: str = "Κωδικός;Οδός;Ισχύς (W);Ύψος (m)", wrong: int = -1) -> bytes:
    """A semicolon file with decimal commas, in windows-1253."""
    cells = ("Φ{n:04d}", "Κορίνθου", "{power}", "6,5")[: header.count(";") + 1]
    lines = [";".join(cells).format(n=n, power="πολλά" if n == wrong else 70 + n % 3) for n in range(rows)]
    return "\n".join([header, *lines, ""]).encode("windows-1253")


def workbook(folder: Path) -> bytes:
    """A sheet as a department keeps it: a title above, totals below."""
    path = folder / "κάδοι.xlsx"
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
    return page.url.split("/resource/")[1].split("/")[0].split("?")[0]


def asked(page: Page, address: str, action: str, **query: Any) -> Any:
    """A reading action, asked with the editor's cookies."""
    answer = page.request.get(f"{address}/api/3/action/{action}?{urlencode(query)}")
    assert answer.ok, answer.text()[:300]
    return answer.json()["result"]


def kinds(page: Page, address: str, resource: str) -> dict[str, str]:
    """The types of a table's columns."""
    fields = asked(page, address, "datastore_info", id=resource)["fields"]
    return {field["id"]: field["type"] for field in fields if not field["id"].startswith("_")}


def publish(watched: Watched) -> str:
    """Press Publish and land on the table's own page; gives the sentence that says so."""
    tab_to_far(watched.page, "#verdict .main-action")
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("location.hash") == "#publish"
    press(watched.page, "button[value=publish]")
    assert "/table" not in watched.page.url, watched.page.locator("main").inner_text()[:800]
    return watched.page.locator(".flash-messages").inner_text()


def test_an_editor_logs_in_makes_a_dataset_and_publishes_its_first_table(
    seat: Watched, editor: dict[str, Any], pictures: Path
) -> None:
    if not FAULTY.is_file():
        pytest.skip(f"no real samples at {DATA} (set PATRAS_SHARED to the folder that holds municipal/)")
    page = seat.open("/user/login")
    write(page, "#field-login", EDITOR[0])
    write(page, "#field-password", EDITOR[1])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page = seat.open("/dataset/new")
    write(page, "#field-title_translated-el", "Φωτιστικά της δοκιμής")
    write(page, "#field-name", NAME)
    write(page, "#field-notes_translated-el", "Τα φωτιστικά, όπως τα κρατά η υπηρεσία.")
    tab_to_far(page, "#field-theme-TRAN")
    page.keyboard.press("Space")
    choose(page, "#field-license_id", "CC_BY_4_0")
    choose(page, "#field-private", "False")
    press(page, "button[name=save]:last-of-type")
    assert page.url.endswith("/resource/new"), page.locator("main").inner_text()[:600]
    assert "γίνονται πίνακες" in page.locator("#field-upload-help").inner_text()
    seat.picture(pictures, "staff-form")

    page.set_input_files("#field-upload", FAULTY)
    press(page, "button[value=go-metadata]")
    assert page.url.endswith("/table")
    assert page.locator("#verdict h2").inner_text() == "Ο πίνακας είναι έτοιμος για δημοσίευση"
    read = page.locator("#reading dl").inner_text()
    assert "windows-1253" in read
    assert "ΕΓΣΑ87" in read
    seat.picture(pictures, "staff-check")
    resource = resource_of(page)
    stranger = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    told = stranger.goto(f"{seat.address}/dataset/{NAME}")
    assert told
    assert "ελέγχεται από τον φορέα" in stranger.locator("main").inner_text()
    refused = stranger.goto(page.url)
    assert refused
    assert refused.status == 404
    stranger.context.close()

    said = publish(seat)
    assert "100" in said
    assert kinds(page, seat.address, resource) == {
        "kodikos": "text", "odos": "text", "ischys_w": "int8", "ypsos_m": "float8", "im_nia": "date",
        "lon": "float8", "lat": "float8",
    }  # fmt: skip
    (row,) = asked(
        page, seat.address, "datastore_search", resource_id=resource, filters='{"kodikos": "Φ0001"}'
    )["records"]
    assert (row["odos"], row["ypsos_m"]) == ("Άγιος Ανδρέας", 9.0)
    assert 38.2 < row["lat"] < 38.3
    page.wait_for_selector(".map-frame canvas")
    seat.picture(pictures, "staff-table")
    seat.open(f"/dataset/{NAME}")
    seat.picture(pictures, "staff-dataset")
    assert page.locator("#versions").count() == 1
    assert seat.problems == []


def choose(page: Page, selector: str, value: str) -> None:
    """Reach a list by Tab and choose with the arrows."""
    tab_to_far(page, selector)
    wanted = page.eval_on_selector(
        selector, "(list, value) => [...list.options].findIndex(o => o.value === value)", value
    )
    page.keyboard.press("Home")
    for _step in range(wanted):
        page.keyboard.press("ArrowDown")
    assert page.input_value(selector) == value
