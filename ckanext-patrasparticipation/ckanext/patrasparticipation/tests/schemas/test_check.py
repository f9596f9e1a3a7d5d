"""Every definition that ships is sound, a wrong one is named, and the reference pages are not stale."""

import copy

import pytest

from ckanext.patrasparticipation.schemas.check import check_all, check_type, main
from ckanext.patrasparticipation.schemas.derive.reference import FOLDER, ROOT, pages, stale, write
from ckanext.patrasparticipation.schemas.errors import Problem
from ckanext.patrasparticipation.schemas.load import record_type


def test_every_definition_that_ships_is_sound():
    assert check_all() == []


def _changed(key, value):
    """The dataset's definition with one key of its fifth field, ``theme``, given another value."""
    definition = copy.deepcopy(record_type("dataset"))
    assert definition["dataset_fields"][4]["field_name"] == "theme"
    definition["dataset_fields"][4][key] = value
    return definition


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("section", "what", "no section 'what'; there are: description, publisher, terms"),
        ("vocabulary", "themes", "no 'themes'; there are: access_right,"),
        ("default", ["TRANS"], "default 'TRANS' is not one of AGRI, ECON"),
        ("preset", "participation_text", "`vocabulary` and the preset `vocabulary…` belong together"),
        ("preset", "vocabulary_many", "no preset 'vocabulary_many'; there are: dataset_organization,"),
        ("field_name", "tag_string", "given twice: tag_string"),
    ],
)
def test_what_a_schema_cannot_see_is_still_found(key, value, message):
    found = [str(problem) for problem in check_type(_changed(key, value), "dataset.yaml")]
    assert len(found) == 1
    assert found[0].startswith("dataset.yaml: dataset_fields")
    assert message in found[0]


def test_the_check_says_how_much_it_saw_and_fails_with_a_fault(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("Sound: ")
    assert main([Problem("a.yaml", "key", "wrong")]) == 1
    assert capsys.readouterr().out == "a.yaml: key: wrong\n"


@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="installed without the project's docs/")
def test_the_reference_pages_say_what_the_definitions_say():
    assert stale(ROOT) == [], "run `make docs`"


def test_writing_again_changes_nothing_and_a_lost_definition_takes_its_page(tmp_path):
    assert sorted(write(tmp_path)) == sorted(pages())
    assert write(tmp_path) == []
    gone = tmp_path / FOLDER / "feeds" / "gone.md"
    gone.write_text((tmp_path / FOLDER / "index.md").read_text(encoding="utf-8"), encoding="utf-8")
    hand = tmp_path / FOLDER / "written-by-hand.md"
    hand.write_text("# By hand\n", encoding="utf-8")
    assert write(tmp_path) == [f"{FOLDER}/feeds/gone.md"]
    assert not gone.exists()
    assert hand.exists()
