"""Files of participation platforms, made here in shapes that were seen elsewhere, read as staff's files."""

from __future__ import annotations

from pathlib import Path

from ckanext.patrasparticipation.tests.harvesters.test_propose_files import walked
from ckanext.patrasparticipation.tests.harvesters.test_propose_made import proposed


def test_f_07_events_keep_their_days_what_nobody_counted_and_their_lines(tmp_path: Path) -> None:
    words = '"Πρώτη γραμμή\nδεύτερη {}"'
    days = [f"{1 + n % 28:02}/{1 + n % 12:02}/2016" for n in range(410)]
    rows = [
        f"{n};Συνάντηση {n};{day};{'' if n % 3 else 20 + n};{words.format(n)}" for n, day in enumerate(days)
    ]
    rows[7] = '7;Συνάντηση 7;09/02/2016;;"Πρώτη γραμμή\nδεύτερη 7"'
    found = proposed(tmp_path, "\n".join(["Κωδικός;Τίτλος;Ημερομηνία;Παρόντες;Περιγραφή", *rows, ""]))
    report, sink = walked(tmp_path / "upload", found)
    assert (report.outcome, sink.rows.height) == ("published", 410)
    event = next(row for row in sink.rows.iter_rows(named=True) if str(row["kodikos"]) == "7")
    assert str(event["imerominia"])[:10] == "2016-02-09"
    assert event["parontes"] is None
    assert event["perigrafi"] == "Πρώτη γραμμή\nδεύτερη 7"


def test_f_12_codes_keep_their_zeros_and_a_description_may_be_empty(tmp_path: Path) -> None:
    text = "Κωδικός;Υπηρεσία;Περιγραφή\n006;Φωτισμός;\n021;Κάδοι;Γεμάτος κάδος\n100;Πράσινο;\n"
    found = proposed(tmp_path, text)
    _report, sink = walked(tmp_path / "upload", found)
    assert sink.rows["kodikos"].to_list() == ["006", "021", "100"]
    assert sink.rows["perigrafi"].to_list() == [None, "Γεμάτος κάδος", None]
