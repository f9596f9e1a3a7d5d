"""What record types share: typed values, arrows between records, and values that change with the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.model import Moment, Relation
from ckanext.patrasparticipation.records import computed, definitions, moments
from ckanext.patrasparticipation.search import rebuild
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins")


def _validate(name: str, value: object, **field: object) -> object:
    validator = tk.get_validator(name)
    if getattr(validator, "is_a_scheming_validator", False):
        validator = validator(field, {})
    return validator(value)


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("participation_number", "5.525,00 €", "5525.00"),
        ("participation_number", "4972.5", "4972.5"),
        ("participation_number", "1.234", "1234"),
        ("participation_number", 12.5, "12.5"),
        ("participation_integer", "1.250", "1250"),
        ("participation_integer", 76936, "76936"),
        ("participation_year", "2012", "2012"),
        ("participation_boolean", "Ναι", "true"),
        ("participation_date", "13/11/2023", "2023-11-13"),
        ("participation_date", "7.5.2024", "2024-05-07"),
        ("participation_time", "9:30", "09:30"),
        ("participation_datetime", "24.06.2016 | 15:27", "2016-06-24T15:27"),
        ("participation_datetime", "2026-05-01T15:00:00Z", "2026-05-01T18:00"),
        ("participation_ada", "Ψ6Δ1ΩHK-HKΞ", "Ψ6Δ1ΩΗΚ-ΗΚΞ"),
        ("participation_adam", "24symv015123456", "24SYMV015123456"),
    ],
)
def test_a_value_is_kept_in_one_way_however_it_was_written(name, given, kept):
    assert _validate(name, given) == kept


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("participation_number", "5,525.00.1"),
        ("participation_number", True),
        ("participation_number", "1" * 40),
        ("participation_integer", "-1"),
        ("participation_integer", "2,5"),
        ("participation_year", "2999"),
        ("participation_boolean", "ίσως"),
        ("participation_date", "31/02/2024"),
        ("participation_time", "25:00"),
        ("participation_datetime", "αύριο"),
        ("participation_ada", "ABC-1"),
        ("participation_adam", "24XXXX015123456"),
    ],
)
def test_what_is_no_such_value_is_refused(name, given, with_request_context):
    with pytest.raises(tk.Invalid):
        _validate(name, given)


def test_shared_fields_stand_in_schemings_definitions():
    fields = definitions.of("dataset")["dataset_fields"]
    assert all("extends" not in field for field in fields)
    theme = next(field for field in fields if field["field_name"] == "theme")
    assert theme["vocabulary"] == "theme"
    assert theme["form_snippet"] == "vocabulary_multiple.html"


@pytest.mark.usefixtures("clean_db", "clean_index")
class TestRelations:
    def test_an_arrow_is_kept_by_id_and_follows_the_record(self, with_request_context):
        one, other = samples.dataset(), samples.dataset()
        made = samples.dataset(related_dataset=[other["name"], f"/el/dataset/{one['name']}"])
        assert made["related_dataset"] == [other["id"], one["id"]]
        rows = model.Session.query(Relation).filter_by(subject=made["id"]).order_by(Relation.position)
        assert [(row.predicate, row.object) for row in rows] == [
            ("related_dataset", other["id"]),
            ("related_dataset", one["id"]),
        ]
        samples.act("package_patch", id=made["id"], related_dataset=[one["id"]])
        assert [row.object for row in model.Session.query(Relation).filter_by(subject=made["id"])] == [
            one["id"]
        ]

    def test_a_record_points_neither_at_itself_nor_at_nothing(self, with_request_context):
        made = samples.dataset()
        refused = samples.refusal("package_patch", id=made["id"], related_dataset=[made["id"]])
        assert refused["related_dataset"] == ["A record cannot point at itself"]
        refused = samples.refusal("package_patch", id=made["id"], related_dataset=["nowhere"])
        assert refused["related_dataset"] == ["There is no record 'nowhere' that you may see"]


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_what_changes_by_the_clock_is_indexed_again_when_it_is_due(monkeypatch):
    start = datetime(2026, 5, 1, 9, tzinfo=timezone.utc)
    change = start + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: start)
    module = SimpleNamespace(
        values=lambda record, now: {}, next_change=lambda record, now: change if now < change else None
    )
    monkeypatch.setattr(computed, "MODULES", {"dataset": module})
    made = samples.dataset()
    row = model.Session.get(Moment, made["id"])
    assert row.due_at == change
    assert moments.attend() == 0
    monkeypatch.setattr(clock, "now", lambda: change)
    indexed, some = [], rebuild.some
    monkeypatch.setattr(rebuild, "some", lambda ids: indexed.extend(ids) or some(ids))
    assert moments.attend() == 1
    assert indexed == [made["id"]]
    assert model.Session.get(Moment, made["id"]) is None
    assert search.show(made["id"])["id"] == made["id"]
