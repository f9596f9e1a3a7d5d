"""A source YAML is right, or an error names the file, the key and what is allowed."""

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.examples import check_examples
from ckanext.patrasparticipation.harvesters.source import load_folder, load_source
from ckanext.patrasparticipation.schemas.load import table_feed

from .engine import FEEDS, fields, source, source_yaml

POINT = {"from": ["x", "y"], "as": "point"}


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"nmae": "x"}, "unknown_key", ["nmae", "about", "expect"]),
        ({"expect": None}, "missing_key", ["expect"]),
        ({"feed": "lampp"}, "unknown_feed", ["lampp", "lamp"]),
        ({"fields": fields(power={"from": "p", "as": "number"})}, "unknown_column", ["power", "power_w"]),
        ({"fields": fields(power_w={"from": "p", "as": "nubmer"})}, "wrong_value", ["nubmer", "number"]),
        (
            {"fields": fields(power_w={"from": "p", "as": "number", "tiems": 2})},
            "unknown_key",
            ["tiems", "times"],
        ),
        ({"fields": fields(lon={"from": "p", "as": "number"}, position=POINT)}, "column_twice", ["lon"]),
        ({"fields": {"street": {"from": "s", "as": "text"}}}, "required_column_unmapped", ["code"]),
        ({"ignore": ["code"]}, "mapped_and_ignored", ["code"]),
        ({"reader": {"type": "delimited"}}, "wrong_value", ["url", "path"]),
        ({"reader": {"type": "telepathy", "path": "x"}}, "wrong_value", ["telepathy", "delimited"]),
        ({"duplicates": {"count_into": "nothing"}}, "unknown_column", ["nothing", "lamps"]),
        ({"examples": []}, "wrong_value", ["examples"]),
        ({"columns": [{"name": "x"}]}, "unknown_key", ["columns"]),
    ],
)
def test_a_mistake_is_named(changes, code, said):
    with pytest.raises(DefinitionError) as caught:
        source(**changes)
    assert caught.value.code == code
    for language in ("el", "en"):
        assert "source.yaml" in caught.value.text[language]
        for word in said:
            assert word in caught.value.text[language]


@pytest.mark.parametrize("text", ["a: 1\na: 2", "[1, 2]", "a: [", "? [1]\n: 2"])
def test_what_is_no_yaml_mapping_is_refused(text):
    with pytest.raises(DefinitionError, match="not_yaml"):
        load_source(text, FEEDS)


def test_yaml_guesses_nothing():
    text = yaml.safe_dump(source_yaml(), allow_unicode=True)
    text = text.replace("becomes:", "rejected:").replace("    code: A\n  given:", "    code: no\n  given:")
    assert load_source(text, FEEDS).examples[0].rejected == {"code": "no"}


def test_a_source_is_frozen_and_knows_its_raw_columns():
    found = source(fields=fields(position=POINT, power_w={"from": "p", "as": "number", "optional": True}))
    assert found.mapped == {"code", "x", "y", "p"}
    assert found.required == {"code", "x", "y"}
    with pytest.raises(AttributeError):
        found.name = "other"


def test_the_schema_hash_follows_the_mapping_and_not_the_title():
    plain = source()
    about = {**source_yaml()["about"], "title": {"el": "Άλλο", "en": "Other"}}
    assert source(about=about).schema_hash == plain.schema_hash
    assert source(duplicates="drop").schema_hash != plain.schema_hash


def test_a_table_declares_its_columns_in_the_source():
    columns = [
        {"name": "code", "type": "text", "label": {"el": "Κ", "en": "C"}, "about": {"el": "Κ", "en": "C"}}
    ]
    text = yaml.safe_dump(source_yaml(feed="table", key="code", columns=columns), allow_unicode=True)
    assert load_source(text, FEEDS, table=table_feed).feed.key == "code"
    with pytest.raises(DefinitionError, match="missing_key"):
        load_source(yaml.safe_dump(source_yaml(feed="table")), FEEDS, table=table_feed)
    bad = text.replace("type: text", "type: words")
    with pytest.raises(DefinitionError, match="words"):
        load_source(bad, FEEDS, table=table_feed)


def test_two_files_of_a_folder_may_not_have_one_name(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(yaml.safe_dump(source_yaml(), allow_unicode=True), encoding="utf-8")
    with pytest.raises(DefinitionError, match="same_name"):
        load_folder(tmp_path, FEEDS)


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ({"given": {"code": "A"}, "becomes": {"code": "B"}}, "example_wrong"),
        ({"given": {"code": "A"}, "rejected": {"code": "empty"}}, "example_wrong"),
        ({"given": {"code": ""}, "becomes": {"code": "A"}}, "example_wrong"),
        ({"given": {"code": "A", "other": 1}, "becomes": {"code": "A"}}, "example_unmapped"),
    ],
)
def test_an_example_that_does_not_hold_is_an_error(example, code):
    with pytest.raises(DefinitionError) as caught:
        check_examples(source(examples=[example]))
    assert caught.value.code == code


def test_examples_that_hold_pass():
    check_examples(
        source(
            fields=fields(power_w={"from": "p", "as": "number", "times": 1000, "optional": True}),
            examples=[
                {"given": {"code": "A", "p": 0.07}, "becomes": {"code": "A", "power_w": 70}},
                {"given": {"code": "A"}, "becomes": {"power_w": None}},
                {"given": {"code": " "}, "rejected": {"code": "empty"}},
                {"given": {"code": "A", "p": "x"}, "rejected": {"power_w": "not_a_number"}},
            ],
        )
    )
