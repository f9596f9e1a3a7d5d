"""Delimited text as cities send it: bytes, separators, headers, quotes, and what is no table at all."""

import codecs

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters.errors import SourceChanged, SourceUnavailable
from ckanext.patrasparticipation.harvesters.readers import Asked, open_raw
from ckanext.patrasparticipation.harvesters.readers.raw import BATCH, REFUSED, ROW

TEXT = "Κωδικός;Οδός\nΦ1;Άγιος Ανδρέας\nΦ2;Ρήγα Φεραίου και ΐ\n"
ROWS = [("Φ1", "Άγιος Ανδρέας"), ("Φ2", "Ρήγα Φεραίου και ΐ")]


def read(folder, content, expected=(), **options):
    path = folder / "source.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    raw = open_raw("delimited", Asked(path, options, frozenset(expected)), work)
    batches = list(raw.batches)
    return pl.concat(batches, how="diagonal"), raw.choices


def cells(frame):
    return frame.drop(ROW).rows()


@pytest.mark.parametrize(
    ("encode", "told"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: codecs.BOM_UTF8 + text.encode(), "utf-8 (BOM)"),
        (lambda text: text.encode("utf-16"), "utf-16 (BOM)"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "utf-16 (BOM)"),
        (lambda text: text.encode("windows-1253"), "windows-1253"),
        (lambda text: text.encode("iso-8859-7"), "iso-8859-7"),
        (lambda text: text.replace("ΐ", "ϊ").encode("cp737"), "cp737"),
        (lambda text: text.encode().decode("latin-1").encode(), "utf-8 twice"),
    ],
)
def test_greek_is_recognised_and_told(encode, told, tmp_path):
    long = TEXT + "Φ3;Ήλιος, Όθωνος-Αμαλίας, Έλληνος Στρατιώτου\n" * 30
    frame, choices = read(tmp_path, encode(long))
    assert choices["encoding"] == told
    assert frame["Οδός"][0] == "Άγιος Ανδρέας"
    assert frame["Οδός"][31] == "Ήλιος, Όθωνος-Αμαλίας, Έλληνος Στρατιώτου"


def test_greek_that_comes_only_after_row_4000_is_found(tmp_path):
    content = b"a;b\n" + b"1;ascii\n" * 4000 + "2;Άγιος\n".encode("windows-1253")
    frame, choices = read(tmp_path, content)
    assert (choices["encoding"], frame["b"][-1]) == ("windows-1253", "Άγιος")


def test_two_encodings_in_one_file_are_read_line_by_line_and_told(tmp_path):
    content = "a;b\n1;Άγιος Ανδρέας\n".encode() + "2;Άγιος Ανδρέας\n".encode("windows-1253") * 20
    frame, choices = read(tmp_path, content)
    assert set(frame["b"]) == {"Άγιος Ανδρέας"}
    assert choices["encoding"] == "utf-8, windows-1253"
    assert choices["mixed_encoding"] == "20 lines are windows-1253"


def test_french_is_not_sold_as_greek(tmp_path):
    content = "a;b\n1;Privé, Arrêt, Hôtel de Ville\n".encode("windows-1252")
    with pytest.raises(SourceChanged, match="undecodable"):
        read(tmp_path, content)
    assert read(tmp_path, content, encoding="windows-1252")[0]["b"][0] == "Privé, Arrêt, Hôtel de Ville"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators(separator, tmp_path):
    frame, choices = read(tmp_path, TEXT.replace(";", separator))
    assert (cells(frame), choices["separator"]) == (ROWS, separator)


def test_the_header_decides_even_when_the_cells_are_full_of_commas(tmp_path):
    frame, _ = read(tmp_path, "x;y\n1,5;2,5\n3,5;4,5\n")
    assert cells(frame) == [("1,5", "2,5"), ("3,5", "4,5")]


def test_expected_names_find_the_header_below_titles(tmp_path):
    text = "ΔΗΜΟΣ ΠΑΤΡΕΩΝ, ΤΜΗΜΑ Α, ΤΜΗΜΑ Β, ΤΜΗΜΑ Γ\n\n" + TEXT
    frame, choices = read(tmp_path, text, expected=["Κωδικός", "Οδός"])
    assert (cells(frame), choices["header_row"]) == (ROWS, "3")
    assert frame[ROW].to_list() == [4, 5]


def test_what_the_yaml_fixes_is_not_recognised(tmp_path):
    frame, _ = read(tmp_path, "a,b;c\nd;e\n1;2\n", separator=";", header_row=2)
    assert (frame.columns[1:], cells(frame)) == (["d", "e"], [("1", "2")])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end, tmp_path):
    assert cells(read(tmp_path, TEXT.replace("\n", end))[0]) == ROWS


def test_quotes_hold_separators_and_newlines(tmp_path):
    text = 'a;b\n1;"x; ""y""\nz"\n2;"w"\n'
    assert cells(read(tmp_path, text)[0]) == [("1", 'x; "y"\nz'), ("2", "w")]


def test_an_unbalanced_quote_does_not_swallow_the_rest(tmp_path):
    lines = [f"{number};text" for number in range(100)]
    lines[40] = '40;"text'
    frame, choices = read(tmp_path, "a;b\n" + "\n".join(lines) + "\n")
    assert frame.height == 100
    assert choices["quote"] == "none (unbalanced)"


@pytest.mark.parametrize("quote", ["", '"'])
def test_lines_that_do_not_fit_the_header_are_refused(quote, tmp_path):
    text = f"a;b;c\n1;2;{quote}3{quote}\n1;2\n1;2;3;4\n1;2;3;;;\n;;\n\n"
    frame, choices = read(tmp_path, text)
    assert frame.select(ROW, REFUSED).rows() == [(2, None), (3, "ragged_row"), (4, "ragged_row"), (5, None)]


def test_one_column_is_a_table(tmp_path):
    assert cells(read(tmp_path, "Κωδικός\nΦ1\n\nΦ2\n")[0]) == [("Φ1",), ("Φ2",)]


def test_a_short_last_line_without_its_end_is_a_cut_file(tmp_path):
    assert cells(read(tmp_path, "a;b\n1;2\n3;4")[0]) == [("1", "2"), ("3", "4")]
    with pytest.raises(SourceUnavailable, match="truncated"):
        read(tmp_path, "a;b\n1;2\n3")


def test_totals_and_notes_at_the_end_are_told_and_left_out(tmp_path):
    text = "a;b;c\n1;2;3\nΠηγή;2;3\n4;5;6\n;;\nΓενικό σύνολο;7;\nΣημείωση: κάτι;;\n\n"
    for changed in (text, text.replace("1;2;3", '1;"2";3')):
        frame, choices = read(tmp_path, changed)
        assert frame["a"].to_list() == ["1", "Πηγή", "4"]
        assert choices["footer"] == "Γενικό σύνολο | Σημείωση: κάτι"


def test_names_are_made_unique_and_told(tmp_path):
    frame, choices = read(tmp_path, "a;;a; α  β \n1;2;3;4\n")
    assert frame.columns[1:] == ["a", "column 2", "a (2)", "α β"]
    assert choices["renamed"] == "column 2, a (2)"


def test_more_than_a_batch(tmp_path):
    frame, _ = read(tmp_path, "a;b\n" + "".join(f"{number};x\n" for number in range(BATCH + 10)))
    assert frame[ROW].to_list() == list(range(2, BATCH + 12))
    assert frame["a"][-1] == str(BATCH + 9)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (";".join(f"c{number}" for number in range(5000)) + "\n1\n", "too_many_columns"),
        ("<!DOCTYPE html><html><body>404</body></html>", "html_page"),
        ("\ufeff<html><head></head></html>", "html_page"),
        (b"%PDF-1.7 ...", "wrong_format"),
        (b"\x89PNG\r\n\x1a\n....", "wrong_format"),
        ("1;2\n3;4\n", "no_header"),
        (b"\xb0\xb1\xb4\xb5;\xa4\n" * 5, "undecodable"),
    ],
)
def test_what_is_no_table(content, code, tmp_path):
    with pytest.raises((SourceChanged, SourceUnavailable)) as caught:
        read(tmp_path, content)
    assert caught.value.code == code


@pytest.mark.parametrize("content", ['{"error": {"code": 400}}', '{"remark":"runtime error"}'])
def test_an_error_with_status_200_is_an_error(content, tmp_path):
    with pytest.raises(SourceUnavailable, match="source_error"):
        read(tmp_path, content)


def test_a_cell_of_fifty_megabytes_is_a_cell(tmp_path):
    frame, _ = read(tmp_path, "a;b\n1;" + "x" * 50_000_000 + "\n2;y\n")
    assert frame["b"].str.len_bytes().to_list() == [50_000_000, 1]


def test_a_line_beyond_the_limit_stops_the_run(tmp_path):
    with pytest.raises(SourceChanged, match="line_too_long"):
        read(tmp_path, "a;b\n1;" + "x" * 80_000_000)


def test_bytes_that_no_text_holds_come_through_to_be_refused(tmp_path):
    frame, _ = read(tmp_path, "a;b\n1;x\x00y\n2;x\x01;y\n")
    assert frame["b"][0] == "x\x00y"
    assert frame.height == 2


def test_a_header_is_not_taken_from_cells_that_another_separator_parts(tmp_path):
    rows = ["Α;1;6,5;2,5;;;", "Β;2;7,5", "Γ;3;8,5;1,5"] * 20
    frame, choices = read(tmp_path, "\n".join(["Όνομα;αριθμός;ύψος;μήκος", *rows, ""]).encode())
    assert choices["separator"] == ";"
    assert cells(frame)[0][:2] == ("Α", "1")
