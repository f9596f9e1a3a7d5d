"""Files of participation platforms, made here in shapes that were seen elsewhere, read as staff's files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.definitions import Source
from ckanext.patrasparticipation.harvesters.plausible import outside
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import feed, feeds, table_feed
from ckanext.patrasparticipation.tests.harvesters.engine import source_yaml, walk
from ckanext.patrasparticipation.tests.harvesters.test_propose_files import walked
from ckanext.patrasparticipation.tests.harvesters.test_propose_made import proposed


def test_f_07_events_keep_their_days_what_nobody_counted_and_their_lines(tmp_path: Path) -> None:
    words = '"Πρώτη γραμμή\nδεύτερη {}"'
    days = [f"{1 + n % 28:02}/{1 + n % 12:02}/2016" for n in range(410)]
    rows = [
        f"{n};Συνάντηση {n};{day};{'' if n % 3 else 20 + n};{words.format(n)}" for n, day in enumerate(days)
    ]
    rows[7] = '7;Συνάντηση 7;09/02/2016;;"Πρώτη γραμμή\nδεύτερη 7"'
    found = proposed(tmp_path, "\n".join(["Κωδικός;Τίτλος;Ημερομηνία;Παρόντες;Περιγραφή", *rows, ""]))
    report, sink = walked(tmp_path / "upload", found)
    assert (report.outcome, sink.rows.height) == ("published", 410)
    event = next(row for row in sink.rows.iter_rows(named=True) if str(row["kodikos"]) == "7")
    assert str(event["imerominia"])[:10] == "2016-02-09"
    assert event["parontes"] is None
    assert event["perigrafi"] == "Πρώτη γραμμή\nδεύτερη 7"


def test_f_12_codes_keep_their_zeros_and_a_description_may_be_empty(tmp_path: Path) -> None:
    text = "Κωδικός;Υπηρεσία;Περιγραφή\n006;Φωτισμός;\n021;Κάδοι;Γεμάτος κάδος\n100;Πράσινο;\n"
    found = proposed(tmp_path, text)
    _report, sink = walked(tmp_path / "upload", found)
    assert sink.rows["kodikos"].to_list() == ["006", "021", "100"]
    assert sink.rows["perigrafi"].to_list() == [None, "Γεμάτος κάδος", None]


PLATFORMS = """Πλατφόρμα;Έκδοση;users;users_count;processes
barcelona.example.org;0.28;122883;122883;145
helsinki.example.org;0.27;0;76936;0
empty.example.org;0.28;0;0;0
broken.example.org;0.28;lots;12;3
"""


@pytest.mark.parametrize("total", ["TOTAL;;122883;199819;145", "TOTAL;3;122883;199819;145", "Σύνολο;;1;2;3"])
def test_f_10_the_line_of_totals_is_no_platform_and_a_counter_that_is_off_is_no_zero(tmp_path, total):
    """A zero beside 76,936 says that nobody counts; the row comes, with nothing in that cell."""
    content = source_yaml(
        feed="table",
        key="platform",
        columns=[
            {"name": name, "type": kind, "label": {"el": name, "en": name}, "about": {"el": name, "en": name}}
            for name, kind in {"platform": "text", "users": "integer", "users_count": "integer"}.items()
        ],
        fields={
            "platform": {"from": "Πλατφόρμα", "as": "text"},
            "users": {"from": "users", "as": "integer", "zero_beside": "users_count"},
            "users_count": {"from": "users_count", "as": "integer"},
        },
        ignore=["Έκδοση", "processes"],
        examples=[
            {
                "given": {"Πλατφόρμα": "a", "users": "0", "users_count": "76936"},
                "becomes": {"platform": "a", "users": None, "users_count": 76936},
            }
        ],
    )
    platforms = load_source(yaml.safe_dump(content, allow_unicode=True), feeds(), table=table_feed)
    report, sink = walk(tmp_path, f"{PLATFORMS}{total}\n", platforms)
    assert report.outcome == "published", report.reason
    assert sink.rows.select("platform", "users", "users_count").rows() == [
        ("barcelona.example.org", 122883, 122883),
        ("helsinki.example.org", None, 76936),
        ("empty.example.org", 0, 0),
    ]
    assert sink.rejected.select("column", "code").rows() == [("users", "not_an_integer")]
    assert report.choices["footer"] == total.partition(";")[0]


DIPS = (20, 41, 42, 43, 60, *range(80, 461, 15))
"""Days of 575 on which the counter of accepted proposals broke, three of them one after another."""


def counted() -> list[float]:
    """A counter that grows from 14,600; on 31 days it says a seventh."""
    grown = [14600.0 + 3 * day for day in range(575)]
    return [round(value / 7) if day in DIPS else value for day, value in enumerate(grown)]


def observed(given: dict[str, str], **fields: Any) -> Source:
    """A source of observations whose rows are told apart as such a table's are; ``given`` has the value 7."""
    content = source_yaml(
        feed="observations",
        duplicates="keep",
        fields={**fields, "row_key": {"as": "id", "prefix": "O", "of": ["period", "area_code", "breakdown"]}},
        examples=[{"given": given, "becomes": {"value": 7.0}}],
    )
    return load_source(yaml.safe_dump(content, allow_unicode=True), {"observations": feed("observations")})


def test_f_11_a_series_of_days_becomes_observations_and_its_dips_are_marked(tmp_path):
    days = [(date(2023, 2, 15) + timedelta(days=day)).isoformat() for day in range(575)]
    lines = [f"{day};{value:.0f}" for day, value in zip(days, counted(), strict=True)]
    source = observed(
        {"day": "2024-01-01", "accepted_proposals": "7"},
        period={"from": "day", "as": "text"},
        area_code={"as": "constant", "value": "3701"},
        value={"from": "accepted_proposals", "as": "number"},
        status={"as": "constant", "value": "A"},
    )
    report, sink = walk(tmp_path, "\n".join(["day;accepted_proposals", *lines, ""]), source)
    assert (report.outcome, sink.rows.height) == ("published", 575), report.reason
    marked = sink.rows.filter(sink.rows["implausible"])["period"].to_list()
    assert marked == [days[day] for day in DIPS]
    assert len(marked) == 31
    assert sink.rows["implausible"].null_count() == 0
    told = next(one for one in report.suggestions if one.code == "values_implausible")
    assert "goes on afterwards: 31." in told.text["en"]
    assert days[20] in told.text["el"]


def test_f_11_what_somebody_looked_at_stays_and_a_series_that_moves_or_is_short_is_not_doubted(tmp_path):
    moved = [100.0] * 20 + [30.0] * 20
    assert not any(outside(moved)), "a level that stays is no dip"
    assert not any(outside([100.0, 30.0, 100.0] * 9)), "twenty-seven years"
    assert [n for n, out in enumerate(outside([100.0] * 20 + [0.0, 250.0] + [90.0] * 20)) if out] == [20, 21]
    assert not any(outside([0.0] * 20 + [5.0] + [0.0] * 20)), "nothing is half of nothing"
    last = [100.0] * 35 + [20.0]
    assert not any(outside(last)), "whether the last one comes back nobody knows yet"

    rows = [f"{year}-{month:02};3701;{value};A;{said}" for year, month, value, said in _months()]
    text = "\n".join(["Περίοδος;Περιοχή;Τιμή;Κατάσταση;Αμφίβολη τιμή", *rows, ""])
    source = observed(
        {"Περίοδος": "2024", "Τιμή": "7"},
        period={"from": "Περίοδος", "as": "text"},
        area_code={"from": "Περιοχή", "as": "text"},
        value={"from": "Τιμή", "as": "number"},
        status={"from": "Κατάσταση", "as": "text"},
        implausible={"from": "Αμφίβολη τιμή", "as": "boolean", "true": ["ναι"], "false": ["όχι"]},
    )
    _report, sink = walk(tmp_path, text, source)
    marked = sink.rows.filter(sink.rows["implausible"])["period"].to_list()
    assert marked == ["2021-06", "2022-02"]


def _months():
    """Four years: August 2020 is a dip that somebody knows, 2021-06 one that nobody does, 2022-02 is said."""
    for number in range(48):
        year, month = 2020 + number // 12, 1 + number % 12
        dip = (year, month) in ((2020, 8), (2021, 6))
        said = {(2020, 8): "όχι", (2022, 2): "ναι"}.get((year, month), "")
        yield year, month, 12 if dip else 100, said
