"""The report between two days: its numbers, its files, its page, and what it never counts."""

from __future__ import annotations

import csv
import io

import pytest

from ckanext.patrasparticipation.tests.catalogue import participation_samples as made
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.chain_samples import WORKS_PROJECT, create

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def _report(**asked):
    return samples.act("participation_report", **asked)


def test_row_012_015_074_records_are_counted_in_the_period_they_belong_to():
    made.initiative(start_date="2026-03-01", participants_total=40, municipal_unit=["370101"])
    made.initiative(start_date="2026-04-01", participants_total=12, municipal_unit=["370101", "370105"])
    made.initiative(start_date="2025-01-10")
    found = _report(first="2026-03-01", last="2026-04-30", type="initiative")["types"]["initiative"]
    assert found["total"] == 2
    assert found["sums"]["participants_total"] == {"value": 52, "reported_by": 2}
    assert found["sums"]["volunteer_hours"] == {"value": None, "reported_by": 0}
    units = {one["name"]: one["count"] for one in found["by"]["vocab_municipal_unit"]}
    assert units == {"370101": 2, "370105": 1}
    assert [(one["name"], one["count"]) for one in found["months"]] == [("2026-03", 1), ("2026-04", 1)]


def test_nothing_private_or_deleted_is_counted():
    made.initiative(start_date="2026-03-01", private=True)
    gone = made.initiative(start_date="2026-03-01")
    samples.act("package_delete", id=gone["id"])
    assert (
        _report(first="2026-01-01", last="2026-12-31", type="initiative")["types"]["initiative"]["total"] == 0
    )


def test_the_files_say_the_same_numbers(app):
    made.initiative(start_date="2026-03-01", title_translated={"el": "=SUM(A1)"})
    asked = "first=2026-01-01&last=2026-12-31&type=initiative"
    shown = app.get(f"/participation/report.json?{asked}").json
    rows = list(csv.DictReader(io.StringIO(app.get(f"/participation/report.csv?{asked}").body)))
    assert shown["types"]["initiative"]["total"] == 1
    assert [row["count"] for row in rows if row["split"] == "total"] == ["1"]
    status = [row for row in rows if row["split"] == "initiative_status"]
    assert [(row["code"], row["count"]) for row in status] == [
        (one["name"], str(one["count"])) for one in shown["types"]["initiative"]["by"]["initiative_status"]
    ]


def test_the_page_shows_the_numbers_and_says_what_is_wrong(app):
    made.initiative(start_date="2026-03-01")
    body = app.get("/en/participation/report?first=2026-01-01&last=2026-12-31&type=initiative").body
    assert "Participation report" in body
    assert "chart-bar" in body
    for budget, currency in (("1.250.000,00", "EUR"), ("70.000,00", "USD")):
        create(WORKS_PROJECT, actual_start_date="2026-03-01", budget_approved=budget, currency=currency)
    body = app.get("/en/participation/report?first=2026-01-01&last=2026-12-31&type=works_project").body
    assert "€1,250,000" in body
    assert "reported by 1 record" in body
    body = app.get("/en/participation/report?first=2026-05-01&last=2026-01-01", status=400).body
    assert "The period cannot end before it starts" in body


@pytest.mark.parametrize(
    "asked", ["first=<script>", "type=person", "first=0001-01-01&last=9999-12-31", "last=" + "9" * 5000]
)
def test_a_hostile_question_is_refused(app, asked):
    body = app.get(f"/participation/report?{asked}", status=400).body
    assert "<script>alert" not in body
    assert 'value="<script>' not in body
    app.get(f"/participation/report.csv?{asked}", status=400)
