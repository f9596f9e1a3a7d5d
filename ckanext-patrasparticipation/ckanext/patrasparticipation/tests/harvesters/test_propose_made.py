"""Proposals for small files made here: names, labels, units, types, position, key, wishes, the last time."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ckanext.patrasparticipation.harvesters.errors import HarvestError
from ckanext.patrasparticipation.harvesters.propose import ColumnWish, Proposal, Wish, propose
from ckanext.patrasparticipation.harvesters.readers.scan import high_bytes
from ckanext.patrasparticipation.schemas import load
from ckanext.patrasparticipation.tests.harvesters.test_propose_files import walked

HEADER = (
    "Κωδικός;Οδός;Ισχύς (W);Θερμοκρασία [°C];Επιφάνεια τ.μ.;Τηλέφωνο;Ενεργό;Ημ/νία;Γεωγρ. Μήκος;Γεωγρ. Πλάτος"
)
ROWS = [
    f"Φ{n:03};Οδός {n % 7};{70 + n};{20 + n},5;1.{n:03},50;2610{n:06};{'ναι' if n % 2 else 'όχι'};"
    f"{1 + n % 28:02}/03/2020;21,7{n:03};38,2{n:03}"
    for n in range(60)
]
TABLE = "\n".join([HEADER, *ROWS, ""])


def proposed(
    folder: Path,
    text: str | bytes,
    name: str = "a.csv",
    wish: Wish = Wish(),
    previous: Mapping[str, Any] | None = None,
) -> Proposal:
    path = folder / "upload"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return propose(path, name, wish, feeds=load.feeds(), previous=previous, folder=folder)


def column(header: str, *values: str) -> str:
    """A file of one column and a number beside it."""
    return "\n".join([f"{header};n", *(f"{value};{number}" for number, value in enumerate(values)), ""])


def test_a_greek_file_becomes_a_table(tmp_path: Path) -> None:
    found = proposed(tmp_path, TABLE)
    assert {item.name: item.type for item in found.columns} == {
        "kodikos": "text",
        "odos": "text",
        "ischys_w": "integer",
        "thermokrasia_c": "number",
        "epifaneia_m2": "number",
        "tilefono": "text",
        "energo": "boolean",
        "im_nia": "date",
        "lon": "point",
        "lat": "point",
    }
    assert (found.key, found.whole, found.rows_seen) == ("kodikos", True, 60)
    assert found.content["reader"]["decimal"] == ","
    assert found.columns[2].label == {"el": "Ισχύς", "en": "Power"}
    assert [item.unit for item in found.columns[2:5]] == ["W", "°C", "m2"]
    by_name = {item["name"]: item for item in found.content["columns"]}
    assert [name for name, item in by_name.items() if item.get("index")] == ["odos", "im_nia"]
    assert walked(tmp_path / "upload", found)[0].outcome == "refused"  # the telephones
    found = proposed(tmp_path, TABLE, wish=Wish(columns={"Τηλέφωνο": ColumnWish(skip=True)}))
    report, sink = walked(tmp_path / "upload", found)
    assert (report.outcome, sink.rows.height, sink.rejected.height) == ("published", 60, 0)
    assert sink.rows.row(1, named=True)["epifaneia_m2"] == 1001.5


TYPES: dict[str, tuple[str, list[str], str, str | None]] = {
    "leading zeros": ("Αριθμός", ["007", "012", "100"], "text", "zeros"),
    "long numbers": ("Λογαριασμός", ["12345678901234567", "12345678901234568"], "text", "15 digits"),
    "postcodes": ("Τ.Κ.", ["26221", "26222"], "text", "not a quantity"),
    "phones without a word": ("Επαφή", ["2610123456", "6971234567"], "text", "not a quantity"),
    "words for yes and no": ("Ράμπα", ["ναι", "ΟΧΙ", "Ναι"], "boolean", None),
    "0 and 1 without a telling header": ("Όροφος", ["0", "1", "1"], "integer", None),
    "0 and 1 with one": ("Είναι ενεργό", ["0", "1", "1"], "boolean", None),
    "thousands in a file of decimal commas": ("Ποσό", ["1.234,50", "12,00", "1.000.000,10"], "number", None),
    "groups of three": ("Ποσό", ["1.234.567", "2.345.678"], "integer", None),
    "points": ("Τιμή", ["1.5", "2.25"], "number", None),
    "both marks": ("Τιμή", ["1.5", "2,25", "3.5", "4,75"], "text", None),
    "day before month": ("Έναρξη", ["05/03/2014", "31/12/2019"], "date", "before the month"),
    "month before day": ("Έναρξη", ["03/25/2014", "12/31/2019", "01/02/2020"], "text", None),
    "a day of eight digits": ("Ημερομηνία", ["20240131", "20240201"], "date", None),
    "eight digits": ("Πλήθος", ["20240131", "20240201"], "integer", None),
    "moments": ("Ώρα", ["05/03/2014 10:30", "31/12/2019 23:59"], "timestamp", None),
    "Greek months": ("Ημέρα", ["7 Μαΐου 2026", "12 Ιουν 2026"], "date", None),
    "one in thirty": ("Ύψος", [*map(str, range(29)), "12/5"], "integer", "will be refused"),
    "a word on purpose": ("Ύψος", [*map(str, range(80)), *["άγνωστο"] * 4], "text", "not like the others"),
    "house numbers": ("Αριθμός", [*map(str, range(40)), "12Α"], "text", "not like the others"),
    "a program's nothing": ("Ύψος", ["1", "2", "NaN", "null"], "integer", "read as empty"),
    "nothing at all": ("Κενή", ["", "-", ""], "text", "left out"),
}


@pytest.mark.parametrize("case", TYPES)
def test_values_show_the_type(case: str, tmp_path: Path) -> None:
    header, values, kind, note = TYPES[case]
    found = proposed(tmp_path, column(header, *values))
    first = found.columns[0]
    assert first.type == kind
    assert (note or "") in (first.note or {"en": ""})["en"]
    report, sink = walked(tmp_path / "upload", found)
    assert (sink.rows.height, report.outcome) == (len(values) - (case == "one in thirty"), "published")


def test_names_are_short_different_and_free(tmp_path: Path) -> None:
    long = "Ημερομηνία τελευταίας συντήρησης φωτιστικού σώματος οδικού δικτύου"
    headers = [
        f"{long} α",
        f"{long} β",
        "_id",
        "rank",
        "0-4",
        "日本",
        "lon",
        "Οδός",
        "ΟΔΟΣ",
        "xmin",
        "row_key",
    ]
    found = proposed(tmp_path, "\n".join([";".join(headers), ";".join("a" * len(headers)), ""]))
    names = [item.name for item in found.columns]
    assert len(set(names)) == len(headers)
    assert all(len(name.encode()) <= 63 and name[0].isalpha() and name.isascii() for name in names)
    assert not {"rank", "xmin", "row_key", "lon", "_id"} & set(names)
    assert names[2:6] == ["id", "rank_2", "c_0_4", "column_6"]


POSITIONS = {
    "wkt": ("geom;n", "POINT (21.73{n} 38.24{n});{n}"),
    "a pair in one cell, latitude first": ("Θέση;n", '"38.24{n}, 21.73{n}";{n}'),
    "Greek letters in EGSA87": ("Χ_ΕΓΣΑ;Υ_ΕΓΣΑ;n", "301661,{n}9;4235325,{n}9;{n}"),
    "latitude under the name of longitude": ("lon;lat;n", "38.24{n};21.73{n};{n}"),
    "coordinates of GeoJSON": ("coordinates;n", '"[21.73{n}, 38.24{n}]";{n}'),
}


@pytest.mark.parametrize("case", POSITIONS)
def test_positions_are_found_and_load(case: str, tmp_path: Path) -> None:
    header, row = POSITIONS[case]
    found = proposed(tmp_path, "\n".join([header, *(row.format(n=n) for n in range(10, 30)), ""]))
    _, sink = walked(tmp_path / "upload", found)
    assert sink.rows.height == 20
    assert 21.7 < sink.rows["lon"].mean() < 21.75  # type: ignore[operator]
    assert 38.2 < sink.rows["lat"].mean() < 38.25  # type: ignore[operator]


def test_outlines_in_wkt_load(tmp_path: Path) -> None:
    rows = [f'"POLYGON ((21.7 38.2, 21.8 38.2, 21.8 38.3, 21.7 38.2))";{n}' for n in range(3)]
    found = proposed(tmp_path, "\n".join(["wkt;n", *rows, ""]))
    _, sink = walked(tmp_path / "upload", found)
    assert sink.rows["geometry"].str.contains('"Polygon"').all()
    assert sink.rows.height == 3


def test_length_and_width_are_no_position(tmp_path: Path) -> None:
    found = proposed(tmp_path, "Μήκος (m);Πλάτος (m)\n" + "".join(f"{400 + n};{300 + n}\n" for n in range(9)))
    assert [item.type for item in found.columns] == ["integer", "integer"]


def test_equal_rows_are_kept(tmp_path: Path) -> None:
    found = proposed(tmp_path, "Οδός;Πλήθος\nΚορίνθου;3\nΚορίνθου;3\nΓούναρη;3\n")
    assert (found.key, found.content["duplicates"]) == ("row_key", "keep")
    _, sink = walked(tmp_path / "upload", found)
    assert sink.rows.height == 3 == sink.rows["row_key"].n_unique()


def test_a_person_decides(tmp_path: Path) -> None:
    changed = {
        "Οδός": ColumnWish(name="street", label_el="Οδός ή πλατεία", about_en="Where it stands.", unit="-"),
        "Ισχύς (W)": ColumnWish(type="text", unit=""),
        "Τηλέφωνο": ColumnWish(skip=True),
        "Γεωγρ. Μήκος": ColumnWish(type="number"),
    }
    found = proposed(tmp_path, TABLE, wish=Wish(key="", columns=changed))
    assert found.key == "row_key"
    street, power = found.columns[1], found.columns[2]
    assert (street.name, street.label["el"], street.unit) == ("street", "Οδός ή πλατεία", "-")
    assert (power.type, power.unit) == ("text", None)
    assert found.content["ignore"] == ["Τηλέφωνο"]
    assert not [item for item in found.columns if item.type == "point"]
    report, sink = walked(tmp_path / "upload", found)
    assert (report.outcome, sink.rows.height) == ("published", 60)


def test_the_dictionary_survives(tmp_path: Path) -> None:
    wish = Wish(
        columns={"Οδός": ColumnWish(name="street", label_en="The street"), "Τηλέφωνο": ColumnWish(skip=True)}
    )
    first = proposed(tmp_path, TABLE, wish=wish)
    header = HEADER.replace("Οδός", "ΟΔΟΣ ").replace("Ενεργό;", "").replace("Ημ/νία", "Ημ/νία;Νέα")
    rows = [";".join([*cells[:6], cells[7], "x", *cells[8:]]) for row in ROWS if (cells := row.split(";"))]
    again = proposed(tmp_path, "\n".join([header, *rows, ""]), previous=first.content)
    by_raw = {item.raw: item for item in again.columns}
    assert (by_raw["ΟΔΟΣ"].name, by_raw["ΟΔΟΣ"].label["en"]) == ("street", "The street")
    assert by_raw["Τηλέφωνο"].skip
    assert (by_raw["Νέα"].name, again.lost, again.key) == ("nea", ("Ενεργό",), "kodikos")
    report, sink = walked(tmp_path / "upload", again)
    assert (report.outcome, sink.rows.height) == ("published", 60)


def lights(technology: str = "LED") -> str:
    header = "asset_id;Τεχνολογία λαμπτήρα;Ισχύς;Κατάσταση;lon;lat;Άλλο"
    rows = (f"L{n};{technology};70;Λειτουργεί;21.73{n:02};38.24{n:02};x" for n in range(30))
    return "\n".join([header, *rows, ""])


def test_a_feed_that_fits_is_proposed(tmp_path: Path) -> None:
    found = proposed(tmp_path, lights())
    status = {choice.label["el"] for choice in load.feed("street_light").column("status").choices}  # type: ignore[union-attr]
    text = lights().replace("Λειτουργεί", sorted(status)[0])
    found = proposed(tmp_path, text)
    assert found.content["feed"] == "street_light"
    assert (found.key, found.content["ignore"]) == ("asset_id", ["Άλλο"])
    _, sink = walked(tmp_path / "upload", found)
    assert sink.rows["lamp_technology"].to_list() == ["led"] * 30
    assert proposed(tmp_path, text, wish=Wish(feed="table")).content["feed"] == "table"
    unfit = proposed(tmp_path, lights("άλλη λέξη"))
    assert unfit.content["feed"] == "table"
    assert unfit.feeds[0].name == "street_light"


def sheets(*names: str) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for number, name in enumerate(names, 1):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(
                [["Κωδικός", "Τιμή"], *([f"A{n}", n + 0.5] for n in range(number * 3))]
            ):
                sheet.write_row(place, 0, row)
    return content.getvalue()


def test_the_fullest_sheet_is_proposed_and_another_can_be_chosen(tmp_path: Path) -> None:
    content = sheets("Α", "Β")
    found = proposed(tmp_path, content, "a.xlsx")
    assert (found.sheets, found.recognised["sheet"], found.rows_seen) == (("Α", "Β"), "Β", 6)
    assert proposed(tmp_path, content, "a.xlsx", Wish(sheet="Α")).rows_seen == 3
    last = {"reader": {"type": "spreadsheet", "path": "a.xlsx", "sheet": "Α"}}
    assert proposed(tmp_path, content, "a.xlsx", previous=last).rows_seen == 3
    with pytest.raises(HarvestError) as error:
        proposed(tmp_path, content, "a.xlsx", Wish(sheet="Γ"))
    assert (error.value.code, error.value.params["found"]) == ("choose_sheet", ["Α", "Β"])


def packed(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return content.getvalue()


REFUSED: dict[str, tuple[str | bytes, str, Wish, str]] = {
    "PDF": (b"%PDF-1.7\n", "a.csv", Wish(), "not_a_table"),
    "Word": (
        packed(word__document_xml="<w/>", **{"[Content_Types]_xml": "<x/>"}),
        "a.xlsx",
        Wish(),
        "not_a_table",
    ),
    "old Word": (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "a.xls", Wish(), "not_a_table"),
    "locked": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "a.xlsx",
        Wish(),
        "locked_workbook",
    ),
    "broken workbook": (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "a.xls", Wish(), "not_table"),
    "KML": ("<?xml version='1.0'?><kml/>", "a.kml", Wish(), "not_a_table"),
    "a page called XLS": ("<html><table><tr><td>1</td></tr></table></html>", "a.xls", Wish(), "web_page"),
    "a program": ("const a = 1;\n", "a.js", Wish(), "not_a_table"),
    "a way out of the folder": (packed(**{"..__a_csv": "a;b\n1;2\n"}), "a.zip", Wish(), "unsafe_archive"),
    "a workbook in a zip": (packed(a_xlsx="x"), "a.zip", Wish(), "packed_workbook"),
    "another file of a zip": (packed(a_csv="a;b\n1;2\n"), "a.zip", Wish(sheet="b.csv"), "choose_member"),
    "half a gzip": (b"\x1f\x8b\x08\x00\x00", "a.gz", Wish(), "truncated"),
    "JSON without records": ('{"a": {"b": 1}', "a.json", Wish(), "no_records"),
    "an error in JSON": ('{"error": "no"}', "a.json", Wish(), "not_a_table"),
    "empty columns": ("α;β\n;\n-;-\n", "a.csv", Wish(), "nothing_left"),
    "a name of SQL": (TABLE, "a.csv", Wish(columns={"Οδός": ColumnWish(name='x"; drop')}), "column_name"),
    "a name of the DataStore": (
        TABLE,
        "a.csv",
        Wish(columns={"Οδός": ColumnWish(name="_id")}),
        "column_name",
    ),
    "a name twice": (
        TABLE,
        "a.csv",
        Wish(columns={"Οδός": ColumnWish(name="a"), "Κωδικός": ColumnWish(name="a")}),
        "name_twice",
    ),
    "no such type": (TABLE, "a.csv", Wish(columns={"Οδός": ColumnWish(type="money")}), "column_type"),
    "no such key": (TABLE, "a.csv", Wish(key="nobody"), "key_column"),
    "no such encoding": (TABLE, "a.csv", Wish(encoding="utf-7"), "wrong_choice"),
    "no such coordinates": (TABLE, "a.csv", Wish(crs="EPSG:999999"), "choose_crs"),
    "no such feed": (TABLE, "a.csv", Wish(feed="../x"), "wrong_choice"),
    "a feed that does not fit": (TABLE, "a.csv", Wish(feed="street_light"), "feed_lacks"),
    "a header row below the file": (TABLE, "a.csv", Wish(header_row=900), "no_header"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_in_both_languages(case: str, tmp_path: Path) -> None:
    content, name, wish, code = REFUSED[case]
    with pytest.raises(HarvestError) as error:
        proposed(tmp_path, content, name, wish)
    assert error.value.code == code
    assert "…" not in "".join(error.value.text.values()).replace("EPSG:4326, …", "")


def test_a_long_line_without_letters_costs_no_time(tmp_path: Path) -> None:
    """A DBF is one such line; looking for Greek in it once took minutes."""
    path = tmp_path / "line"
    path.write_bytes(b"a" * 2_000_000)
    began = time.process_time()
    assert high_bytes(path)[1] == b""
    assert time.process_time() - began < 1
