"""A source that is summed and one that answers in many parts, through the whole house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.feeds import catalogue, database, files, states
from ckanext.patrasparticipation.feeds.harvest import Wish, details, harvest
from ckanext.patrasparticipation.harvesters.report import Report
from ckanext.patrasparticipation.model import Rejected, Version
from ckanext.patrasparticipation.tests.harvesters.protocol_server import HTML, Told, speaking
from ckanext.patrasparticipation.tests.harvesters.test_decidim import csv_of, packed

from . import samples
from .feeds_ground import Ground

NAME = "test-issues"
ABOUT = """
about:
  title: {el: Αναφορές δοκιμής, en: Test reports}
  notes: {el: Οι αναφορές της δοκιμής., en: The reports of the test.}
  license: CC_BY_4_0
  publisher: dimos-dokimis
  contact: {name: Τμήμα, email: issues@example.gr}
  theme: REGI
  frequency: IRREG
  tags: [αναφορές, δοκιμή]
expect:
  rows: {min: 1, max: 1000}
  rejected: 0.5
"""
SUMS = (
    ABOUT
    + """
name: test-issues
feed: issue_month
reader: {type: json_array, path: issues.json}
fields:
  opened: {from: opened, as: timestamp}
  kind: {from: kind, as: lookup, table: {bins: garbage, lamps: lighting}}
  state: {from: state, as: lookup, table: {new: open, done: closed}}
ignore: [words]
aggregate:
  by: {month: {month_of: opened}, category: kind, status: state}
  measures: {issues: count}
  suppress_below: 3
examples:
- given:
  - {opened: '2026-01-05', kind: bins, state: new}
  - {opened: '2026-01-06', kind: bins, state: new}
  - {opened: '2026-01-07', kind: bins, state: new}
  becomes: {month: 2026-01, issues: 3}
"""
)
PEOPLE = [
    {"opened": f"2026-01-0{n + 1}", "kind": "bins", "state": "new", "words": f"Μαρία {n}"} for n in range(5)
]
FEW = [
    {"opened": "2026-02-01", "kind": kind, "state": "done", "words": "Νίκος"}
    for kind in ("bins", "lamps") * 2
]
BAD = [{"opened": "2026-02-01", "kind": "η Ελένη, 6944123456", "state": "new", "words": "Ελένη"}]


def run(**wish: Any) -> Report:
    model.Session.remove()
    return harvest(catalogue.entry(NAME), Wish(**wish))


def rows() -> list[tuple[Any, ...]]:
    model.Session.remove()
    statement = "SELECT row_id, issues, suppressed FROM {} ORDER BY 1"
    table = psycopg.sql.Identifier(states.known(NAME).resource_id)
    with database.connect(database.READ) as connection:
        return connection.execute(psycopg.sql.SQL(statement).format(table)).fetchall()


def test_only_sums_reach_table_files_and_refused_rows_and_the_counts_add_up(ground: Ground) -> None:
    (ground.folder / f"{NAME}.yaml").write_text(SUMS, encoding="utf-8")
    source = ground.file.with_name("issues.json")
    source.write_text(json.dumps([*PEOPLE, *FEW, *BAD]), encoding="utf-8")
    report = run()
    assert report.outcome == "published", report.reason.text["en"]
    assert rows() == [
        ("2026-01/garbage/open", 5, False),
        ("2026-02/garbage/closed", None, True),
        ("2026-02/lighting/closed", None, True),
    ]
    version = model.Session.get(Version, (NAME, 1))
    assert (version.rows_in, version.rows, version.rejected, version.deduplicated) == (10, 3, 1, 6)
    assert version.rows_in == report.aggregated + version.rejected
    assert version.rows_in == version.rows + version.rejected + version.deduplicated
    assert any(item["code"] == "aggregated" for item in details(report)["suggestions"])
    kept = [line.raw for line in model.Session.query(Rejected).all()]
    assert kept == ["[…]"]
    published = b"".join(path.read_bytes() for path in files.folder(NAME, 1).iterdir()).decode()
    for word in ("Μαρία", "Νίκος", "Ελένη", "6944123456"):
        assert word not in published
    again = run()
    assert again.outcome == "unchanged"
    source.write_text(json.dumps([*PEOPLE, *PEOPLE, *FEW]), encoding="utf-8")
    assert run().published.updated == 1
    assert rows()[0] == ("2026-01/garbage/open", 10, False)


PARTS = (
    ABOUT
    + """
name: test-issues
feed: table
key: number
columns:
- {name: number, type: text, label: {el: α, en: a}, about: {el: α, en: a}, required: true, unique: true}
- {name: title, type: text, label: {el: Τίτλος, en: Title}, about: {el: Ο τίτλος., en: The title.}}
reader: {type: consul, url: ADDRESS, entity: proposals, delay: 0}
fields:
  number: {from: id, as: text}
  title: {from: title, as: text}
examples:
- given: {id: '1', title: Δέντρα}
  becomes: {number: '1'}
"""
)


def consul(titles: list[str]) -> Any:
    edges = [{"node": {"id": str(number), "title": title}} for number, title in enumerate(titles)]
    return lambda asked: {"data": {"proposals": {"pageInfo": {"hasNextPage": False}, "edges": edges}}}


def test_a_conversation_is_published_unchanged_and_kept_through_a_web_page(
    ground: Ground, monkeypatch: Any
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.patrasparticipation.allow_private", "127.0.0.1")
    with speaking(consul(["Δέντρα", "<b>Παγκάκια</b>"])) as server:
        (ground.folder / f"{NAME}.yaml").write_text(PARTS.replace("ADDRESS", server.url), encoding="utf-8")
        report = run()
        assert report.outcome == "published", report.reason.text["en"]
        assert run().outcome == "unchanged"
        server.speak = lambda asked: HTML
        report = run()
        assert (report.outcome, report.reason.code, report.exit_code) == ("changed", "answer_not_json", 5)
        state = states.known(NAME)
        assert (state.generation, state.rows, state.last_outcome) == (1, 2, "changed")
        server.speak = consul(["Δέντρα", "Παγκάκια", "Φώτα"])
        report = run()
        assert (report.published.inserted, report.published.unchanged) == (1, 2)


EXAMPLE = Path(__file__).parents[5] / "docs" / "examples" / "sources" / "decidim-consultations.yaml"
PROCESS = {
    "id": "3",
    "url": "https://participate.example.org/processes/dentra",
    "title/el": "Περισσότερα δέντρα",
    "title/en": "More trees",
    "short_description/el": "<p>Πού θα <b>φυτευτούν</b>.</p>",
    "start_date": "2026-03-01",
    "end_date": "2026-04-15",
    "author/name": "Μαρία Παπαδοπούλου",
}


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="installed without the project's docs/")
def test_processes_of_decidim_become_consultations_that_say_what_is_missing(
    ground: Ground, app: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(tk.config, "ckanext.patrasparticipation.allow_private", "127.0.0.1")
    text = EXAMPLE.read_text(encoding="utf-8").replace("dimos-patreon", "dimos-dokimis")
    zipped = packed(participatory_processes=csv_of(PROCESS, {**PROCESS, "id": "4", "title/el": "Παγκάκια"}))
    with speaking(lambda asked: Told(zipped)) as server, app.flask_app.test_request_context():
        text = text.replace("decidim-consultations", NAME).replace(
            "https://participate.example.org\n", server.url + "\n"
        )
        (ground.folder / f"{NAME}.yaml").write_text(text, encoding="utf-8")
        report = run()
        assert (report.outcome, report.published.inserted) == ("published", 2), report.reason.text["en"]
        found = model.Session.query(model.Package).filter_by(type="consultation").all()
        shown = {package.extras["source_id"]: samples.act("package_show", id=package.id) for package in found}
        assert set(shown) == {"3", "4"}
        shown = shown["3"]
        assert shown["platform"] == shown["source_system"] == "decidim"
        assert shown["notes_translated"]["el"] == "Πού θα φυτευτούν."
        assert (shown["open_date"], shown["close_date"]) == ("2026-03-01", "2026-04-15")
        assert shown["state"] == "draft"
        assert "theme" not in shown["came_from"]["missing"]
        assert shown["came_from"]["missing"]
        assert "Παπαδοπούλου" not in json.dumps(shown, ensure_ascii=False)
        assert run().outcome == "unchanged"


def test_check_reads_the_sources_of_the_city_of_patras(ground: Ground) -> None:
    """What ships for Patras holds by the command that the guide names, without a network."""
    patras = Path(harvesters.__file__).parent / "sources" / "patras"
    settings = (ground.folder / "site.ini").read_text(encoding="utf-8")
    (ground.folder / "site.ini").write_text(
        settings.replace(str(ground.folder), str(patras)), encoding="utf-8"
    )
    for name in ("patras-decisions", "patras-issues"):
        done = ground.command("check", name)
        assert done.returncode == 0, done.stderr
        assert f"{name}: " in done.stdout
        assert "examples hold" in done.stdout
