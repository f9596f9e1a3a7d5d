"""Open311: JSON and XML of real servers, windows of 90 days, and only sums of what people asked for."""

from datetime import date, datetime, timedelta, timezone

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.fetch import Opener, Policy
from ckanext.patrasparticipation.harvesters.readers import open311
from ckanext.patrasparticipation.harvesters.readers.open311 import REQUESTS, SERVICES
from ckanext.patrasparticipation.harvesters.readers.talk import Talk
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import feeds, table_feed

from .engine import source_yaml
from .protocol_server import BROKEN, BUSY, CUT, FAST, HTML, SLOW, Told, harvest, sample, speaking
from .test_decidim import table

XML = {"Content-Type": "text/xml"}


def issues(url, **options):
    reader = {"type": "open311", "url": url, "from": "2025-01-01", "to": "2025-12-31", **options}
    day = "2025-01-05T10:00:00+02:00"
    row = {"requested_datetime": day, "service_code": "015", "status": "open"}
    content = source_yaml(
        feed="issue_month",
        reader=reader,
        fields={
            "opened": {"from": "requested_datetime", "as": "timestamp"},
            "closed": {"from": "closed_date", "as": "timestamp"},
            "category": {"from": "service_code", "as": "lookup", "table": {"015": "roads", "001": "garbage"}},
            "status": {"from": "status", "as": "lookup", "table": {"open": "open", "closed": "closed"}},
        },
        aggregate={
            "by": {"month": {"month_of": "opened"}, "category": "category", "status": "status"},
            "measures": {"issues": "count", "median_days_to_close": {"median_days": ["opened", "closed"]}},
            "suppress_below": 2,
        },
        examples=[{"given": [row, row], "becomes": {"issues": 2}}],
    )
    return load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)


def read(tmp_path, answer, **options):
    """What the reader makes of one answer, before anything is mapped or summed."""
    with speaking(lambda asked: answer) as server:
        given = {"url": server.url, "from": "2025-01-01", "to": "2025-01-31", **options}
        with Opener(Policy(allow_private=("127.0.0.1",), limits=FAST, spool=tmp_path)) as opener:
            wanted = frozenset(REQUESTS)
            return [
                part.cells for part in open311.parts(Talk(opener, given), given, date(2026, 1, 1), wanted)
            ]


def test_f_13_the_captured_xml_keeps_its_places_zone_and_what_is_not_there(tmp_path):
    (request,) = read(
        tmp_path, Told(sample("open311_toronto_requests_single.xml"), headers=XML), format="xml"
    )
    assert (request["lat"], request["long"]) == ("43.691", "-79.272")
    assert request["updated_datetime"] is None
    assert request["requested_datetime"] == "2018-07-30T00:01:00-04:00"
    assert (request["service_request_id"], request["service_code"]) == ("101005420892", "CSROWR-12")
    assert not {"description", "address", "media_url", "status_notes"} & set(request)


def test_f_14_the_captured_json_may_leave_things_out_and_ids_are_text(tmp_path):
    first, second = read(tmp_path, Told(sample("open311_chicago_requests.json")))
    assert first["service_request_id"] == "14-01100669"
    assert (first["expected_datetime"], second["status"]) == (None, "open")
    assert (first["lat"], first["long"]) == ("41.859", "-87.665")
    assert "1540 W 17TH ST" not in repr((first, second))


def test_f_14_services_keep_the_zeros_of_their_codes(tmp_path):
    captured = sample("open311_chicago_services.json")
    columns = {name: name for name in SERVICES if name != "metadata"}
    with speaking(lambda asked: Told(captured)) as server:
        wanted = table(columns, {"type": "open311", "url": server.url, "what": "services"})
        report, sink = harvest(wanted, tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows["service_code"].to_list()[:3] == ["001", "002", "003"]
    assert server.asked[0].path == "/services.json"


def test_f_15_a_code_that_is_no_json_is_reported_with_its_place_and_nothing_is_half_read(tmp_path):
    broken = (
        b'[{"service_request_id":"1","service_code":001},\n {"service_request_id":"2","service_code":006}]'
    )
    with speaking(lambda asked: Told(broken)) as server:
        report, sink = harvest(issues(server.url), tmp_path)
    assert (report.outcome, report.reason.code, report.exit_code) == ("changed", "answer_not_json", 5)
    assert "line 1, column" in report.reason.text["en"]
    assert (sink.batches, sink.published) == ([], None)


def request(number, moment, **more):
    return {"service_request_id": str(number), "status": "open", "service_code": "015",
            "requested_datetime": moment.isoformat(), "description": "Μαρία, 6944123456", **more}  # fmt: skip


EVERY_DAY = [
    request(n, datetime(2025, 1, 1, 12, tzinfo=timezone.utc) + timedelta(days=n // 4)) for n in range(4 * 365)
]


def city(requests, most=1000, form="json"):
    def speak(asked):
        assert asked.path == f"/requests.{form}"
        start, end = (datetime.fromisoformat(asked.parameters[name]) for name in ("start_date", "end_date"))
        assert end - start < timedelta(days=90)
        found = [r for r in requests if start <= datetime.fromisoformat(r["requested_datetime"]) <= end][
            :most
        ]
        if form == "json":
            return found
        cells = ("".join(f"<{key}>{value}</{key}>" for key, value in item.items()) for item in found)
        body = "".join(f"<request>{item}</request>" for item in cells)
        return Told(f"<?xml version='1.0'?><service_requests>{body}</service_requests>".encode(), headers=XML)

    return speak


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("most", [1000, 50])
def test_a_year_comes_whole_in_windows_and_full_ones_in_halves(form, most, tmp_path):
    with speaking(city(EVERY_DAY, most, form)) as server:
        server.stumbles |= {1: BUSY, 3: BROKEN, 5: CUT, 7: SLOW}
        report, sink = harvest(issues(server.url, format=form, most=most), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows["issues"].sum() == report.aggregated == 4 * 365
    assert sink.rows["month"].to_list() == [f"2025-{month:02}" for month in range(1, 13)]
    assert "Μαρία" not in repr(sink.batches)


def test_a_request_in_two_windows_counts_once_and_as_it_is_now(tmp_path):
    moment = datetime(2025, 3, 1, tzinfo=timezone.utc)
    old = request(1, moment, updated_datetime="2025-03-02T00:00:00Z")
    new = request(1, moment, status="closed", updated_datetime="2025-03-09T00:00:00Z")
    with speaking(lambda asked: [old, new, {**new, "service_request_id": "2"}]) as server:
        report, sink = harvest(issues(server.url), tmp_path)
    assert sink.rows.select("status", "issues").rows() == [("closed", 2)]
    assert report.choices["seen_again"] == "13"


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        ([{"code": 403, "description": "Missing or Invalid API Key."}], "unavailable", "source_error"),
        (HTML, "changed", "answer_not_json"),
        ({"requests": "none"}, "changed", "answer_shape"),
        ([["a"]], "changed", "answer_shape"),
        ([{"status": "open"}], "changed", "answer_shape"),
    ],
)
def test_an_error_or_another_answer_changes_nothing(answer, outcome, code, tmp_path):
    with speaking(lambda asked: answer) as server:
        report, sink = harvest(issues(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == (outcome, code, [])


BODY = "<service_requests><request><service_request_id>&x;</service_request_id></request></service_requests>"
BOMB = f'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>{BODY}'.encode()
INSIDE = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY}'.encode()


@pytest.mark.parametrize(
    ("body", "outcome", "code"),
    [
        (b"<errors><error><code>404</code><description>no jurisdiction</description></error></errors>",
         "unavailable", "source_error"),
        (b"<service_requests><request>", "unavailable", "truncated"),
        (b"<service_requests><request></service_requests>", "changed", "answer_shape"),
        (b"<html><body></body></html>", "changed", "answer_shape"),
        (b"<feed></feed>", "changed", "answer_shape"),
        (BOMB, "changed", "answer_shape"),
        (INSIDE, "changed", "answer_shape"),
    ],
)  # fmt: skip
def test_xml_that_is_an_error_or_hostile_changes_nothing(body, outcome, code, tmp_path):
    with speaking(lambda asked: Told(body, headers=XML)) as server:
        report, sink = harvest(issues(server.url, format="xml"), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == (outcome, code, [])
    assert "root:" not in repr(report)


def test_a_day_with_more_than_the_server_gives_is_said_so(tmp_path):
    many = [request(n, datetime(2025, 5, 5, 9, tzinfo=timezone.utc)) for n in range(60)]
    with speaking(city(many, most=50)) as server:
        report, sink = harvest(issues(server.url, most=50), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("unavailable", "window_full", [])


def test_rows_of_people_and_their_words_cannot_be_asked_for():
    with pytest.raises(DefinitionError, match="rows_about_people"):
        table({"number": "service_request_id"}, {"type": "open311", "url": "https://open311.example.org",
                                                 "from": "2025-01-01"})  # fmt: skip
    for column in ("description", "address", "media_url", "status_notes", "email", "first_name"):
        with pytest.raises(DefinitionError, match="column_not_given"):
            table({"number": column}, {"type": "open311", "url": "https://open311.example.org",
                                       "from": "2025-01-01"})  # fmt: skip


def test_positions_are_on_a_grid_and_no_finer(tmp_path):
    (told,) = read(
        tmp_path, [request(1, datetime(2025, 1, 5, tzinfo=timezone.utc), lat=38.24664, long="21.73457")]
    )
    assert (told["lat"], told["long"]) == ("38.247", "21.735")
