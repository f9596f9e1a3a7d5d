"""A spreadsheet of a type: derived from its definition, filled in, read, tried and written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from ckan import model
from ckan.plugins import toolkit as tk
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.cli.imports import import_
from ckanext.patrasparticipation.imports import columns, examples, opening, template, values, work
from ckanext.patrasparticipation.imports.table import address
from ckanext.patrasparticipation.records import numbers, slugs
from ckanext.patrasparticipation.records.incoming import Wish

from . import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
TYPES = ("dataset", "citizen_group", "initiative", "consultation", "works_project", "indicator")
HEAD = ("Τίτλος", "Περιγραφή", "Θέμα ΕΕ", "Άδεια χρήσης", "Κωδικός στην πηγή", "Από")
ROW = ("Κάδοι", "Οι κάδοι.", "Περιβάλλον", "CC_BY_4_0", "k-1", "13/11/2023")


@pytest.fixture(autouse=True)
def request_context(app: Any) -> Iterator[None]:
    with app.flask_app.test_request_context():
        yield


@pytest.fixture
def wish() -> Wish:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return Wish("dataset", samples.publisher(name="dimos")["id"], user, clock.now())


def book(path: Path, *rows: tuple[Any, ...], head: tuple[Any, ...] = HEAD, **more: Any) -> Path:
    """An XLSX with one sheet; others by name in ``more``."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as file:
        for name, lines in {"Σύνολα": [head, *rows], **more}.items():
            sheet = file.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return path


def read(path: Path, record_type: str = "dataset") -> work.Sheet:
    return work.read(path, path.name, record_type, "el")


def imported(path: Path, wish: Wish) -> work.Findings:
    sheet, found = read(path), work.Findings()
    for outcome in work.write(sheet, wish):
        found.add(outcome, sheet)
    return found


@pytest.mark.parametrize("record_type", TYPES)
def test_the_example_of_a_number_is_one_that_its_field_takes(record_type):
    shape = columns.shape(record_type)
    there = {(each.part, each.field): each for part in (shape.main, *shape.parts.values()) for each in part}
    fields = tk.h.scheming_get_dataset_schema(record_type)["dataset_fields"]
    parts = [(one["field_name"], sub) for one in fields for sub in one.get("repeating_subfields", ())]
    for part, field in [*((None, one) for one in fields), *parts]:
        column = there.get((part, field["field_name"]))
        if column and column.kind == "number":
            value = numbers.decimal(examples.of(column))
            assert field.get("minimum", value) <= value <= field.get("maximum", value), column.name


@pytest.mark.parametrize("record_type", TYPES)
def test_the_template_of_a_type_is_read_back_without_a_row_or_an_unknown_heading(tmp_path, record_type):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template.write(columns.shape(record_type)))
    sheet = read(path, record_type)
    assert (sheet.total, sheet.table.unknown) == (0, [])
    there = CalamineWorkbook.from_path(str(path))
    visible = {each.name: each.visible for each in there.sheets_metadata}
    assert visible["Λίστες"] == SheetVisibleEnum.Hidden
    assert visible["Οδηγίες"] == SheetVisibleEnum.Visible


def test_a_filled_template_becomes_records_and_a_second_time_nothing(tmp_path, wish):
    path = book(tmp_path / "t.xlsx", ROW, ("Φωτιστικά", "Οι λάμπες.", "Ενέργεια", "CC_BY_4_0", "k-2", ""))
    assert imported(path, wish).counts == {"created": 2}
    assert imported(path, wish).counts == {"unchanged": 2}
    record = samples.act("package_show", id="kadoi")
    assert (record["theme"], record["temporal_start"], record["source_id"]) == (["ENVI"], "2023-11-13", "k-1")


def test_a_changed_cell_updates_its_record_by_the_code_at_the_source(tmp_path, wish):
    imported(book(tmp_path / "a.xlsx", ROW), wish)
    found = imported(book(tmp_path / "b.xlsx", ("Κάδοι 2024", *ROW[1:])), wish)
    assert found.counts == {"updated": 1}
    assert samples.act("package_show", id="kadoi")["title"] == "Κάδοι 2024"


def test_an_emptied_cell_empties_its_field(tmp_path, wish):
    imported(book(tmp_path / "a.xlsx", ROW), wish)
    assert imported(book(tmp_path / "b.xlsx", (*ROW[:5], "")), wish).counts == {"updated": 1}
    assert not samples.act("package_show", id="kadoi").get("temporal_start")


def test_errors_name_cell_column_value_and_what_was_expected(tmp_path, wish):
    wrong = ("Δρόμοι", "Οι δρόμοι.", "Περιβαλον", "CC_BY_4_0", "k-3", "31/02/2023")
    found = imported(book(tmp_path / "a.xlsx", ROW, wrong), wish)
    assert found.counts == {"created": 1, "refused": 1}
    problem, day = found.problems
    assert (day.cell, day.value) == ("F3", "31/02/2023")
    assert (problem.sheet, problem.cell, problem.row, problem.column) == ("Σύνολα", "C3", 3, "Θέμα ΕΕ")
    assert (problem.value, problem.expected) == ("Περιβαλον", "Περιβάλλον")
    right = (*wrong[:2], "Περιβάλλον", *wrong[3:])
    (second,) = imported(book(tmp_path / "b.xlsx", ROW, right), wish).problems
    assert (second.cell, second.column, second.value) == ("F3", "Από", "31/02/2023")


def test_row_018_a_row_that_lacks_something_is_a_draft_and_nothing_is_invented(tmp_path, wish):
    found = imported(book(tmp_path / "a.xlsx", (*ROW[:3], "", *ROW[4:])), wish)
    assert found.counts == {"draft": 1}
    assert found.drafts == [{"row": 2, "title": "Κάδοι", "missing": ["Άδεια χρήσης"]}]
    record = samples.act("package_show", id="kadoi")
    assert (record["state"], record.get("license_id") or "") == ("draft", "")


def test_row_083_a_consultation_of_a_municipality_with_its_decisions_fits_in_one_workbook(tmp_path, wish):
    head = (
        "Α/Α", "Τίτλος", "Περιγραφή", "Πεδίο δράσης", "Αρμόδια υπηρεσία", "Είδος", "Απευθύνεται σε",
        "Έναρξη", "Λήξη", "platform", "contact_unit", "contact_email",
    )  # fmt: skip
    shape = columns.shape("consultation")
    labels = {column.field: values.choices(column, "el")[0] for column in shape.main if column.vocabulary}
    rows = [
        (
            number, f"Διαβούλευση {number}", "Από το 2013.", labels["activity_field"], "Τμήμα Διαφάνειας",
            labels["consultation_type"], "residents", f"{number}/3/2013", f"{number + 7}/3/2013",
            "in_person", "Τμήμα Διαφάνειας", "diafaneia@patras.example",
        )
        for number in range(1, 15)
    ]  # fmt: skip
    decisions = [("Α/Α", "ada", "title"), (3, "Ψ6Δ1ΩΗΚ-ΗΚΞ", "Έγκριση")]
    path = book(tmp_path / "a.xlsx", *rows, head=head, decisions=decisions)
    sheet = work.read(path, path.name, "consultation", "el")
    assert (sheet.total, sheet.table.unknown, sheet.table.problems) == (14, [], [])
    found = work.Findings()
    for outcome in work.write(sheet, Wish(**{**vars(wish), "type": "consultation"})):
        found.add(outcome, sheet)
    assert found.counts == {"created": 13, "draft": 1}, (found.problems, found.drafts)
    assert [each["row"] for each in found.drafts] == [4]  # decided, and nobody said what changed
    third = samples.act("package_show", id=slugs.slug("Διαβούλευση 3"))
    assert [each["ada"] for each in third["decisions"]] == ["Ψ6Δ1ΩΗΚ-ΗΚΞ"]
    assert third["open_date"] == "2013-03-03"
    assert not third.get("last_verified_date")


def test_headings_may_be_greek_english_or_machine_names_with_or_without_accents(tmp_path, wish):
    head = (
        "ΤΙΤΛΟΣ *",
        "notes_translated.el",
        "EU theme",
        "license_id",
        "κωδικος στην πηγη",
        "temporal_start",
    )
    sheet = read(book(tmp_path / "a.xlsx", ROW, head=head))
    assert sheet.table.unknown == []
    assert sheet.table.rows[0].values["notes_translated"] == {"el": "Οι κάδοι."}


def test_a_heading_that_no_field_has_is_told_with_the_closest(tmp_path):
    sheet = read(book(tmp_path / "a.xlsx", ROW, head=(*HEAD[:3], "Αδεια χρησεως", *HEAD[4:])))
    assert sheet.table.unknown == [("Σύνολα", "Αδεια χρησεως", "Άδεια χρήσης")]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("windows-1253", ";"), ("utf-8", ",")]
)
def test_a_text_file_of_a_greek_computer_is_read(tmp_path, wish, encoding, separator):
    path = tmp_path / "a.csv"
    lines = [separator.join(line) for line in (HEAD, ROW)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    assert imported(path, wish).counts == {"created": 1}
    assert samples.act("package_show", id="kadoi")["title"] == "Κάδοι"


def test_a_trial_tells_what_the_import_would_and_writes_nothing(tmp_path, wish):
    path = book(
        tmp_path / "a.xlsx", ROW, ("Χ", "Υ", "Περιβάλλον", "CC_BY_4_0", "k-2", ""), (*ROW[:3], "", "k-3")
    )
    trial = work.trial(read(path), Wish(**{**vars(wish), "dry_run": True}))
    assert model.Session.query(model.Package).count() == 0
    assert trial.counts == imported(path, wish).counts
    assert trial.counts["refused"] == 1  # a title of one letter


def test_row_083_fourteen_past_consultations_of_a_municipality_fit_in_one_sheet(tmp_path, wish):
    rows = [
        (
            f"Διαβούλευση {n}",
            "Από το 2013.",
            "Διακυβέρνηση και δημόσιος τομέας",
            "CC_BY_4_0",
            f"d-{n}",
            f"{n}/3/2013",
        )
        for n in range(1, 15)
    ]
    rows = [(*row[:2], "GOVE", *row[3:]) for row in rows]
    assert imported(book(tmp_path / "a.xlsx", *rows), wish).counts == {"created": 14}
    assert samples.act("package_search", q="Διαβούλευση")["count"] == 14


# What nobody should send


def test_a_formula_in_a_cell_stays_text_and_is_not_run_by_a_template(tmp_path, wish):
    path = book(tmp_path / "a.xlsx", ("=cmd|' /C calc'!A0", *ROW[1:]))
    assert imported(path, wish).counts == {"created": 1}
    (record,) = samples.act("package_search", q="*:*")["results"]
    assert record["title"] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"<html><script>alert(1)</script></html>"),
        ("a.csv", b"<html><script>alert(1)</script></html>"),
        ("a.xlsx", b"PK\x03\x04 no archive"),
        ("a.exe", b"MZ"),
        ("a.csv", b""),
        ("a.csv", b"a;b\n1;2\n"),
        ("noending", b"a"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(opening.Unreadable) as refused:
        read(path)
    assert len(str(refused.value)) > 15


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(name, "<a/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (310 * 1024 * 1024))
    with pytest.raises(opening.Unreadable):
        read(path)


def test_a_hundred_thousand_columns_are_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(";".join(f"c{n}" for n in range(100_000)) + "\n", encoding="utf-8")
    with pytest.raises(opening.Unreadable, match="500"):
        read(path)


def test_script_in_a_cell_is_refused_where_no_html_is_allowed_or_shown_as_text(tmp_path, wish):
    imported(book(tmp_path / "a.xlsx", ("<script>alert(1)</script>", *ROW[1:])), wish)
    for record in samples.act("package_search", q="*:*")["results"]:
        assert record["title"] == "<script>alert(1)</script>"


def test_cells_are_addressed_as_a_spreadsheet_does():
    assert [address(place, 1) for place in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


# The command


def test_the_command_prints_errors_by_cell_and_a_summary(cli, tmp_path, wish):
    path = book(tmp_path / "a.xlsx", ROW, ("Δρόμοι", "Οι δρόμοι.", "Περιβαλον", "CC_BY_4_0", "k-3", ""))
    trial = cli.invoke(import_, ["dataset", str(path), "-o", "dimos", "--dry-run"])
    assert trial.exit_code == 3, trial.output
    assert "trial: 2 rows: 1 created, 1 refused" in trial.output
    assert not model.Session.query(model.Package).count()
    done = cli.invoke(import_, ["dataset", str(path), "-o", "dimos"])
    assert done.exit_code == 3, done.output
    assert "C3" in done.output
    assert "Περιβαλον" in done.output
    assert "2 rows: 1 created, 1 refused" in done.output
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    assert cli.invoke(import_, ["dataset", str(tmp_path / "b.xlsx"), "-o", "dimos"]).exit_code == 2
    assert cli.invoke(import_, ["dataset", str(path), "-o", "nobody"]).exit_code == 2
    assert cli.invoke(import_, ["nothing", str(path), "-o", "dimos"]).exit_code == 2


def test_the_command_writes_a_template(cli, tmp_path):
    path = tmp_path / "t.xlsx"
    done = cli.invoke(import_, ["dataset", str(path), "--template"])
    assert done.exit_code == 0, done.output
    assert CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).sheet_names[0] == "Σύνολο δεδομένων"


def test_everything_that_is_wrong_with_a_row_is_told_at_once(tmp_path, wish):
    """A cell that cannot be read does not hide what the catalogue refuses of the others."""
    address = next(one for one in columns.shape("dataset").main if one.field == "source_url").label["el"]
    wrong = ("Κάδοι", "Οι κάδοι.", "Περιβαλον", "CC_BY_4_0", "k-1", "2023-13-45", "καμία διεύθυνση")
    sound = (*ROW, "https://example.gr/k-1")
    found = work.trial(read(book(tmp_path / "a.xlsx", wrong, sound, head=(*HEAD, address))), wish)
    assert {problem.cell: problem.value for problem in found.problems} == {
        "C2": "Περιβαλον",
        "F2": "2023-13-45",
        "G2": "καμία διεύθυνση",
    }
    assert found.counts == {"refused": 1, "created": 1}, "the row below is no second of a refused one"


def test_a_record_that_stands_twice_is_named_by_its_row_in_the_sheet(tmp_path, wish):
    path = book(tmp_path / "a.xlsx", ROW, (), ROW)
    (problem,) = work.trial(read(path), wish).problems
    assert problem.row == 4
    assert "γραμμή 2" in problem.message
