"""Citizen groups and initiatives: every field is explained, and code agrees with the definitions."""

from datetime import datetime, timezone

import pytest

from ckanext.patrasparticipation.logic.validators import counts, identifiers
from ckanext.patrasparticipation.records.computed import citizen_group, initiative
from ckanext.patrasparticipation.schemas.load import record_type, vocabulary

TYPES = ("citizen_group", "initiative")
COMPUTED = "participation_computed"


def fields(name):
    return record_type(name)["dataset_fields"]


@pytest.mark.parametrize("name", TYPES)
def test_every_field_stands_in_a_section_and_is_explained_in_both_languages(name):
    for field in fields(name):
        assert field["section"], field["field_name"]
        if field.get("preset") != COMPUTED:
            assert {"el", "en"} <= set(field.get("help_text", {})) or field["field_name"] == "owner_org", (
                field["field_name"]
            )
        for inner in field.get("repeating_subfields", ()):
            assert {"el", "en"} <= set(inner["label"]), (field["field_name"], inner["field_name"])


@pytest.mark.parametrize("name", TYPES)
def test_no_year_is_called_a_date_and_every_date_is_a_whole_day(name):
    for field in fields(name):
        is_day = field.get("preset") == "participation_date"
        assert field["field_name"].endswith("_date") == is_day, field["field_name"]


@pytest.mark.parametrize(("name", "module"), [("citizen_group", citizen_group), ("initiative", initiative)])
def test_what_is_worked_out_is_exactly_what_the_type_declares(name, module, monkeypatch):
    monkeypatch.setattr(initiative.config, "stale_months", lambda: 6)
    declared = {field["field_name"] for field in fields(name) if field.get("preset") == COMPUTED}
    assert set(module.values({}, datetime.now(timezone.utc))) == declared


def test_the_codes_in_the_rules_are_those_of_the_vocabularies():
    def codes(name):
        return {term.code for term in vocabulary(name).terms}

    assert set(identifiers.CHECKS) == codes("identifier_scheme")
    assert (
        set(counts.COUNTS) == codes("suppressed_count") <= {one["field_name"] for one in fields("initiative")}
    )
    lists = {"activity_field": "activity_field", "target_groups": "target_group"}
    for field, sensitive in counts.SENSITIVE.items():
        assert sensitive <= codes(lists.get(field, field))
    assert set(citizen_group.BEST_FIRST) == codes("certification_status")
    assert set(initiative.BEST_FIRST) == codes("application_status")


def test_partners_may_come_from_the_union_and_its_neighbours():
    there = {term.code: term.uri for term in vocabulary("country").terms}
    assert {"GRC", "ESP", "ITA", "PRT", "ROU", "LVA", "POL", "FRA", "BIH", "NOR", "ISL", "ALB"} <= set(there)
    assert there["BIH"] == "http://publications.europa.eu/resource/authority/country/BIH"


@pytest.mark.parametrize("name", TYPES)
def test_what_many_choose_by_is_a_facet(name):
    wanted = {
        "activity_field",
        "municipal_unit",
        "target_groups",
        "review_status",
        "source_system",
        "language",
    }
    assert wanted <= {field["field_name"] for field in fields(name) if field.get("facet")}
