"""Numbers, moments, cells and addresses as pages write them, and the page counter's call."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.helpers import (
    participation_cell,
    participation_licence,
    participation_number,
    participation_place,
    participation_size,
    participation_span,
    participation_when,
)
from ckanext.patrasparticipation.reading.citation import Citation
from ckanext.patrasparticipation.stories import words
from ckanext.patrasparticipation.views.pages import schema_of

NOW = datetime(2026, 5, 7, 21, 30, tzinfo=timezone.utc)  # in Athens the eighth has begun
TEXT: dict[str, Any] = {"choices": {}, "numeric": False, "type": "text", "unit": ""}
COUNT = TEXT | {"numeric": True, "type": "int8"}

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def greek(app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A Greek reader's request, at a moment that does not move."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    greek = {"CKAN_LANG": "el"}  # what the address gives a real request
    with app.flask_app.test_request_context("/?ext_bbox=21.7,38.2,21.8,38.3", environ_overrides=greek):
        yield


@pytest.mark.usefixtures("greek")
class TestGreek:
    def test_thousands_have_a_dot(self) -> None:
        assert participation_number(2986) == "2.986"
        assert participation_number(None) == ""

    @pytest.mark.parametrize(
        ("size", "words"),
        [(0, "0 B"), (999, "999 B"), (412_345, "412 KB"), (1_240_000, "1,2 MB"), (None, "")],
    )
    def test_a_size_has_two_digits_at_most_and_a_comma(self, size: int | None, words: str) -> None:
        assert participation_size(size) == words

    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            ("2026-05-07T21:10:00+00:00", "σήμερα 00:10"),
            ("2026-05-07T03:10:00Z", "χθες 06:10"),
            ("2026-05-09T03:00:00", "αύριο 06:00"),
            ("2026-05-01T03:00:00", "1 Μαΐου 2026"),
            (None, ""),
        ],
    )
    def test_a_moment_is_near_or_has_a_date_in_the_citys_time(self, moment: str | None, words: str) -> None:
        assert participation_when(moment) == words

    @pytest.mark.parametrize(
        ("seconds", "words"),
        [(30, "1 λεπτό"), (7_200, "2 ώρες"), (86_400, "1 ημέρα"), (270_000, "3 ημέρες")],
    )
    def test_a_length_of_time_is_told_in_its_largest_unit(self, seconds: int, words: str) -> None:
        assert participation_span(seconds) == words

    def test_a_cell_is_told_as_people_write_it(self) -> None:
        assert participation_cell(None, TEXT) == ""
        assert participation_cell(True, TEXT | {"type": "bool"}) == "ναι"
        assert participation_cell("led", TEXT | {"choices": {"led": "LED"}}) == "LED"
        assert participation_cell(2015, COUNT) == "2015"
        assert participation_cell(1100, COUNT | {"unit": "L"}) == "1.100"
        assert participation_cell(4.1, COUNT | {"type": "float8"}) == "4,1"
        assert participation_cell("2026-05-07", TEXT | {"type": "date"}) == "7/5/2026"
        assert participation_cell("<b>", TEXT) == "<b>"

    def test_a_box_without_a_name_is_still_a_place(self) -> None:
        assert participation_place() == {"bbox": "21.7,38.2,21.8,38.3", "name": tk._("a box on the map")}


def test_values_of_records_are_written_as_english_writes_them(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with app.flask_app.test_request_context("/", environ_overrides={"CKAN_LANG": "en"}):
        assert words.told_day("2026-05-08") == "8 May 2026"
        assert words.told_span("2026-04-30", "2026-05-08").replace("\u2009", " ") == "30 Apr – 8 May 2026"
        assert words.told_span("2026-05-08", None) == "since 8 May 2026"
        assert words.told_span("2026-05-09", None) == "from 9 May 2026"
        assert (words.told_money(1_250_000), words.told_money("5525")) == ("€1,250,000", "€5,525.00")
        units = ("%", "€", "km")
        assert [words.told_number(24.5, unit) for unit in units] == ["24.5%", "€24.5", "24.5\u00a0km"]


@pytest.mark.parametrize(
    ("title", "said"), [("Πάρκο", "Πάρκο."), ("Πώς;", "Πώς;"), ("How?", "How?"), ("Done.", "Done.")]
)
def test_a_citation_has_one_stop_after_the_title(title: str, said: str) -> None:
    both = dict.fromkeys(("el", "en"), title)
    cited = Citation("a", dict.fromkeys(("el", "en"), "Δήμος"), both, NOW, "/a", "/a")
    assert cited.text("en") == f"Δήμος (2026). {said} 7 May 2026."


def test_a_table_schema_names_types_titles_and_lists() -> None:
    column = TEXT | {"name": "status", "label": "Κατάσταση", "notes": "", "choices": {"ok": "Λειτουργεί"}}
    power = COUNT | {"name": "power_w", "label": "Ισχύς", "notes": "", "unit": "W", "type": "float8"}
    assert schema_of([column, power]) == {
        "fields": [
            {"name": "status", "type": "string", "title": "Κατάσταση", "constraints": {"enum": ["ok"]}},
            {"name": "power_w", "type": "number", "title": "Ισχύς", "unit": "W"},
        ]
    }


def test_the_areas_are_drawn_from_here_and_kept(app: Any) -> None:
    answer = app.get("/participation/areas.geojson")
    assert answer.content_type.startswith("application/geo+json")
    codes = [feature["properties"]["code"] for feature in answer.json["features"]]
    assert sorted(codes) == ["370101", "370102", "370103", "370104", "370105"]
    again = app.get("/participation/areas.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"url": "/dataset/lights", "type": "page"}, 204),
        ({"url": "/a=b&c", "type": "resource"}, 204),
        ({"url": "/dataset/lights"}, 400),
        ({"type": "page"}, 400),
        ({"url": "/", "type": "other"}, 400),
        ({"url": "x" * 3000, "type": "page"}, 400),
        ("no pairs at all", 400),
        ("", 400),
    ],
)
@pytest.mark.usefixtures("clean_db")
def test_the_page_counter_takes_what_it_knows_and_refuses_the_rest(app: Any, body: Any, status: int) -> None:
    assert app.post("/_tracking", data=body, status=status).status_code == status


@pytest.mark.parametrize(("language", "title"), [("el", "Αναφορά"), ("en", "Attribution")])
def test_a_licence_is_named_in_the_readers_language(app: Any, language: str, title: str) -> None:
    with app.flask_app.test_request_context("/", environ_overrides={"CKAN_LANG": language}):
        assert title in participation_licence({"license_id": "CC_BY_4_0", "license_title": "–"})
        assert participation_licence({"license_id": "ours", "license_title": "Ours"}) == "Ours"
        assert participation_licence({"license_id": None}) == ""
