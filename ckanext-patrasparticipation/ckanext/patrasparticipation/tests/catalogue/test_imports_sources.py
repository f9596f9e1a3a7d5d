"""A source that says ``record:``: rows become records, edited fields stay, what is gone is marked."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from ckanext.patrasparticipation.feeds import rejected
from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.examples import check_examples
from ckanext.patrasparticipation.model import RecordOrigin, Run

from . import samples
from .feeds_ground import NAME, Ground

SOURCE = """
name: test-lights
record: dataset
about:
  title: {el: Διαβουλεύσεις δοκιμής, en: Test consultations}
  license: CC_BY_4_0
  publisher: dimos-dokimis
  contact: {name: Τμήμα, email: tmima@example.gr}
  theme: GOVE
  frequency: DAILY
reader: {type: delimited, path: lights.csv, separator: ',', encoding: utf-8, header_row: 1}
fields:
  source_id: {from: id, as: text}
  title: {from: title, as: text}
  title_en: {from: en, as: text, optional: true}
  notes: {from: about, as: text}
  temporal_start: {from: opens, as: date, optional: true}
  municipal_unit: {from: units, as: text, optional: true}
  position: {from: [lon, lat], as: point, optional: true}
  source_system: {as: constant, value: decidim}
expect:
  rows: {min: 1, max: 100000}
  rejected: 0.5
examples:
- given: {id: '1', title: Πλατεία, about: Για την πλατεία, opens: '2025-03-01'}
  becomes: {source_id: '1', title: Πλατεία, temporal_start: '2025-03-01'}
"""
HEAD = "id,title,en,about,opens,units,lon,lat"


def lines(*numbers: int, **more: str) -> list[str]:
    about = more.get("about", "Για την πλατεία.")
    return [
        f"{n},Διαβούλευση {n},Consultation {n},{about},2025-03-0{n % 9 + 1},370101,21.73,38.24"
        for n in numbers
    ]


@pytest.fixture
def source(ground: Ground, app: Any) -> Any:
    ground.define(SOURCE)

    def give(*rows: str) -> Any:
        ground.file.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
        with app.flask_app.test_request_context():
            return ground.harvest()

    give.ground = ground  # type: ignore[attr-defined]
    return give


def records() -> list[dict[str, Any]]:
    found = samples.act("package_search", q="*:*", rows=1000, sort="title_string asc")
    return list(found["results"])


def test_rows_become_records_with_their_origin_and_a_second_run_changes_nothing(source):
    first = source(*lines(1, 2, 3))
    assert (first.outcome, first.published.inserted) == ("published", 3)
    one = records()[0]
    assert one["title_translated"] == {"el": "Διαβούλευση 1", "en": "Consultation 1"}
    assert (one["license_id"], one["theme"], one["municipal_unit"]) == ("CC_BY_4_0", ["GOVE"], ["370101"])
    assert one["source_system"] == "decidim"
    assert one["organization"]["name"] == "dimos-dokimis"
    origin = samples.act("package_show", id=one["id"])["came_from"]
    assert (origin["source"], origin["source_id"], origin["gone_at"]) == (NAME, "1", None)
    stamps = {each.id: each.metadata_modified for each in model.Session.query(model.Package)}
    again = source(*lines(1, 2, 3), "")
    assert again.outcome == "unchanged"
    assert stamps == {each.id: each.metadata_modified for each in model.Session.query(model.Package)}


def test_fields_that_a_person_edited_survive_the_next_run(source):
    source(*lines(1))
    (record,) = records()
    samples.act("package_patch", id=record["id"], notes_translated={"el": "Διορθωμένο."})
    report = source(*lines(1, about="Νέα περιγραφή."))
    assert report.outcome in ("published", "unchanged")
    assert records()[0]["notes"] == "Διορθωμένο."
    third = source(*lines(1, about="Νέα περιγραφή.")[:1])
    assert third.outcome == "unchanged"


def test_a_record_that_is_gone_at_the_source_is_marked_not_deleted_and_comes_back(source):
    source(*lines(1, 2, 3))
    gone = source(*lines(1, 2))
    assert (gone.outcome, gone.published.deleted) == ("published", 1)
    third = records()[2]
    assert third["state"] == "active"
    assert samples.act("package_show", id=third["id"])["came_from"]["gone_at"]
    source(*lines(1, 2, 3))
    assert samples.act("package_show", id=third["id"])["came_from"]["gone_at"] is None


def test_a_record_that_a_person_deleted_stays_deleted(source):
    source(*lines(1, 2))
    samples.act("package_delete", id=records()[0]["id"])
    source(*lines(1, 2, about="Άλλη."))
    assert [each["source_id"] for each in records()] == ["2"]


def test_f_30_twelve_rows_after_many_stop_before_anything_is_marked(source):
    source(*lines(*range(1, 60)))
    held = source(*lines(*range(1, 13)))
    assert (held.outcome, held.reason.code) == ("held", "rows_dropped")
    assert model.Session.query(RecordOrigin).filter(RecordOrigin.gone_at.isnot(None)).count() == 0
    assert len(records()) == 59


def test_f_4_a_page_in_the_place_of_the_data_changes_nothing(source):
    source(*lines(1, 2))
    source.ground.file.write_text("<!DOCTYPE html><html><body>Not found</body></html>", encoding="utf-8")
    report = source.ground.harvest()
    assert report.outcome == "changed"
    assert len(records()) == 2
    assert model.Session.query(RecordOrigin).filter(RecordOrigin.gone_at.isnot(None)).count() == 0


def test_a_row_that_lacks_a_required_field_is_a_draft(source):
    report = source("1,Διαβούλευση,Consultation,,2025-03-01,370101,21.73,38.24")
    assert (report.outcome, report.published.inserted) == ("published", 1)
    (package,) = model.Session.query(model.Package)
    assert package.state == "draft"
    assert samples.act("package_show", id=package.id)["came_from"]["missing"] == ["notes_translated"]


def test_a_row_that_the_rules_refuse_is_kept_in_the_list_of_the_run(source):
    report = source(*lines(1), "2,Διαβούλευση 2,Two,Κείμενο,2025-03-01,NOWHERE,21.73,38.24")
    assert (report.outcome, report.published.inserted) == ("published", 1)
    run = model.Session.query(Run).filter_by(source=NAME).one()
    (line,) = rejected.page(run.id, 10, 0)["rows"]
    assert (line["row_number"], line["column"], line["code"]) == (2, "municipal_unit", "record_refused")
    assert "NOWHERE" in line["reason"]["el"]


def test_examples_run_through_the_same_mapping(source):
    check_examples(source.ground.entry.source, source.ground.entry.city.areas)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("record: dataset", "record: person", "unknown_record"),
        ("record: dataset", "record: dataset\nfeed: street_light", None),
        ("record: dataset", "record: dataset\nkey: title", "unknown_key"),
        ("  title: {from: title, as: text}", "  nothing: {from: title, as: text}", "unknown_column"),
        (
            "  source_id: {from: id, as: text}",
            "  source_url: {from: id, as: text}",
            "required_column_unmapped",
        ),
    ],
)
def test_a_wrong_definition_is_refused_with_its_reason(source, was, becomes, told):
    source.ground.define(SOURCE.replace(was, becomes))
    with pytest.raises(DefinitionError) as wrong:
        _ = source.ground.entry
    assert told is None or wrong.value.code == told
