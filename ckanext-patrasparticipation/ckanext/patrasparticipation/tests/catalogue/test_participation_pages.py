"""The pages of participation as they are sent: what stands on them, for whom, and at what cost."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime, timezone

import pysolr
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ckanext.patrasparticipation import clock

from . import samples
from .chain_samples import CONSULTATION, INDICATOR, WORKS_PROJECT, create
from .participation_samples import group_fields, initiative_fields

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_datastore")]

HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"
MOST_QUERIES = 60
"""Statements that a record's page or the home may ask of PostgreSQL."""
MOST_LOOKS = 14
"""The same of Solr."""


@pytest.fixture
def publisher(app):
    with app.flask_app.test_request_context("/"):
        return samples.publisher(title_translated={"el": "Δήμος Δοκιμών", "en": ""})["id"]


@pytest.fixture
def make(app, publisher):
    """Makes a record in a context of its own, which would lend its language to the pages."""

    def made(fields, **more):
        with app.flask_app.test_request_context("/"):
            return create(fields, owner_org=publisher, **more)

    return made


@pytest.fixture
def now(monkeypatch):
    def at(moment):
        monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=timezone.utc))

    at("2026-03-15T12:00")
    return at


def page(app, path, **sent):
    """The page as a tree; what is not 200 fails."""
    return BeautifulSoup(app.get(path, status=200, **sent).body, "html.parser")


def main(app, path, **sent):
    return " ".join(page(app, path, **sent).select_one("main").get_text(" ").split())


def test_row_001_groups_have_a_list_a_page_and_an_api(app, make, publisher):
    made = make(group_fields(owner_org=publisher))
    assert "Γειτονιά σε κίνηση" in main(app, "/el/citizen_group/")
    assert "Ζωντανές πλατείες" in main(app, f"/el/citizen_group/{made['name']}")
    answer = app.get("/api/3/action/package_search?fq=dataset_type:citizen_group").json["result"]
    assert [each["name"] for each in answer["results"]] == [made["name"]]
    assert "1 ομάδα πολιτών" in main(app, "/el/citizen_group/")
    assert "1 citizen group" in main(app, "/en/citizen_group/")


def test_row_003_a_groups_page_shows_its_initiatives_and_their_next_events(app, make, publisher, now):
    made = make(group_fields(owner_org=publisher))
    shown = initiative_fields(owner_org=publisher, run_by=[made["id"]])
    events = [{"title": "Φύτευση", "start": "2026-03-20T10:00", "mode": "in_person", "venue": "Ψηλαλώνια"}]
    make(shown, events=events)
    make({**shown, "title_translated": {"el": "Κρυφή δράση"}}, private=True)
    told = main(app, f"/el/citizen_group/{made['name']}")
    assert "Οι πρωτοβουλίες της" in told
    assert "Καθαρές πλατείες" in told
    assert "Φύτευση" in told
    assert "20 Μαρτίου 2026, 10:00" in told
    assert "Κρυφή" not in told


def test_row_006_an_initiatives_page_shows_what_was_measured_and_how_far_it_came(app, make, publisher):
    impact = [{"label": "Μέλη", "baseline": 0, "target": 5000, "value": 1250, "as_of": "2026-02-01"}]
    made = make(initiative_fields(owner_org=publisher), impact=impact)
    told = main(app, f"/el/initiative/{made['name']}")
    assert "Μέλη" in told
    assert "1.250" in told
    assert "25%" in told


def test_row_014_a_good_practice_and_the_way_to_an_event_stand_on_the_page(app, make, publisher, now):
    events = [{"title": "Ημερίδα", "start": "2026-04-01T18:00", "mode": "hybrid", "venue": "Ωδείο"}]
    good = {"good_practice": True, "good_practice_reason_translated": {"el": "Επαναλήφθηκε σε τρεις πόλεις."}}
    made = make(initiative_fields(owner_org=publisher), events=events, **good)
    tree = page(app, f"/el/initiative/{made['name']}")
    told = tree.select_one("main").get_text(" ")
    assert "Καλή πρακτική" in told
    assert "Ημερίδα" in told
    calendar = tree.select_one("#follow-title").parent.select_one("a")["href"]
    assert b"BEGIN:VEVENT" in app.get(calendar).data


def test_row_041_a_consultation_without_an_answer_says_so_until_it_has_one(app, make, now):
    asked = {**CONSULTATION, "open_date": "2025-01-01", "close_date": "2025-01-20"}
    made = make(asked)
    told = main(app, f"/el/consultation/{made['name']}")
    assert "Χωρίς απάντηση ακόμη" in told
    assert "Έκλεισε πριν από 419 ημέρες" in told
    home = page(app, "/el/participation").select_one("[aria-labelledby=unanswered]")
    assert made["title"] in home.get_text()
    with app.flask_app.test_request_context("/"):
        samples.act("package_patch", id=made["id"], response_published_date="2026-03-01")
    assert "Απάντηση δημοσιεύτηκε στις 1 Μαρτίου 2026" in main(app, f"/el/consultation/{made['name']}")
    home = page(app, "/el/participation")
    assert not home.select_one("[aria-labelledby=unanswered]")
    assert made["title"] in home.select_one("[aria-labelledby=answered]").get_text()


def test_row_090_a_projects_page_shows_progress_delay_money_and_contracts(app, make, now):
    told = {
        "project_status": "implementation",
        "planned_start_date": "2025-10-01",
        "planned_end_date": "2026-03-05",
        "actual_start_date": "2025-11-01",
        "physical_progress": 35,
        "budget_approved": "1.250.000,00",
        "funding": [{"programme": "RRF", "funder": "ΤΑΑ", "amount_total": 1250000, "currency": "EUR"}],
        "contracting": [{"adam": "25SYMV012345678", "amount": 1100000, "signed_date": "2025-10-20"}],
    }
    made = make({**WORKS_PROJECT, **told})
    shown = main(app, f"/el/works_project/{made['name']}")
    for words in ("καθυστέρηση 10 ημέρες", "35%", "1.250.000 €", "25SYMV012345678", "20 Οκτωβρίου 2025"):
        assert words in shown, words
    assert "Θα ήταν έτοιμο στις 5 Μαρτίου 2026" in shown
    for words in ("5 March 2026", "€1,250,000", "ADAM 25SYMV012345678"):
        assert words in main(app, f"/en/works_project/{made['name']}"), words


def test_row_114_its_editors_are_reminded_and_readers_see_whether_it_lasts(app, make, publisher, now):
    lasting = {"initiative_status": "running", "sustainability_status": "at_risk", "end_date": "2026-03-10"}
    made = make(initiative_fields(owner_org=publisher), **lasting)
    path = f"/el/initiative/{made['name']}"
    token = factories.SysadminWithToken()["token"]
    assert "Βιωσιμότητα" in page(app, path).get_text()
    assert "Για όσους την επιμελούνται" not in page(app, path).get_text()
    mine = page(app, path, headers={"Authorization": token}).select_one(".notice").get_text()
    assert "Η λήξη πέρασε" in mine


def test_the_home_of_an_empty_catalogue_says_that_nothing_is_there(app):
    told = main(app, "/el/participation")
    assert "Αυτή τη στιγμή δεν υπάρχει κάτι ανοικτό." in told
    assert "Δεν έχει δημοσιευτεί ακόμη τίποτα" in told
    for name in ("consultation", "citizen_group", "initiative", "works_project", "indicator"):
        assert "Δεν έχει καταχωριστεί ακόμη" in main(app, f"/el/{name}/"), name


def test_the_home_is_the_same_for_every_visitor(app, make, now):
    make(CONSULTATION)
    first, second = (app.get("/el/participation") for _each in range(2))
    assert [
        each.select_one("main") for each in (BeautifulSoup(a.body, "html.parser") for a in (first, second))
    ]
    assert BeautifulSoup(first.body, "html.parser").select_one("main") == (
        BeautifulSoup(second.body, "html.parser").select_one("main")
    )


def test_what_is_private_stands_on_no_list_map_or_home(app, make, publisher):
    place = json.dumps({"type": "Point", "coordinates": [21.74, 38.24]})
    make(
        group_fields(owner_org=publisher, title_translated={"el": "Κρυφή ομάδα"}), private=True, spatial=place
    )
    make(group_fields(owner_org=publisher, title_translated={"el": "Φανερή ομάδα"}), spatial=place)
    features = app.get("/participation/places/citizen_group.geojson").json["features"]
    assert [each["properties"]["title"] for each in features] == ["Φανερή ομάδα"]
    for path in ("/el/participation", "/el/citizen_group/", "/el/dataset/"):
        assert "Κρυφή" not in app.get(path).body, path


def test_the_places_follow_the_search_of_the_list(app, make, publisher):
    place = json.dumps({"type": "Point", "coordinates": [21.74, 38.24]})
    make(group_fields(owner_org=publisher), spatial=place, group_type="movement")
    path = "/participation/places/citizen_group.geojson"
    assert len(app.get(f"{path}?group_type=movement").json["features"]) == 1
    assert app.get(f"{path}?group_type=network").json["features"] == []
    assert app.get("/participation/places/citizen_group.geojson?q=%22").status_code == 200


@pytest.mark.parametrize("name", ["dataset", "nothing", "..", "%00", "citizen_group'"])
def test_there_are_no_places_of_other_things(app, name):
    assert app.get(f"/participation/places/{name}.geojson", status=None).status_code in (400, 404)


@pytest.mark.parametrize("sort", ["close_date", "x y z", "{!func}1 asc", "termfreq(a,'b'", HOSTILE])
def test_an_order_that_is_none_breaks_no_list(app, sort):
    answer = app.get("/el/consultation/", query_string={"sort": sort}, status=None)
    assert answer.status_code in (200, 400)
    assert "<script>alert" not in answer.body


def test_no_text_of_a_record_is_read_as_markup(app, make, publisher, now):
    titles = {"title_translated": {"el": HOSTILE}, "notes_translated": {"el": "Σημείωση"}}
    group = make(group_fields(owner_org=publisher, **titles))
    options = [{"label": HOSTILE, "votes": 3}, {"label": "Β", "votes": 1}]
    asked = make({**CONSULTATION, **titles}, options=options, votes=4, lead_unit=HOSTILE)
    works = make({**WORKS_PROJECT, **titles}, milestones=[{"title": HOSTILE, "due": "2026-01-01"}])
    run = make(initiative_fields(owner_org=publisher, run_by=[group["id"]], **titles))
    for made in (group, asked, works, run):
        for path in (f"/el/{made['type']}/{made['name']}", f"/el/{made['type']}/", "/el/participation"):
            body = app.get(path, status=200).body
            assert "<script>alert" not in body, path
            assert "49" not in BeautifulSoup(body, "html.parser").select_one("h1").get_text()


def test_lists_say_what_is_open_first_and_the_search_says_the_kind(app, make, now):
    make(
        {
            **CONSULTATION,
            "title_translated": {"el": "Παλιά"},
            "open_date": "2026-01-01",
            "close_date": "2026-02-20",
        }
    )
    make(
        {
            **CONSULTATION,
            "title_translated": {"el": "Ανοικτή τώρα"},
            "open_date": "2026-03-01",
            "close_date": "2026-03-20",
        }
    )
    make(
        {
            **CONSULTATION,
            "title_translated": {"el": "Μέλλουσα"},
            "open_date": "2026-05-01",
            "close_date": "2026-05-20",
        }
    )
    titles = [each.get_text().strip() for each in page(app, "/el/consultation/").select(".record h2 a")]
    assert titles == ["Ανοικτή τώρα", "Μέλλουσα", "Παλιά"]
    card = page(app, "/el/dataset/?q=Ανοικτή").select_one(".record").get_text(" ")
    assert "Διαβούλευση" in card
    assert "Ανοικτή έως 20 Μαρτίου 2026" in card


def test_a_lists_own_files_hold_its_own_type_alone(app, make, publisher, now):
    make(CONSULTATION)
    make(group_fields(owner_org=publisher))
    address = next(
        a["href"] for a in page(app, "/el/citizen_group/").select(".exports a") if "csv" in a["href"]
    )
    lines = app.get(address).body.splitlines()
    assert len(lines) == 2
    assert "citizen_group" in lines[1]


@contextmanager
def counted(monkeypatch):
    """Counts what is asked of PostgreSQL and of Solr."""
    asked = {"sql": 0, "solr": 0}

    def seen(_connection, _cursor, statement, *_words):
        if "tracking_summary" not in statement:  # ckanext-tracking asks twice for each record of any search
            asked["sql"] += 1

    plain = pysolr.Solr._send_request

    def look(*words, **more):
        asked["solr"] += 1
        return plain(*words, **more)

    event.listen(Engine, "before_cursor_execute", seen)
    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "_send_request", look)
        yield asked
    event.remove(Engine, "before_cursor_execute", seen)


def cost(app, path, monkeypatch):
    """What one page asks, once it is warm."""
    app.get(path, status=200)
    with counted(monkeypatch) as asked:
        app.get(path, status=200)
    return dict(asked)


def test_a_page_asks_as_much_for_many_linked_records_as_for_two(app, make, publisher, now, monkeypatch):
    few, many = (make(group_fields(owner_org=publisher)) for _each in range(2))
    for number, group in [(2, few), (8, many)]:
        for _each in range(number):
            make(initiative_fields(owner_org=publisher, run_by=[group["id"]]))
    paths = [f"/el/citizen_group/{group['name']}" for group in (few, many)]
    first, second = (cost(app, path, monkeypatch) for path in paths)
    assert second["solr"] == first["solr"]
    assert second["sql"] <= first["sql"] + 2, (first, second)


def test_pages_ask_little(app, make, publisher, now, monkeypatch):
    works = make(WORKS_PROJECT)
    asked = make({**CONSULTATION, "leads_to_works": [works["id"]]})
    group = make(group_fields(owner_org=publisher))
    run = make(initiative_fields(owner_org=publisher, run_by=[group["id"]]))
    paths = [f"/el/{made['type']}/{made['name']}" for made in (works, asked, group, run)]
    for path in [*paths, "/el/participation", "/el/consultation/"]:
        told = cost(app, path, monkeypatch)
        print(path, told)
        assert told["sql"] <= MOST_QUERIES, (path, told)
        assert told["solr"] <= MOST_LOOKS, (path, told)


def months(dip, doubted):
    """A table of observations, three years by month: one falls out of the series, one somebody doubts."""
    lines = ["Περίοδος;Κωδικός περιοχής;Τιμή;Κατάσταση τιμής;Αμφίβολη τιμή"]
    for number in range(36):
        period = f"{2023 + number // 12}-{1 + number % 12:02}"
        lines.append(f"{period};3701;{14 if period == dip else 100 + number};A;{'ναι' * (period == doubted)}")
    return "\n".join([*lines, ""])


@pytest.mark.usefixtures("own_storage")
def test_f_11_a_doubtful_value_is_marked_in_the_series_and_is_nowhere_the_newest(app, make):
    indicator = make(INDICATOR)
    with app.flask_app.test_request_context("/"):
        said = samples.hand_over_table(
            months(dip="2024-03", doubted="2025-12"), "observations", package_id=indicator["id"]
        )
        (told,) = samples.publish_table(said["resource_id"])["report"]["suggestions"]
    assert told["code"] == "values_implausible"
    assert "2024-03" in told["el"]
    whole = page(app, f"/el/indicator/{indicator['name']}")
    rows = [row.get_text(" ", strip=True) for row in whole.select("main table tr")]
    assert [row for row in rows if "αμφίβολη" in row] == [
        row for row in rows if "Μάρ 2024" in row or "Δεκ 2025" in row
    ]
    assert "134" in main(app, "/el/indicator/")  # November's, for December is doubted
    assert "135" not in main(app, "/el/indicator/")
