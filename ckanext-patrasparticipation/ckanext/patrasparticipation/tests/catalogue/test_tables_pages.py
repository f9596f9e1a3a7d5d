"""The pages on which staff make a table of a file: ways in and out, the queue, and what attackers send."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.logic.action import tables as actions
from ckanext.patrasparticipation.tables import page as shaping
from ckanext.patrasparticipation.tables import publication

from . import samples
from .guard_helpers import Browser, editor

LINES = "".join(f"Φ{n:03d};{n}\n" for n in range(40))
CSV = f"Κωδικός;Ισχύς (W)\n{LINES}".encode("windows-1253")


@dataclass
class Desk:
    """An editor who has logged in, and their dataset."""

    app: Any
    browser: Browser
    dataset: dict[str, Any]

    def upload(self, content: bytes, save: str, name: str = "φώτα.csv", **fields: str) -> Any:
        """Send CKAN's form of a new resource."""
        sent = {"id": "", "save": save, "url": "", **fields, "upload": (io.BytesIO(content), name)}
        return self.browser.post(
            f"/dataset/{self.dataset['name']}/resource/new", sent, content_type="multipart/form-data"
        )

    def hand_over(self, content: bytes, **more: str) -> str:
        """Upload a file; gives the address of the page where it is checked."""
        answer = self.upload(content, "go-dataset-complete", **more)
        assert answer.status_code == 302, answer.get_data(as_text=True)[:2000]
        return "/dataset/" + answer.headers["Location"].split("/dataset/")[1]

    def see(self, address: str) -> str:
        """A page's text."""
        answer = self.browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.get_data(as_text=True))


@pytest.fixture
def desk(
    app: Any, with_plugins: None, clean_datastore: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Desk:
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    user, organization = editor()
    made = samples.dataset(name="fota", owner_org=organization["id"])
    return Desk(app, Browser(app).log_in(user), made)


def test_a_form_leads_to_the_check_and_the_buttons_keep_their_meaning(desk: Desk) -> None:
    again = desk.upload(CSV, "again")
    assert again.headers["Location"].endswith("/dataset/fota/resource/new")
    assert "/table" in desk.see("/dataset/fota/resource/new"), "nothing leads to the file that waits"
    page = desk.hand_over(CSV)
    assert page.endswith("/table")
    kept = desk.upload(CSV, "go-dataset-complete", keep_as_file="true")
    assert kept.headers["Location"].endswith("/dataset/fota")
    refused = desk.upload(b"MZ", "go-dataset-complete", name="a.exe").get_data(as_text=True)
    assert 'href="#field-upload"' in refused
    assert desk.browser.post(page, {"do": "publish"}).status_code == 302
    resource = page.split("/")[-2]
    assert samples.act("datastore_search", resource_id=resource)["total"] == 40
    form = desk.see(page.replace("/table", "/edit"))
    assert 'name="keep_as_file"' not in form, "a published table cannot become a file"
    assert 'id="field-url"' not in form


def test_a_large_file_is_queued_and_its_page_says_how_far_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples.no_jobs()
    monkeypatch.setattr(actions, "NOW", 0)
    page = desk.hand_over(CSV)
    resource = page.split("/")[-2]
    assert desk.browser.post(page, {"do": "publish"}).headers["Location"].endswith("/table")
    shown = desk.see(page)
    assert "data-busy" in shown
    assert 'http-equiv="refresh"' in shown
    assert desk.browser.post(page, {"do": "publish"}).status_code == 302
    desk.browser.post(f"{page}/discard", {})
    assert "data-busy" in desk.see(page), "a file under publication was taken back"
    assert publication.publish_queued(resource, "editor") == "published"
    assert "data-busy" not in desk.see(page)
    assert "40" in desk.see(page)

    less = b"".join(CSV.splitlines(keepends=True)[:20])
    desk.browser.post(
        f"{page}/file", {"upload": (io.BytesIO(less), "λιγότερα.csv")}, content_type="multipart/form-data"
    )
    samples.act("participation_table_publish", resource_id=resource)  # a program, which accepts nothing
    assert publication.publish_queued(resource, "program") == "held"
    told = desk.see(page)
    assert "data-busy" not in told
    assert "τελευταία προσπάθεια" in told
    assert samples.act("datastore_search", resource_id=resource)["total"] == 40


def test_what_a_file_or_a_form_says_cannot_do_harm(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    content = f"Κωδικός;{evil}\n" + "".join(f"Φ{n:03d};{evil}{n}\n" for n in range(9))
    page = desk.hand_over(content.encode())
    shown = desk.see(page)
    assert evil not in shown
    assert "&lt;script&gt;" in shown
    for wrong in (
        {"sheet": "../../etc/passwd"},
        {"encoding": "rot13"},
        {"header_row": "-1"},
        {"header_row": "9" * 30},
        {"feed": "'; DROP TABLE x"},
        {"key": "nobody"},
        {"crs": "EPSG:99999999"},
        {"raw-0": "Κωδικός", "use-0": "1", "type-0": "no such type"},
        {"raw-0": "Κωδικός", "use-0": "1", "label_el-0": "ώ" * 500},
        {"accept": "everything"},
        {"raw-0": "Κωδικός", "raw-1": evil},  # both columns left out
    ):
        answer = desk.browser.post(page, {"do": "check", **wrong})
        assert answer.status_code in (200, 302), (wrong, answer.status_code)
        assert evil not in answer.get_data(as_text=True), wrong
        assert evil not in desk.see(page), wrong
        desk.browser.post(page, {"do": "afresh"})
        assert 'value="publish"' in desk.see(page), wrong
    for place in ("", "/file", "/keep", "/discard", "/finish"):
        assert Browser(desk.app).post(page + place, {}).status_code in (403, 404), place


TOLD: dict[str, Any] = {
    "chosen": {"encoding": "cp737", "columns": 0},
    "recognised": {"encoding": "cp737", "header_row": "3", "sheet": "Α"},
    "feed": "table",
    "key": "kodikos",
    "columns": [
        {
            "raw": "Κωδικός",
            "name": "kodikos",
            "type": "text",
            "label": {"el": "Κωδικός"},
            "about": {},
            "unit": None,
            "skip": False,
        }
    ],
}
SAME = {
    "encoding": "cp737",
    "header_row": "3",
    "sheet": "Α",
    "feed": "table",
    "key": "kodikos",
    "raw-0": "Κωδικός",
    "use-0": "1",
    "type-0": "text",
    "label_el-0": "Κωδικός ",
    "unit-0": "",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, {}),
        ({"encoding": ""}, {"encoding": ""}),
        ({"header_row": "4"}, {"header_row": "4"}),
        ({"unit-0": " m "}, {"columns": [{"raw": "Κωδικός", "unit": "m"}]}),
        ({"raw-0": "Άλλη", "unit-0": "m"}, {}),
        ({"use-0": ""}, {"columns": [{"raw": "Κωδικός", "skip": True}], "key": ""}),
    ],
)
def test_only_what_differs_from_the_page_becomes_a_choice(
    changed: dict[str, str], said: dict[str, Any]
) -> None:
    assert shaping.said(SAME | changed, TOLD) == said


def test_outlines_that_staff_upload_are_exported_as_outlines(desk: Desk) -> None:
    ring = [[21.73, 38.24], [21.74, 38.24], [21.74, 38.25], [21.73, 38.24]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    features = [
        {"type": "Feature", "properties": {"code": f"A{number}"}, "geometry": shape} for number in range(2)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    page = desk.hand_over(content, name="areas.geojson")
    resource_id = page.rsplit("/", 2)[1]
    assert samples.act("participation_table_publish", resource_id=resource_id)["outcome"] == "published"
    export = page.removesuffix("/table") + '/export.geojson?filters={"code":"A1"}'
    (feature,) = json.loads(desk.see(export))["features"]
    assert feature["geometry"] == shape
    assert feature["properties"]["code"] == "A1"


NEEDS = (
    "Περίοδος;Δημοτική ενότητα;Θέμα;Πλήθος\n"
    "2025;370101;Υγεία;4\n2025;370105;Υγεία;22\n2025;370103;Υγεία;60\n2025;3701;Υγεία;86\n"
).encode()


def test_an_editor_has_small_numbers_hidden_on_the_page_and_publishes_then(desk: Desk) -> None:
    form = desk.see("/dataset/fota/resource/new")
    assert '<option value="needs">' in form
    assert '<option value="tally">' not in form, "a role of consultations is offered on a dataset"
    assert "/participation/template/needs.xlsx" in form
    page = desk.hand_over(NEEDS, resource_role="needs")
    resource = page.split("/")[-2]
    shown = desk.see(page)
    assert "Κανόνες που δεν τηρεί ο πίνακας" in shown
    assert "0 ή τουλάχιστον 10" in shown
    assert 'name="do" value="publish"' not in shown
    assert desk.browser.post(page, {"do": "publish"}).status_code == 200
    with pytest.raises(tk.ObjectNotFound):
        samples.act("datastore_search", resource_id=resource)
    assert desk.browser.post(page, {"do": "hide"}).status_code == 302
    shown = desk.see(page)
    assert "Αποκρύφθηκαν οι αριθμοί 2 γραμμών" in shown
    first = shown.partition("πρώτες γραμμές")[2]
    assert "Κλειδί γραμμής" in first, "a column that the file does not have is shown by its machine name"
    assert "Δ.Ε. Μεσσάτιδος" in first
    assert desk.browser.post(page, {"do": "publish"}).status_code == 302
    rows = samples.act("datastore_search", resource_id=resource)["records"]
    assert {row["municipal_unit"]: row["count"] for row in rows} == {
        "370101": None, "370105": None, "370103": 60, "3701": 86,
    }  # fmt: skip


def test_a_column_that_the_role_does_not_have_is_left_out_by_its_tick(desk: Desk) -> None:
    page = desk.hand_over(
        "Κριτήριο;Μόρια;<b>Όνομα</b>\nΑνεργία;15;<script>x</script>\n".encode(), resource_role="criteria"
    )
    shown = desk.see(page)
    assert "&lt;b&gt;Όνομα" in shown
    assert "<script>x" not in shown
    assert 'name="do" value="publish"' not in shown
    ticks = {"use-0": "1", "raw-0": "Κριτήριο", "use-1": "1", "raw-1": "Μόρια", "raw-2": "<b>Όνομα</b>"}
    assert desk.browser.post(page, {"do": "check", **ticks}).status_code == 302
    assert 'name="do" value="publish"' in desk.see(page)
    assert desk.browser.post(page, {"do": "publish"}).status_code == 302
    rows = samples.act("datastore_search", resource_id=page.split("/")[-2])["records"]
    assert "script" not in str(rows)
