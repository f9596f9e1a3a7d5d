"""sense.city: broken days are put aside and named, the others are summed, and nobody is in the sums."""

import json
from datetime import date, timedelta

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.source import load_folder, load_source
from ckanext.patrasparticipation.schemas.load import feeds, table_feed

from .protocol_server import BROKEN, BUSY, HTML, Told, harvest, speaking
from .test_shipped_sources import CITIES

PATRAS = CITIES["patras"]
SHIPPED = PATRAS.folder / "issues.yaml"


def issues(url, **changes):
    """The source that ships, asked of a server here for January 2026."""
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content["reader"] |= {"url": url, "from": "2026-01-01", "to": "2026-01-31", **changes}
    content["expect"]["rows"]["min"] = 1
    return load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)


def report_of(number, day, **more):
    return {
        "_id": f"id{number}",
        "municipality": "patras",
        "image_name": "",
        "issue": "garbage",
        "device_id": "device-of-Maria",
        "value_desc": "Χαλασμένος Κάδος",
        "comments": "η Μαρία, 6944123456",
        "create_at": f"{day:%a %b %d %Y} 10:05:00 GMT+0200 (EET)",
        "loc": {"type": "Point", "coordinates": [21.734574, 38.2466395]},
        "status": "RESOLVED",
        "bug_id": "1234",
        "cf_authenticate": "1",
        "bug_component": "Τμήμα Καθαριότητας",
        "resolution": "FIXED",
        "bug_address": "Κορίνθου 5",
        **more,
    }


def city(per_day=6, **special):
    """Answers as sense.city does; ``special`` has the answer of a day by its number."""

    def speak(asked):
        assert asked.path == "/issue"
        assert asked.parameters["startdate"] == asked.parameters["enddate"]
        assert not {"bug_id", "mobile", "email"} & set(asked.parameters)
        day = date.fromisoformat(asked.parameters["startdate"])
        if (answer := special.get(f"d{day.day}")) is not None:
            return answer
        found = [report_of(f"{day}-{number}", day) for number in range(per_day)]
        start, size = int(asked.parameters["offset"]), int(asked.parameters["limit"])
        return found[start : start + size] or [{"response": "no-data", "message": "You don't have values"}]

    return speak


QUOTE = json.dumps([report_of(1, date(2026, 1, 7))]).replace("6944123456", 'είπε "όχι" 6944123456').encode()
OPEN = json.dumps([report_of(1, date(2026, 1, 8))])[:-40].encode()


def test_f_16_a_day_with_a_quote_in_a_comment_is_put_aside_with_its_place_and_the_others_come(tmp_path):
    special = {"d7": Told(QUOTE), "d8": Told(OPEN), "d9": [{"response": "error", "message": "Maria"}]}
    with speaking(city(**special)) as server:
        report, sink = harvest(issues(server.url), tmp_path, areas=PATRAS.areas)
    assert report.outcome == "published", report.reason.text["en"]
    assert len(server.asked) == 31
    assert sink.rows.select(
        "month", "category", "municipal_unit", "status", "issues", "suppressed"
    ).rows() == [("2026-01", "garbage", "370101", "closed", 28 * 6, False)]
    assert report.refused == {(None, "unreadable_part"): 3}
    told = sink.rejected["raw"].to_list()
    assert [text[:10] for text in told] == ["2026-01-07", "2026-01-08", "2026-01-09"]
    assert "line 1, column" in told[0]
    assert (report.aggregated, report.totals.rows_in) == (28 * 6, 28 * 6 + 3)
    everything = repr(sink.batches) + repr(sink.rejected.to_dicts()) + repr(report)
    for word in ("Μαρία", "Maria", "6944123456", "device", "Κορίνθου", "όχι"):
        assert word not in everything


def test_too_many_broken_days_are_held(tmp_path):
    special = {f"d{day}": Told(QUOTE) for day in range(1, 16)}
    with speaking(city(per_day=1, **special)) as server:
        report, sink = harvest(issues(server.url), tmp_path, areas=PATRAS.areas)
    assert (report.outcome, report.reason.code, sink.batches) == ("held", "too_many_rejected", [])


def test_days_without_data_say_so_with_200_and_small_numbers_are_withheld(tmp_path):
    empty = [{"response": "no-data", "message": "You don't have values"}]
    special = {f"d{day}": empty for day in range(4, 32)} | {"d3": []}
    special["d2"] = [report_of(f"2-{n}", date(2026, 1, 2), issue="green") for n in range(4)]
    special["d1"] = [report_of(f"1-{n}", date(2026, 1, 1), issue="lighting") for n in range(4)]
    with speaking(city(**special)) as server:
        report, sink = harvest(issues(server.url), tmp_path, areas=PATRAS.areas)
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows.select("issues", "suppressed").rows() == [(None, True), (None, True)]


def test_a_web_page_is_a_wrong_address_and_not_a_broken_day(tmp_path):
    with speaking(city(d5=HTML)) as server:
        report, sink = harvest(issues(server.url), tmp_path, areas=PATRAS.areas)
    assert (report.outcome, report.reason.code, sink.batches) == ("changed", "answer_not_json", [])


def test_a_full_answer_is_followed_by_the_next_and_a_report_counts_once(tmp_path):
    again = [report_of("2026-01-01-0", date(2026, 1, 1))]
    with speaking(city(per_day=7, d31=again)) as server:
        server.stumbles |= {2: BUSY, 5: BROKEN}
        report, sink = harvest(issues(server.url, size=3), tmp_path, areas=PATRAS.areas)
    assert sink.rows["issues"].to_list() == [30 * 7], report.reason.text["en"]
    assert report.choices["seen_again"] == "1"


def test_both_spellings_of_a_category_are_one_and_an_unknown_one_is_refused_without_a_word(tmp_path):
    day = date(2026, 1, 1)
    spelled = [report_of(n, day, issue=("road-contructor", "road-constructor")[n % 2]) for n in range(6)]
    spelled.append(report_of(9, day, issue="η γειτόνισσα Μαρία"))
    special = {f"d{number}": [] for number in range(2, 32)}
    with speaking(city(d1=spelled, **special)) as server:
        content = issues(server.url)
        report, sink = harvest(content, tmp_path, areas=PATRAS.areas, accept_held=True)
    assert sink.rows.select("category", "issues").rows() == [("roads", 6)]
    assert report.refused == {("category", "not_in_table"): 1}
    assert sink.rejected["raw"].to_list() == ["[…]"]


def test_a_position_that_is_none_is_refused_or_outside_and_empty(tmp_path):
    day = date(2026, 1, 1)
    odd = [report_of(n, day, loc={"coordinates": [23.7, 37.9]}) for n in range(5)]
    odd += [report_of(8, day, loc={"coordinates": ["x", 38]}), report_of(9, day, loc=None)]
    special = {f"d{number}": [] for number in range(2, 32)}
    with speaking(city(d1=odd, **special)) as server:
        report, sink = harvest(issues(server.url), tmp_path, areas=PATRAS.areas, accept_held=True)
    assert sink.rows.select("municipal_unit", "issues").rows() == [(None, 6)]
    assert report.refused == {("lon", "not_a_position"): 1}


@pytest.mark.parametrize(
    "column", ["device_id", "comments", "value_desc", "bug_address", "_id", "email", "bugs"]
)
def test_what_a_person_wrote_or_is_known_by_cannot_be_asked_for(column):
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content["fields"]["who"] = {"from": column, "as": "text"}
    with pytest.raises(DefinitionError, match="column_not_given"):
        load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)


def test_the_reports_themselves_cannot_be_published():
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    del content["aggregate"]
    content |= {"feed": "table", "key": "category", "examples": content["examples"][:1]}
    label = {"el": "α", "en": "a"}
    content["columns"] = [{"name": "category", "type": "text", "label": label, "about": label}]
    content["fields"] = {"category": {"from": "issue", "as": "text"}}
    with pytest.raises(DefinitionError, match="rows_about_people"):
        load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)


def test_f_30_twelve_rows_after_168_stop_before_anything_is_replaced(tmp_path):
    from ckanext.patrasparticipation.harvesters.pipeline import Last

    day = date(2026, 1, 1)
    months = [
        report_of(f"{month}-{kind}-{status}-{n}", day.replace(month=month), issue=kind, status=status)
        for month in (1, 2)
        for kind in ("garbage", "lighting", "plumbing")
        for status in ("CONFIRMED", "RESOLVED")
        for n in range(5)
    ]
    special = {f"d{number}": [] for number in range(2, 32)}
    with speaking(city(d1=months, **special)) as server:
        wanted = issues(server.url)
        last = Last(generation=7, rows=168, schema_hash=wanted.schema_hash, sha256="before")
        report, sink = harvest(wanted, tmp_path, areas=PATRAS.areas, last=last)
    assert report.totals.loaded == 12
    assert (report.outcome, report.reason.code, report.exit_code) == ("held", "rows_dropped", 3)
    assert (report.reason.params["before"], report.reason.params["rows"]) == (168, 12)
    assert (sink.batches, sink.published) == ([], None)


def test_the_source_of_patras_asks_each_day_once_up_to_today(tmp_path):
    from .engine import NOW

    wanted = load_folder(PATRAS.folder, feeds(), table_feed)["patras-issues"]
    assert (wanted.reader.options["from"], "to" in wanted.reader.options) == ("2024-01-01", False)
    start = NOW.date() - timedelta(days=9)
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    with speaking(city()) as server:
        content["reader"] |= {"url": server.url, "from": start.isoformat()}
        content["expect"]["rows"]["min"] = 1
        short = load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)
        harvest(short, tmp_path, areas=PATRAS.areas)
    assert [asked.parameters["startdate"] for asked in server.asked] == [
        (start + timedelta(days=number)).isoformat() for number in range(10)
    ]
