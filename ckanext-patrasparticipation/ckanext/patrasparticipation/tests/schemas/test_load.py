"""Definitions become values: whole, resolved, and refused where they are wrong."""

import pytest

from ckanext.patrasparticipation.schemas.errors import InvalidDefinition
from ckanext.patrasparticipation.schemas.load import feed, feeds, table_feed, vocabularies, vocabulary
from ckanext.patrasparticipation.schemas.read import read_yaml
from ckanext.patrasparticipation.schemas.validate import HERE, problems

TEXT = {"el": "Κείμενο", "en": "Text"}
COLUMN = {"name": "code", "type": "text", "label": TEXT, "about": TEXT}


def test_a_file_and_the_name_inside_it_are_the_same():
    assert all(name == loaded.name for name, loaded in feeds().items())
    assert all(name == loaded.name for name, loaded in vocabularies().items())


@pytest.mark.parametrize("name", feeds())
def test_a_feed_explains_every_column_in_both_languages(name):
    for column in feed(name).columns:
        for text in (column.label, column.about, *(choice.label for choice in column.choices)):
            assert text["el"].strip(), column.name
            assert text["en"].strip(), column.name


@pytest.mark.parametrize("name", feeds())
def test_a_unit_is_the_suffix_of_its_column(name):
    suffixes = {
        "W": "_w",
        "lm": "_lm",
        "K": "_k",
        "m": "_m",
        "m2": "_m2",
        "L": "_l",
        "%": "_pct",
        "EUR": "_eur",
    }
    suffixes |= {"min": "_min", "Mbit/s": "_mbps", "km2": "_km2"}
    for column in feed(name).columns:
        if column.unit in suffixes:
            assert column.name.endswith(suffixes[column.unit])


def test_the_units_of_the_city_are_shared_by_feeds_and_records():
    codes = [choice.code for choice in feed("street_light").column("municipal_unit").choices]
    assert codes == ["370101", "370102", "370103", "370104", "370105"]
    assert [term.code for term in vocabulary("coverage").terms][:5] == codes


def test_a_community_and_a_neighbourhood_belong_to_a_unit():
    units = {term.code for term in vocabulary("municipal_unit").terms}
    for name in ("community", "neighbourhood"):
        assert {term.attributes["parent"] for term in vocabulary(name).terms} <= units
    assert all(term.code.startswith(term.attributes["parent"]) for term in vocabulary("community").terms)


@pytest.mark.parametrize("name", vocabularies())
def test_a_uri_lies_in_the_table_it_is_said_to_be_in(name):
    uris = [term.uri for term in vocabulary(name).terms if term.uri]
    assert len(uris) == len(set(uris))
    if (table := vocabulary(name).uri) and "publications.europa.eu" in table:
        assert all(uri.startswith(f"{table}/") for uri in uris)


def test_a_promise_is_never_shorter_than_the_interval():
    for term in vocabulary("frequency").terms:
        if "period_seconds" in term.attributes:
            assert int(term.attributes["promised_age_seconds"]) > int(term.attributes["period_seconds"])


def test_a_table_takes_its_columns_from_its_source():
    made = table_feed([COLUMN, {**COLUMN, "name": "lon", "type": "number"}], TEXT, TEXT, "code")
    assert (made.name, made.key, made.geometry) == ("table", "code", None)
    assert table_feed([{"extends": "located"}], TEXT, TEXT, "asset_id").geometry == "point"


@pytest.mark.parametrize(
    ("columns", "key", "message"),
    [
        ([{**COLUMN, "lable": TEXT}], "code", "columns/0: unknown key 'lable'; allowed: about, based_on"),
        ([{**COLUMN, "type": "string"}], "code", "columns/0/type: 'string' is not one of"),
        ([{**COLUMN, "label": {"en": "Text"}}], "code", "'el' is a required property"),
        ([COLUMN, COLUMN], "code", "columns: given twice: code"),
        ([COLUMN], "id", "key: 'id' is not a column; there are: code"),
        ([{"extends": "upkeeep"}], "code", "no group 'upkeeep'; there are: located, upkeep"),
        ([{**COLUMN, "choices_from": "themes"}], "code", "no 'themes'; there are: access_right,"),
        (
            [{**COLUMN, "choices_from": "theme", "choices": {"a": TEXT}}],
            "code",
            "code: either `choices` or `choices_from`, not both",
        ),
        ([{**COLUMN, "maximum": "2024"}], "code", "columns/0/maximum: '2024' is not a number, a day such as"),
        ([{**COLUMN, "name": "Κωδικός"}], "code", "columns/0/name: 'Κωδικός' is not a name of at most 63"),
        ([{**COLUMN, "pattern": "[A-"}], "code", "code: `pattern` is not a regular expression: unterminated"),
        ([{**COLUMN, "minimum": 3}], "code", "code: `minimum` cannot be 3 in a column of type text"),
        (
            [{**COLUMN, "type": "date", "maximum": 3}],
            "code",
            "`maximum` cannot be 3 in a column of type date",
        ),
        ([{**COLUMN, "type": "number", "search": True}], "code", "`search` is for columns of type text"),
        ([], "code", "columns: [] should be non-empty"),
    ],
)
def test_a_wrong_table_is_refused_with_the_place_and_what_was_allowed(columns, key, message):
    with pytest.raises(InvalidDefinition) as refused:
        table_feed(columns, TEXT, TEXT, key)
    assert message in str(refused.value)


def test_an_unknown_feed_is_answered_with_those_there_are():
    with pytest.raises(InvalidDefinition, match="no 'street_lights'; there are: "):
        feed("street_lights")


def test_yaml_keeps_codes_and_days_as_text_and_refuses_a_key_given_twice(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("no: yes\nday: 2024-01-31\non: true\n", encoding="utf-8")
    assert read_yaml(path) == {"no": "yes", "day": "2024-01-31", "on": True}
    path.write_text("code: 1\ncode: 2\n", encoding="utf-8")
    with pytest.raises(InvalidDefinition, match="the key 'code' is given twice"):
        read_yaml(path)


@pytest.mark.parametrize("path", sorted((HERE / "feeds").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_misspelt_key_of_a_feed_is_refused_by_name(path):
    content = {**read_yaml(path), "geometri": "point"}
    (problem,) = problems(content, "feed.schema.yaml", path.name)
    assert str(problem) == (
        f"{path.name}: unknown key 'geometri'; allowed: about, based_on, checks, columns, counts, fixed, "
        "key, key_of, label, name, plausible"
    )
