"""Pabulib files: their projects are read, their faults are told by line, and their voters stay inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.patrasparticipation.harvesters.errors import SourceChanged, SourceRefused
from ckanext.patrasparticipation.harvesters.readers import Asked, open_raw, pabulib
from ckanext.patrasparticipation.harvesters.readers.pabulib_file import parse
from ckanext.patrasparticipation.harvesters.readers.pabulib_rules import faults

META = {
    "description": "Συμμετοχικός προϋπολογισμός", "country": "Greece", "unit": "Patras", "instance": "2025",
    "num_projects": "2", "num_votes": "3", "budget": "20000", "vote_type": "approval", "rule": "greedy",
    "date_begin": "01.03.2025", "date_end": "15.03.2025", "currency": "EUR",
}  # fmt: skip
PROJECTS = ["project_id;cost;votes;name", '1;12500;2;"Πλατεία; με δέντρα"', "2;8000;2;Φωτισμός"]
VOTES = ["voter_id;vote;age;sex", "7;1,2;34;F", "8;1;34;F", "9;2;71;M"]


def written(
    folder: Path, meta: dict[str, str] | None = None, projects: list[str] = PROJECTS, votes: list[str] = VOTES
):
    """A file of these sections."""
    head = ["META", "key;value", *(f"{key};{value}" for key, value in (meta or META).items())]
    path = folder / "vote.pb"
    lines = [*head, "PROJECTS", *projects, *(["VOTES", *votes] if votes else [])]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def codes(path: Path) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in faults(parse(path))]


def test_f_18_projects_are_read_with_their_lines_and_a_semicolon_inside_quotes_separates_nothing(tmp_path):
    raw = open_raw("pabulib", Asked(written(tmp_path), {}), tmp_path)
    (frame,) = raw.batches
    assert frame["name"].to_list() == ["Πλατεία; με δέντρα", "Φωτισμός"]
    assert frame["__row__"].to_list() == [17, 18]
    assert "voter_id" not in frame.columns
    assert raw.choices == {"section": "PROJECTS", "encoding": "utf-8", "currency": "EUR"}


def test_f_18_the_votes_are_refused_with_the_numbers_of_who_could_be_told_apart(tmp_path):
    with pytest.raises(SourceRefused) as refused:
        open_raw("pabulib", Asked(written(tmp_path), {"section": "VOTES"}), tmp_path)
    assert refused.value.params.pop("found") == ["PROJECTS", "VOTES"], (
        "nobody could choose the projects again"
    )
    assert refused.value.params == {"persons": 3, "features": ["age", "sex"], "unique": 1, "below": 3, "k": 5}
    assert "3 ψηφοφόρους" in refused.value.text["el"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"projects": ["project_id;cost;target", "1;5;Παιδιά", "2;5;Όλοι"]}, [(16, "pabulib_renamed")]),
        ({"projects": ["project_id;votes", "1;2", "2;2"]}, [(16, "pabulib_lacks")]),
        ({"projects": [*PROJECTS, "3;1;2"]}, [(19, "pabulib_cells")]),
        ({"projects": [PROJECTS[0], "1;πολλά;2;Α", "2;8000;2;Β"]}, [(17, "pabulib_number")]),
        ({"projects": [PROJECTS[0], "1;1;4;Α", "1;1;4;Β"]}, [(18, "pabulib_repeated")]),
        ({"projects": [PROJECTS[0], "1;1;1;Α", "2;1;2;Β"]}, [(17, "pabulib_votes")]),
        ({"votes": [VOTES[0], "7;1,2;34;F", "8;1,99;34;F", "9;2;1;M"]}, [(22, "pabulib_unknown_project")]),
        ({"meta": {**META, "num_votes": "4"}}, [(8, "pabulib_count")]),
        ({"meta": {key: value for key, value in META.items() if key != "budget"}}, [(1, "pabulib_key")]),
        ({"projects": [PROJECTS[0], '1;1;2;"Α', "2;1;2;Β"], "votes": []}, [(17, "pabulib_quotes")]),
    ],
)
def test_f_19_faults_are_told_by_line(tmp_path, change, expected):
    found = codes(written(tmp_path, **change))
    assert set(expected) <= set(found), found


def test_f_19_every_fault_is_in_the_list_with_its_line(tmp_path):
    path = written(tmp_path, projects=["project_id;cost;target", "1;x", "2;8;Όλοι"])
    with pytest.raises(SourceChanged) as refused:
        pabulib.sound(path)
    assert refused.value.params["count"] == 2
    assert "γραμμή 16: η στήλη «target» λέγεται πια «beneficiaries»" in refused.value.text["el"]
    assert "line 17: it has 2 cells, 3 were expected" in refused.value.text["en"]


@pytest.mark.parametrize(
    "content", [b"a;b\n1;2\n", b"META\n", b"\xff\xfe\x00", b"VOTES\nvoter_id;vote\n1;1\n"]
)
def test_what_is_no_such_file_is_refused_and_nothing_of_it_is_read(tmp_path, content):
    path = tmp_path / "x.pb"
    path.write_bytes(content)
    with pytest.raises(SourceChanged):
        pabulib.sound(path)
