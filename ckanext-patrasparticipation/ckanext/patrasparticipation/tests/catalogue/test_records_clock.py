"""What the clock alone changes: seen in facets, in answers and on the page, in the minute it changes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import procrastinate
import pytest
from ckan import model
from ckan.cli.cli import ckan

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.doctor import records as examined
from ckanext.patrasparticipation.feeds import jobs
from ckanext.patrasparticipation.model import Moment
from ckanext.patrasparticipation.records import computed, definitions, moments
from ckanext.patrasparticipation.search import rebuild

from . import samples
from .chain_samples import CONSULTATION, WORKS_PROJECT, at, create, show

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

STAGES = {"announced": "Έχει ανακοινωθεί", "open": "Ανοικτή", "closed": "Έχει κλείσει"}


def minute(app: Any) -> None:
    """What a worker does in its minute: the duty is queued, and the worker runs until nothing waits."""
    samples.no_jobs()
    with procrastinate.App(connector=procrastinate.SyncPsycopgConnector(**jobs.options())).open() as queue:
        queue.configure_task("participation:change", queue=jobs.DUTIES).defer(timestamp=0)
    jobs.work(app.flask_app, wait=False)


def facet(name: str) -> dict[str, int]:
    """How many records the index has under each value of a field."""
    answer = samples.act("package_search", **{"facet.field": [name], "rows": 0})
    return {item["name"]: item["count"] for item in answer["search_facets"][name]["items"]}


def due(package_id: str) -> datetime | None:
    model.Session.expire_all()
    row = model.Session.get(Moment, package_id)
    return row.due_at if row else None


def test_acceptance_3_a_consultation_is_announced_opens_and_closes_by_the_clock_alone(app, monkeypatch):
    at(monkeypatch, "2026-07-09T23:30")
    dates = {"open_date": "2026-07-10", "close_date": "2026-07-31", "name": "plateia"}
    made = create(CONSULTATION, **dates)
    saved = model.Package.get(made["id"]).metadata_modified

    def stages() -> tuple[dict[str, int], str, str]:
        (found,) = samples.act("package_search", fq="name:plateia")["results"]
        page = app.get("/consultation/plateia").body
        shown = [code for code, label in STAGES.items() if label in page]
        return facet("consultation_status"), found["consultation_status"], "".join(shown)

    assert stages() == ({"announced": 1}, "announced", "announced")
    # 23:30 in Athens is 20:30 in UTC: on both calendars the day before.
    assert clock.now() == datetime(2026, 7, 9, 20, 30, tzinfo=timezone.utc)
    minute(app)
    assert facet("consultation_status") == {"announced": 1}
    assert due(made["id"]) == datetime(2026, 7, 9, 21, tzinfo=timezone.utc)

    # Midnight in Athens; in UTC it is still the 9th. Answers follow at once, facets within the minute.
    at(monkeypatch, "2026-07-10T00:00")
    assert stages() == ({"announced": 1}, "open", "open")
    minute(app)
    assert stages() == ({"open": 1}, "open", "open")
    assert due(made["id"]) == datetime(2026, 7, 31, 21, tzinfo=timezone.utc)

    # The last evening (case 27): open until midnight, whatever UTC says.
    at(monkeypatch, "2026-07-31T23:30")
    minute(app)
    assert stages() == ({"open": 1}, "open", "open")

    at(monkeypatch, "2026-08-01T00:00")
    minute(app)
    assert stages() == ({"closed": 1}, "closed", "closed")

    at(monkeypatch, "2026-09-30T00:00")
    assert facet("closed_without_answer") == {"false": 1}
    minute(app)
    assert facet("closed_without_answer") == {"true": 1}
    assert model.Package.get(made["id"]).metadata_modified == saved  # nobody saved it


def test_a_closing_time_is_kept_to_the_minute(app, monkeypatch):
    at(monkeypatch, "2026-03-10T12:00")
    made = create(CONSULTATION, close_date="2026-03-20", close_time="14:00")
    assert due(made["id"]) == datetime(2026, 3, 20, 12, tzinfo=timezone.utc)
    at(monkeypatch, "2026-03-20T13:59")
    minute(app)
    assert facet("consultation_status") == {"open": 1}
    at(monkeypatch, "2026-03-20T14:00")
    minute(app)
    assert facet("consultation_status") == {"closed": 1}


def test_row_090_a_project_gets_later_every_midnight(app, monkeypatch):
    at(monkeypatch, "2026-03-20T12:00")
    made = create(WORKS_PROJECT, planned_end_date="2026-03-20")
    assert (made["delay_days"], made["is_delayed"]) == (0, False)
    for day, days in (("2026-03-21T00:00", 1), ("2026-03-22T00:00", 2)):
        at(monkeypatch, day)
        minute(app)
        assert facet("delay_days") == {str(days): 1}
        assert facet("is_delayed") == {"true": 1}
        assert show(made["id"])["delay_days"] == days


def test_what_is_saved_again_takes_its_new_moment_and_what_is_deleted_has_none(monkeypatch):
    at(monkeypatch, "2026-03-10T12:00")
    made = create(CONSULTATION)
    before = due(made["id"])
    samples.act("package_patch", id=made["id"], close_date="2026-03-20")
    assert due(made["id"]) < before
    samples.act("package_delete", id=made["id"])
    assert due(made["id"]) is None


def test_one_record_that_cannot_be_indexed_stops_no_other_and_stays_due(monkeypatch):
    at(monkeypatch, "2026-02-10T12:00")
    owner = samples.publisher()["id"]
    bad, good = (create(CONSULTATION, name=name, owner_org=owner) for name in ("bad", "good"))
    now = at(monkeypatch, "2026-03-01T00:00")
    indexed = rebuild.index_update_package

    def breaks(context, package_id, **how):
        if package_id == bad["id"]:
            raise ValueError("broken")
        return indexed(context, package_id, **how)

    monkeypatch.setattr(rebuild, "index_update_package", breaks)
    assert moments.attend() == 1
    assert facet("consultation_status") == {"announced": 1, "open": 1}
    assert moments.due(now) == [bad["id"]]
    assert due(good["id"]) > now
    monkeypatch.setattr(rebuild, "index_update_package", indexed)
    assert moments.attend() == 1
    assert facet("consultation_status") == {"open": 2}


def test_while_solr_is_away_what_is_due_waits(app, monkeypatch, caplog):
    at(monkeypatch, "2026-02-10T12:00")
    made = create(CONSULTATION)
    at(monkeypatch, "2026-03-01T00:00")
    with monkeypatch.context() as away:
        away.setattr(rebuild, "index_update_package", lambda *given, **how: 1 / 0)
        away.setattr(rebuild.search, "is_available", lambda: False)
        minute(app)
    assert "wait for Solr" in caplog.text
    assert moments.due() == [made["id"]]
    minute(app)
    assert facet("consultation_status") == {"open": 1}


def test_a_change_while_it_is_being_indexed_is_not_lost(monkeypatch):
    at(monkeypatch, "2026-02-10T12:00")
    made = create(CONSULTATION, close_date="2026-03-01")
    at(monkeypatch, "2026-03-01T23:59:59")
    some = rebuild.some

    def slow(ids, **how):
        done = some(ids, **how)
        at(monkeypatch, "2026-03-02T00:00:01")  # midnight passed while Solr worked
        return done

    monkeypatch.setattr(rebuild, "some", slow)
    moments.attend()
    assert facet("consultation_status") == {"open": 1}
    assert moments.due() == [made["id"]]  # it is due again, and the next minute puts it right
    monkeypatch.setattr(rebuild, "some", some)
    moments.attend()
    assert facet("consultation_status") == {"closed": 1}


class TestDoctor:
    def found(self) -> list[tuple[str, str]]:
        return [
            (each.state, each.says) for check in (examined.overdue, examined.forgotten) for each in check()
        ]

    def test_it_finds_overdue_moments_and_mends_them(self, cli, monkeypatch):
        at(monkeypatch, "2026-02-10T12:00")
        create(CONSULTATION)
        assert [state for state, _says in self.found()] == ["ok", "ok"]
        at(monkeypatch, "2026-03-01T00:06")  # no worker ran for six minutes
        (state, says), _ = self.found()
        assert state == "wrong"
        assert says.startswith(
            "1 records changed by the clock and are not indexed, since 2026-02-28 22:00 UTC"
        )
        mended = cli.invoke(ckan, ["participation", "doctor", "--mend", "--json"])
        assert "mended: 1 records are indexed again" in mended.output
        assert [state for state, _says in self.found()] == ["ok", "ok"]
        assert facet("consultation_status") == {"open": 1}

    def test_it_finds_records_whose_moment_nobody_remembers(self, monkeypatch):
        at(monkeypatch, "2026-02-10T12:00")
        made = create(CONSULTATION)
        moments.forget(made["id"])
        model.Session.commit()
        assert [state for state, _says in self.found()] == ["ok", "wrong"]
        assert moments.mend() == 1
        assert [state for state, _says in self.found()] == ["ok", "ok"]
        assert due(made["id"]) == datetime(2026, 2, 28, 22, tzinfo=timezone.utc)


def test_every_computed_field_of_a_type_is_worked_out_and_no_other(monkeypatch):
    now = at(monkeypatch, "2026-03-10T12:00")
    for name, module in computed.MODULES.items():
        fields = {field["field_name"] for field in definitions.computed(definitions.of(name))}
        assert set(module.values({"type": name}, now)) == fields, name
        assert module.next_change({"type": name}, now) is None


@pytest.mark.parametrize("given", ["0002-01-01", "9899-12-31"])
def test_days_at_the_ends_of_the_calendar_break_nothing(given, monkeypatch):
    at(monkeypatch, "2026-03-10T12:00")
    made = create(CONSULTATION, open_date=given, close_date=given)
    assert made["consultation_status"] in ("announced", "closed")
    assert json.dumps(made)
    assert clock.now() + timedelta(days=1)
