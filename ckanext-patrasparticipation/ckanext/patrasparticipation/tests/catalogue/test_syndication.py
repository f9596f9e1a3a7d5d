"""Calendars, news feeds and podcasts, read back by parsers as the programs that follow them do."""

from __future__ import annotations

from datetime import date, datetime, timezone

import icalendar
import pytest
from lxml import etree

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.syndication import calendar, entries, podcast
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins")

LONG = "Διαβούλευση για την ανάπλαση της πλατείας Υψηλών Αλωνίων και των γύρω δρόμων, με στάσεις και δέντρα"
RECORD = {
    "id": "11111111-2222-3333-4444-555555555555",
    "name": "plateia",
    "type": "consultation",
    "title": LONG,
    "title_translated": {"el": LONG},
    "metadata_modified": "2026-05-02T10:00:00",
    "open_date": "2026-05-01",
    "close_date": "2026-05-15",
    "close_time": "14:30",
}
INITIATIVE = {
    **RECORD,
    "type": "initiative",
    "events": [
        {"uid": "a", "title": "Συνάντηση, με «εισαγωγικά»; και\nνέα γραμμή", "start": "2023-11-13",
         "end": "2023-11-15"},
        {"uid": "b", "title": "Βραδιά", "start": "2026-05-01T18:00", "end": "2026-05-01T20:30",
         "venue": "Μόλος", "lat": 38.24664, "lon": 21.734574, "status": "cancelled"},
    ],
    "application": [{"open_date": "2026-04-01", "close_date": "2026-04-30", "url": "https://city.example/a"}],
}  # fmt: skip


def _file(record):
    said = [
        (entry, {"title": str(entry["title"]["el"] if isinstance(entry["title"], dict) else entry["title"]),
                 "about": "Περί", "category": "Διαβούλευση", "page": "https://x.example/consultation/plateia"})
        for entry in entries.of(record)
    ]  # fmt: skip
    return calendar.file("Ημερολόγιο", said, "x.example")


def _events(record):
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(_file(record)).walk("VEVENT")}


def test_f_26_a_greek_title_folds_between_letters_and_reads_back_whole():
    body = _file(RECORD)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode("utf-8") is not None for line in lines)  # raises where a letter was cut
    assert any(line.startswith(b" ") for line in lines)
    events = list(icalendar.Calendar.from_ical(body).walk("VEVENT"))
    assert {str(event["summary"]) for event in events} == {LONG}


def test_a_deadline_with_an_hour_is_on_athens_clock_and_one_without_lasts_the_day():
    events = {
        str(event["uid"]): event for event in icalendar.Calendar.from_ical(_file(RECORD)).walk("VEVENT")
    }
    closes = events[f"consultation_closes.{RECORD['id']}@x.example"]
    assert closes.decoded("dtstart") == datetime(2026, 5, 15, 14, 30, tzinfo=clock.CITY)
    assert closes["dtstart"].params["TZID"] == "Europe/Athens"
    opens = events[f"consultation_opens.{RECORD['id']}@x.example"]
    assert opens.decoded("dtstart") == date(2026, 5, 1)
    assert opens.decoded("dtend") == date(2026, 5, 2)
    assert b"BEGIN:VTIMEZONE" in _file(RECORD)


def test_the_identifier_stays_and_the_sequence_grows_when_the_record_changes():
    first = next(iter(_events(RECORD).values()))
    changed = {**RECORD, "title": "x", "metadata_modified": "2026-05-03T10:00:00"}
    later = _events(changed)[str(first["uid"])]
    assert int(first["sequence"]) < int(later["sequence"])


def test_row_055_an_event_of_several_days_ends_on_its_last_day():
    events = _events(INITIATIVE)
    trip = events[f"event.a.{RECORD['id']}@x.example"]
    assert (trip.decoded("dtstart"), trip.decoded("dtend")) == (date(2023, 11, 13), date(2023, 11, 16))
    assert str(trip["summary"]) == INITIATIVE["events"][0]["title"]
    evening = events[f"event.b.{RECORD['id']}@x.example"]
    assert evening.decoded("dtend") == datetime(2026, 5, 1, 20, 30, tzinfo=clock.CITY)
    assert (evening["status"], str(evening["location"])) == ("CANCELLED", "Μόλος")
    assert evening["geo"].to_ical() == "38.24664;21.734574"


def test_an_entry_lies_within_the_days_it_touches():
    trip = next(one for one in entries.of(INITIATIVE) if one["key"] == "a")
    assert entries.within(trip, "2023-11-15", None)
    assert entries.within(trip, None, "2023-11-13")
    assert not entries.within(trip, "2023-11-16", None)
    assert not entries.within(trip, None, "2023-11-12")


EPISODE = {
    "id": "e1", "resource_role": "podcast_episode", "url": "https://city.example/1.mp3", "size": 1234567,
    "mimetype": "audio/mpeg", "duration": "00:42:10", "published_at": "2026-03-01T09:00", "explicit": False,
    "speaker_consent": True, "transcript_url": "https://city.example/1.html", "name": "Πρώτη φωνή <b>",
}  # fmt: skip
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


def test_row_010_an_episode_carries_what_podcast_programs_need(with_request_context):
    group = {"id": "g", "name": "omada", "type": "dataset", "title": "Ομάδα", "resources": [EPISODE]}
    head = dict.fromkeys(("title", "about", "owner"), "Φωνές") | {"email": "press@city.example"}
    head |= {"page": "https://x.example/p", "self": "https://x.example/p.rss"}
    items = etree.fromstring(podcast.feed(head, [group])).findall("channel/item")
    assert len(items) == 1
    item = items[0]
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://city.example/1.mp3", "length": "1234567", "type": "audio/mpeg",
    }  # fmt: skip
    assert item.findtext("title") == "Πρώτη φωνή <b>"
    assert item.findtext(ITUNES + "duration") == "00:42:10"
    assert item.findtext("pubDate") == "Sun, 01 Mar 2026 09:00:00 +0200"
    assert item.find(f"{{{podcast.NAMESPACE}}}transcript").get("url") == "https://city.example/1.html"
    assert item.find("guid").get("isPermaLink") == "false"


@pytest.mark.parametrize(
    "lacks", [{"speaker_consent": False}, {"speaker_consent": ""}, {"size": None}, {"url": ""}]
)
def test_an_episode_whose_speaker_did_not_agree_is_nobodys(lacks):
    assert list(podcast.episodes({"resources": [{**EPISODE, **lacks}]})) == []


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.usefixtures("clean_db", "clean_index")
class TestNews:
    def test_a_list_is_a_feed_of_its_records_and_nothing_private(self, app):
        shown = samples.dataset(title_translated={"el": "Φώτα <script>"})
        samples.dataset(private=True)
        answer = app.get("/dataset/feed.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        feed = etree.fromstring(answer.body.encode())
        found = feed.findall(ATOM + "entry")
        assert [one.findtext(ATOM + "id") for one in found] == [f"urn:uuid:{shown['id']}"]
        assert found[0].findtext(ATOM + "title") == "Φώτα <script>"
        assert found[0].find(ATOM + "link").get("href").endswith(f"/dataset/{shown['name']}")
        relations = {link.get("rel") for link in feed.findall(ATOM + "link")}
        assert {"self", "alternate", "first", "last"} <= relations

    def test_a_search_and_its_facets_are_a_feed(self, app):
        samples.dataset(title_translated={"el": "Κάδοι"})
        lights = samples.dataset(title_translated={"el": "Φωτιστικά σώματα"}, theme=["ENER"])
        for asked in ("q=φωτιστικα", "vocab_theme=ENER"):
            feed = etree.fromstring(app.get(f"/participation/feed.atom?{asked}").body.encode())
            assert [one.findtext(ATOM + "id") for one in feed.findall(ATOM + "entry")] == [
                f"urn:uuid:{lights['id']}"
            ]

    @pytest.mark.parametrize(
        "asked", ['vocab_theme="%20OR%20*:*', "q=%22%29%28", "page=-3", "page=999999999", "q=" + "α" * 3000]
    )
    def test_a_hostile_address_gets_an_answer(self, app, asked):
        samples.dataset()
        assert app.get(f"/participation/feed.atom?{asked}").status_code in (200, 400)

    def test_a_calendar_that_asks_nonsense_is_told_what_is_wrong(self, app):
        answer = app.get("/participation/calendar.ics?type=person&first=never", status=400)
        assert "type" in answer.body
        assert "first" in answer.body
        answer = app.get("/participation/calendar.ics?first=2026-05-01")
        assert icalendar.Calendar.from_ical(answer.body)["version"] == "2.0"


def test_the_clock_of_entries_is_aware():
    assert calendar.EPOCH.tzinfo is timezone.utc
