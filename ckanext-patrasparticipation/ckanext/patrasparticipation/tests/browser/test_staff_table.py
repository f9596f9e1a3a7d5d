"""An editor of an organisation makes tables of spreadsheets: in Greek, by keyboard, in a real browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ckanext.patrasparticipation import harvesters

from .desk import choose, give, kinds, press, publish, resource_of, rows, text, tick, workbook, write
from .staff_fixtures import act, organization, seat, token
from .watch import Watched

__all__ = ["act", "organization", "seat", "token"]  # fixtures

NAME = "fotistika-tis-dokimis"
ROOT = Path(harvesters.__file__).resolve().parents[1]
DATA = Path(os.environ.get("PATRAS_SHARED", ROOT.parent / "shared" / "data"))
REAL = DATA / "municipal" / "faults" / "03_cp1253.csv"


@pytest.fixture(scope="module")
def dataset(seat: Watched, pictures: Path) -> str:
    """A dataset that the editor made by keyboard; the form for its first file is open."""
    page = seat.open("/dataset/new")
    write(page, "#field-title_translated-el", "Φωτιστικά της δοκιμής")
    write(page, "#field-name", NAME)
    write(page, "#field-notes_translated-el", "Τα φωτιστικά, όπως τα κρατά η υπηρεσία.")
    tick(page, "#field-theme-TRAN")
    choose(page, "#field-private", "False")
    choose(page, "#field-license_id", "CC_BY_4_0")
    press(page, "button[name=save]")
    assert page.url.endswith("/resource/new"), page.locator("main").inner_text()[:600]
    assert "γίνονται πίνακες" in page.locator("#field-upload-help").inner_text()
    seat.picture(pictures, "staff-form")
    return f"/dataset/{NAME}"


def test_an_editor_makes_a_dataset_and_publishes_its_first_table(
    seat: Watched, dataset: str, pictures: Path
) -> None:
    if not REAL.is_file():
        pytest.skip(f"no real samples at {DATA} (set PATRAS_SHARED to the folder that holds municipal/)")
    page = seat.page
    page.set_input_files("#field-upload", REAL)
    press(page, "button[value=go-metadata]")
    assert page.url.endswith("/table")
    assert page.locator("#verdict h2").inner_text() == "Ο πίνακας είναι έτοιμος για δημοσίευση"
    read = page.locator("#reading dl").inner_text()
    assert "windows-1253" in read
    assert "ΕΓΣΑ87" in read
    seat.picture(pictures, "staff-check")
    resource = resource_of(page)
    assert page.context.browser
    stranger = page.context.browser.new_context(locale="el-GR").new_page()
    stranger.goto(seat.address + dataset)
    assert "ελέγχεται από τον φορέα" in stranger.locator("main").inner_text()
    refused = stranger.goto(page.url)
    assert refused
    assert refused.status == 404
    stranger.context.close()

    assert "100" in publish(seat)
    assert kinds(seat, resource) == {
        "kodikos": "text", "odos": "text", "ischys_w": "int8", "ypsos_m": "float8", "im_nia": "date",
        "lon": "float8", "lat": "float8",
    }  # fmt: skip
    (row,) = rows(seat, resource, kodikos="Φ0001")["records"]
    assert (row["odos"], row["ypsos_m"]) == ("Άγιος Ανδρέας", 9.0)
    assert 38.2 < row["lat"] < 38.3
    page.wait_for_selector(".map-frame canvas")
    seat.picture(pictures, "staff-table")
    seat.open(dataset)
    seat.picture(pictures, "staff-dataset")
    assert page.locator("#versions").count() == 1
    assert seat.problems == []


def test_a_workbook_with_a_title_and_totals_and_a_file_with_decimal_commas(
    seat: Watched, dataset: str, pictures: Path, tmp_path: Path
) -> None:
    page = seat.page
    bins = {"kodikos": "text", "geitonia": "text", "choritikotita_l": "int8", "teleftaia_plysi": "date"}
    masts = {"kodikos": "text", "odos": "text", "ischys_w": "int8", "ypsos_m": "float8"}
    for name, content, columns, fitting, count in (
        ("κάδοι.xlsx", workbook(tmp_path), bins, {"geitonia": "Άνω Πόλη"}, 20),
        ("ιστοί.csv", text(60), masts, {"odos": "Κορίνθου"}, 60),
    ):
        seat.open(f"{dataset}/resource/new")
        give(page, name, content, "#field-upload")
        press(page, "button[value=go-dataset-complete], button[value=go-metadata]")
        assert page.url.endswith("/table"), page.locator("main").inner_text()[:500]
        resource = resource_of(page)
        seat.picture(pictures, f"staff-check-{count}")
        publish(seat)
        assert kinds(seat, resource) == columns
        found = rows(seat, resource, **fitting)
        assert found["total"] == count
        assert "ΣΥΝΟΛΟ" not in str(rows(seat, resource))
    assert {row["ypsos_m"] for row in found["records"]} == {6.5}
    seat.open(dataset)
    assert page.locator("#files li.card .light").count() >= 2
    seat.picture(pictures, "staff-dataset-of-several")
    assert seat.problems == []
