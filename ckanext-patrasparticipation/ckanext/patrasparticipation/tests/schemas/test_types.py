"""The record types: sound, bilingual, and every vocabulary and section they name is there."""

import copy

import pytest

from ckanext.patrasparticipation.schemas.load import record_type, record_types, vocabularies
from ckanext.patrasparticipation.schemas.validate import problems

FIELDS = [
    pytest.param(name, field, id=f"{name}.{field['field_name']}")
    for name, definition in record_types().items()
    for part in ("dataset_fields", "resource_fields", "fields")
    for field in definition.get(part, [])
]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_field_names_only_what_is_there(name, field):
    codes = None
    if "vocabulary" in field:
        codes = {term.code for term in vocabularies()[field["vocabulary"]].terms}
    if "default" in field and codes is not None:
        default = field["default"]
        assert set(default if isinstance(default, list) else [default]) <= codes
    if "section" in field:
        assert field["section"] in {section["name"] for section in record_type(name)["sections"]}
    preset = field.get("preset", "")
    assert ("vocabulary" in field) == preset.startswith("vocabulary") or preset == "participation_computed"


@pytest.mark.parametrize("name", record_types())
def test_no_field_is_given_twice(name):
    for part in ("dataset_fields", "resource_fields", "fields"):
        names = [field["field_name"] for field in record_type(name).get(part, [])]
        assert len(names) == len(set(names))


def test_a_misspelt_key_of_a_field_is_refused_by_name():
    content = copy.deepcopy(record_type("dataset"))
    content["dataset_fields"][2]["requierd"] = True
    (problem,) = problems(content, "definition.schema.yaml", "dataset.yaml")
    assert (problem.file, problem.place) == ("dataset.yaml", "dataset_fields/2")
    assert problem.message.startswith("unknown key 'requierd'; allowed: choices,")


def test_a_dataset_has_what_the_quality_score_asks_for():
    asked = {
        "dcat:keyword", "dcat:theme", "dct:spatial", "dcat:startDate", "dct:license", "dct:accessRights",
        "vcard:hasEmail", "dct:publisher", "dct:rights", "dct:issued", "dct:accrualPeriodicity",
    }  # fmt: skip
    given = {field.get("rdf") for field in record_type("dataset")["dataset_fields"]}
    assert asked <= given


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_case_022_what_is_called_a_date_is_a_whole_one_and_a_year_is_not_called_so(name, field):
    # Solr reads every field called ``…_date`` as a date; a year alone would become a day of January.
    for each in [field, *field.get("repeating_subfields", [])]:
        is_date = each.get("preset") == "participation_date"
        assert is_date or not each["field_name"].endswith("_date"), each["field_name"]
