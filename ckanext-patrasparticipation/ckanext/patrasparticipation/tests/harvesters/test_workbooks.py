"""Workbooks as offices make them: titles, merged headers, errors, days, hidden sheets, formulas as text."""

from datetime import date, datetime

import polars as pl
import pytest
import xlsxwriter

from ckanext.patrasparticipation.harvesters.errors import SourceChanged, SourceUnavailable
from ckanext.patrasparticipation.harvesters.readers import Asked, open_raw
from ckanext.patrasparticipation.harvesters.readers.raw import ROW


def workbook(path, **sheets):
    """Each sheet is a function that writes into it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    for name, write in sheets.items():
        write(book, book.add_worksheet(name))
    book.close()
    return path


def rows(*given):
    def write(book, sheet):
        for number, row in enumerate(given):
            sheet.write_row(number, 0, row)

    return write


def read(path, expected=(), **options):
    raw = open_raw("spreadsheet", Asked(path, options, frozenset(expected)), path.parent)
    return pl.concat(list(raw.batches)), raw.choices


def test_cells_become_text(tmp_path):
    def write(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["Κωδικός", "τιμή", "ημέρα", "στιγμή", "λάθος", "μηδέν", "κείμενο"])
        sheet.write_row(1, 0, ["Φ1", 70.0])
        sheet.write_datetime(1, 2, datetime(2014, 3, 5), day)
        sheet.write_datetime(1, 3, datetime(2014, 3, 5, 10, 30), moment)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_datetime(1, 5, datetime(1899, 12, 31), day)
        sheet.write_string(1, 6, "=cmd|' /C calc'!A0")
        sheet.write_row(2, 0, ["Φ2", 0.5, "05/03/2014", "", "#N/A", "", "0015"])

    frame, choices = read(workbook(tmp_path / "a.xlsx", Φύλλο=write))
    assert frame.drop(ROW).rows() == [
        ("Φ1", "70", "2014-03-05", "2014-03-05 10:30:00", "", "", "=cmd|' /C calc'!A0"),
        ("Φ2", "0.5", "05/03/2014", "", "", "", "0015"),
    ]
    assert choices["zero_dates"] == "1"
    assert choices["formula_errors"] == "1"


def test_titles_above_and_totals_below(tmp_path):
    write = rows(
        ["ΔΗΜΟΣ ΠΑΤΡΕΩΝ"],
        [],
        ["Κωδικός", "Οδός", "W"],
        ["Φ1", "Α", 70],
        [],
        ["Φ2", "Β", 80],
        ["ΣΥΝΟΛΟ", None, 150],
    )
    frame, choices = read(workbook(tmp_path / "a.xlsx", Α=write))
    assert frame.rows() == [(4, "Φ1", "Α", "70"), (6, "Φ2", "Β", "80")]
    assert (choices["header_row"], choices["blank_rows"], choices["footer_rows"]) == ("3", "1", "1")


def test_merged_headers_of_two_rows(tmp_path):
    def write(book, sheet):
        sheet.merge_range("A1:D1", "Απογραφή")
        sheet.merge_range("A2:A3", "Περιοχή")
        sheet.merge_range("B2:C2", "Άνδρες")
        sheet.write("D2", "Γυναίκες")
        sheet.write_row("B3", ["0-4", "5-9", "0-4"])
        sheet.write_row("A4", ["Ρίο", 1, 2, 3])

    path = workbook(tmp_path / "a.xlsx", Α=write)
    for options in ({"expected": ["Περιοχή", "Άνδρες / 5-9"]}, {"header_row": 2, "header_rows": 2}):
        frame, _ = read(path, **options)
        assert frame.columns[1:] == ["Περιοχή", "Άνδρες / 0-4", "Άνδρες / 5-9", "Γυναίκες / 0-4"]
        assert frame.drop(ROW).row(0) == ("Ρίο", "1", "2", "3")


def test_hidden_sheets_are_not_read_and_several_are_not_guessed(tmp_path):
    def hidden(book, sheet):
        rows(["a", "b"], ["x", "y"])(book, sheet)
        sheet.hide()

    path = workbook(tmp_path / "a.xlsx", Α=rows(["Κωδικός", "Οδός"], ["Φ1", "Α"]), Β=hidden)
    assert read(path)[1]["sheet"] == "Α"
    assert read(path, sheet="Β")[0]["a"].to_list() == ["x"]
    two = workbook(
        tmp_path / "b.xlsx", Α=rows(["Κωδικός", "Οδός"], ["Φ1", "Α"]), Β=rows(["a", "b"], ["x", "y"])
    )
    assert read(two, ["Κωδικός"])[1]["sheet"] == "Α"
    for options in ({}, {"sheet": "Γ"}):
        with pytest.raises(SourceChanged, match="choose_sheet"):
            read(two, **options)


def test_a_table_that_starts_further_in(tmp_path):
    def write(book, sheet):
        sheet.write_row("B3", ["Κωδικός", "Οδός"])
        sheet.write_row("B4", ["Φ1", "Α"])

    frame, _ = read(workbook(tmp_path / "a.xlsx", Α=write))
    assert frame.rows() == [(4, "Φ1", "Α")]


def test_what_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    for content, error in (
        (b"PK\x03\x04 rubbish", SourceUnavailable),
        (b"<html><body>x</body></html>", SourceChanged),
        (b"\xd0\xcf\x11\xe0 rubbish", SourceChanged),
        (b"", SourceUnavailable),
    ):
        path.write_bytes(content)
        with pytest.raises(error):
            read(path)


def test_five_thousand_columns_are_too_many(tmp_path):
    path = workbook(tmp_path / "a.xlsx", Α=rows([f"c{n}" for n in range(5000)], ["x"]))
    with pytest.raises(SourceChanged, match="too_many_columns"):
        read(path)


def test_days_keep_their_day(tmp_path):
    def write(book, sheet):
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["a", "b"])
        for number, day in enumerate((date(1900, 3, 1), date(2024, 2, 29), date(2099, 12, 31)), 1):
            sheet.write(number, 0, "x")
            sheet.write_datetime(number, 1, day, form)

    assert read(workbook(tmp_path / "a.xlsx", Α=write))[0]["b"].to_list() == [
        "1900-03-01",
        "2024-02-29",
        "2099-12-31",
    ]


def test_the_first_of_two_tables_on_a_sheet_gives_the_header(tmp_path):
    write = rows(["Α", "Β", ""], ["α", 1, 2], ["β", 3, 4], ["Άλφα", "Βήτα", "Γάμμα"], ["γ", 5, 6])
    frame, choices = read(workbook(tmp_path / "a.xlsx", Φύλλο=write))
    assert choices["header_row"] == "1"
    assert frame.height == 4
