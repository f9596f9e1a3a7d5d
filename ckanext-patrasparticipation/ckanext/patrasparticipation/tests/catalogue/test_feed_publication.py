"""A source's rows become a table, a dataset and files; run again, nothing changes but the run's own row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.feeds import catalogue, database, files, indexes
from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.model import Outbox, Rejected, Run, Version

from .feeds_ground import NAME, SOURCE, Ground, digests, ids, leftovers, row, table


def dataset(ground: Ground) -> dict[str, Any]:
    """The dataset as the catalogue shows it to everybody."""
    return tk.get_action("package_show")({"user": ""}, {"id": NAME})


def test_first_publication_makes_dataset_table_and_files(ground: Ground) -> None:
    report = ground.harvest()
    assert (report.outcome, report.published.generation) == ("published", 1)

    state = ground.state
    assert [line[0] for line in table(state.resource_id)] == [f"L{n:05d}" for n in range(5)]
    shown = dataset(ground)
    assert shown["state"] == "active"
    assert shown["title_translated"] == {"el": "Φωτιστικά δοκιμής", "en": "Test lights"}
    assert shown["participation_source"] == NAME
    assert shown["participation_feed"] == "street_light"
    assert shown["organization"]["name"] == "dimos-dokimis"
    assert sorted(tag["name"] for tag in shown["tags"]) == ["δίκτυα", "δρόμοι", "φωτισμός"]
    ring = json.loads(shown["spatial"])["coordinates"][0]
    assert ring[0] == [21.7, 38.2]
    assert ring[2] == [21.7004, 38.2004]
    version = model.Session.get(Version, (NAME, 1))
    by_format = {resource["format"]: resource for resource in shown["resources"]}
    for file in version.files[:2]:
        resource = by_format[file["format"]]
        assert (resource["size"], resource["hash"]) == (file["size"], file["sha256"])
        assert resource["url"].endswith(f"/feed/{NAME}/current.{files.FORMATS[file['format']]}")
    assert set(digests(1)) == {f"{NAME}.csv", f"{NAME}.geojson", "rejected.csv"}
    assert leftovers() == []


def test_the_table_is_what_the_datastore_makes_itself(ground: Ground) -> None:
    """Dictionary, permissions, trigger, count and indexes are as ``datastore_create`` leaves them."""
    ground.harvest()
    state = ground.state
    info = tk.get_action("datastore_info")({"user": ""}, {"id": state.resource_id})
    power = next(field for field in info["fields"] if field["id"] == "power_w")
    assert (power["type"], power["info"]["unit"], power["info"]["label_en"]) == ("float8", "W", "Power")
    assert info["meta"]["count"] == 5
    assert not [field for field in info["fields"] if field["id"] == "_row"]
    with database.connect(database.WRITE) as connection:
        there = indexes.existing(connection, state.resource_id)
        trigger = connection.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)", [f'"{state.resource_id}"']
        ).fetchall()
    assert trigger == [("zfulltext",)]
    wanted = {
        "asset_id",
        "_full_text",
        *(c.name for c in catalogue.entry(NAME).source.feed.columns if c.index),
    }
    assert there == {indexes.name(state.resource_id, f'"{column}"') for column in wanted}
    assert tk.get_action("resource_show")({"user": ""}, {"id": state.resource_id})["datastore_active"]


def test_journalists_search_without_a_token(ground: Ground) -> None:
    ground.harvest()
    search, call = tk.get_action("datastore_search"), {"resource_id": ground.state.resource_id}
    found = search({"user": ""}, {**call, "q": "ΑΓΙΟΥ ανδρεου"})
    assert [record["street"] for record in found["records"]] == ["Αγίου Ανδρέου"]
    found = search({"user": ""}, {**call, "filters": {"lon": {"gte": 21.7002}, "street": "Κορίνθου"}})
    assert [record["asset_id"] for record in found["records"]] == ["L00002"]
    assert (found["total"], found["generation"]) == (1, 1)


def everything(ground: Ground) -> dict[str, Any]:
    """All that an unchanged run must leave alone (P5), counted and summed."""
    with database.connect(database.MAIN) as connection:
        kept = connection.execute(
            "SELECT p.metadata_modified, (SELECT count(*) FROM activity), (SELECT count(*) FROM package),"
            " (SELECT count(*) FROM participation_version), (SELECT count(*) FROM participation_outbox),"
            " (SELECT to_jsonb(s) FROM participation_source_state s) FROM package p"
        ).fetchone()
    state = {name: value for name, value in kept[-1].items() if not name.startswith("last_")}
    with database.connect(database.WRITE) as connection:
        rows = connection.execute(
            "SELECT md5(string_agg(t::text, ',' ORDER BY _id)), max(xmin::text)"
            f' FROM "{state["resource_id"]}" t'
        ).fetchone()
        number = connection.execute("SELECT *, xmin::text FROM _harvest_generation").fetchone()
    times = {path: path.stat().st_mtime_ns for path in files.folder(NAME, 1).parent.rglob("*")}
    index = tk.get_action("package_search")(
        {"user": ""}, {"q": f"name:{NAME}", "fl": "id,index_id,_version_,indexed_ts"}
    )
    return {"main": kept[:-1], "state": state, "rows": rows, "number": number, "files": times, "index": index}


def test_p5_an_unchanged_source_changes_one_run_row_and_the_last_columns(ground: Ground) -> None:
    ground.harvest()
    before = everything(ground)
    for _again in range(2):
        assert ground.harvest().outcome == "unchanged"
    assert everything(ground) == before
    assert model.Session.query(Run).filter_by(status="unchanged").count() == 2


def test_the_same_rows_in_another_order_are_no_new_version(ground: Ground) -> None:
    ground.harvest()
    before = ids(ground.state.resource_id)
    ground.write([row(n) for n in reversed(range(5))])
    assert ground.harvest().outcome == "unchanged"
    assert ids(ground.state.resource_id) == before
    assert ground.state.generation == 1


def test_unchanged_rows_keep_their_id(ground: Ground) -> None:
    ground.rows(30)
    ground.harvest()
    before = ids(ground.state.resource_id)
    ground.write([row(n, watts=99 if n == 7 else 70) for n in range(31) if n != 3])
    done = ground.harvest().published
    assert (done.inserted, done.updated, done.deleted, done.unchanged) == (1, 1, 1, 28)
    after = ids(ground.state.resource_id)
    assert {key for key in before if after.get(key) != before[key]} == {"L00003", "L00007"}
    assert {line[0]: line[5] for line in table(ground.state.resource_id)}["L00007"] == 99.0
    found = tk.get_action("datastore_search")(
        {"user": ""}, {"resource_id": ground.state.resource_id, "limit": 0}
    )
    assert (found["total"], found["generation"]) == (30, 2)


def test_p6_p7_every_refused_row_is_kept_and_the_counts_add_up(ground: Ground) -> None:
    ground.write(
        [row(0), row(1).replace("led", "κερί"), row(2).replace(",70", ",=cmd|' /C calc'!A0"), row(3)]
    )
    totals = ground.harvest().totals
    assert (totals.rows_in, totals.loaded, totals.rejected, totals.deduplicated) == (4, 2, 2, 0)
    answer = tk.get_action("participation_feed_rejected")({"user": ""}, {"id": NAME})
    assert answer["total"] == 2
    assert [(r["column"], r["raw"]) for r in answer["rows"]] == [
        ("lamp_technology", "κερί"),
        ("power_w", "=cmd|' /C calc'!A0"),
    ]
    assert all(set(line["reason"]) == {"el", "en"} for line in answer["rows"])
    lines = (files.folder(NAME, 1) / "rejected.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "row,column,code,value,reason_el,reason_en"
    assert len(lines) == 3
    assert model.Session.query(Rejected).count() == 2


def test_p7_counts_that_do_not_add_up_publish_nothing(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ckanext.patrasparticipation.feeds import publish

    ground.harvest()
    ground.rows(9)
    kept = publish.rejected.keep
    monkeypatch.setattr(
        publish.frames, "lines", lambda rows, real=publish.frames.lines, **how: real(rows.head(3), **how)
    )
    report = ground.harvest()
    assert (report.outcome, report.reason.code) == ("failed", "counts_differ")
    assert len(table(ground.state.resource_id)) == 5
    assert ground.state.generation == 1
    assert kept is publish.rejected.keep
    assert leftovers() == []


@pytest.mark.parametrize(
    ("lines", "outcome", "code"),
    [
        ([], "held", "no_rows"),
        ([row(n) for n in range(15)], "held", "rows_dropped"),
        ([row(n) for n in range(1000)], "held", "rows_grew"),
        (["x" * 30], "held", None),
    ],
)
def test_p2_odd_rows_are_held_and_can_be_accepted(
    ground: Ground, lines: list[str], outcome: str, code: str
) -> None:
    ground.rows(40)
    ground.harvest()
    before = table(ground.state.resource_id), digests(1)
    ground.write(lines)
    report = ground.harvest()
    assert report.outcome == outcome
    assert code in (None, report.reason.code)
    assert (table(ground.state.resource_id), digests(1)) == before
    assert ground.state.last_outcome == "held"
    shown = tk.get_action("participation_feed_show")({"user": ""}, {"id": NAME})
    assert (shown["health"], shown["reason"]["en"]) == ("held", report.reason.text["en"])
    if code == "rows_dropped":
        accepted = ground.harvest(accept_held=True)
        assert (accepted.outcome, len(table(ground.state.resource_id))) == ("published", 15)


def test_p1_what_is_no_table_changes_nothing(ground: Ground) -> None:
    ground.harvest()
    before = table(ground.state.resource_id), digests(1), dataset(ground)["metadata_modified"]
    for content, outcome in (
        (b"<!doctype html><html><body>500</body></html>", "changed"),
        (b"", "unavailable"),
        ("id,street,lon\nL1,Ερμού,21.7\n".encode(), "changed"),
    ):
        ground.file.write_bytes(content)
        report = ground.harvest()
        assert report.outcome == outcome, report
        assert (table(ground.state.resource_id), digests(1), dataset(ground)["metadata_modified"]) == before
    assert ground.state.failures == 3


def test_p1_a_source_that_never_answered_well_leaves_no_dataset(ground: Ground) -> None:
    ground.file.write_bytes(b"<html></html>")
    assert ground.harvest().outcome == "changed"
    ground.write([])
    assert ground.harvest().outcome == "held"
    assert model.Session.query(model.Package).count() == 0
    assert leftovers() == []


def test_p12_what_staff_edited_survives(ground: Ground) -> None:
    ground.harvest()
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    edited = {
        "title_translated": {"el": "Τα φώτα μας", "en": "Our lights"},
        "license_id": "CC0",
        "tags": [{"name": "νύχτα"}],
    }
    tk.get_action("package_patch")({"user": site, "ignore_auth": True}, {"id": NAME, **edited})
    text = SOURCE.replace("Φωτιστικά δοκιμής", "Άλλος τίτλος").replace(
        "Τα φωτιστικά της", "Όλα τα φωτιστικά της"
    )
    ground.define(text)
    ground.rows(6)
    ground.harvest()
    shown = dataset(ground)
    assert shown["title_translated"] == edited["title_translated"]
    assert [tag["name"] for tag in shown["tags"]] == ["νύχτα"]
    assert shown["license_id"] == "CC0"
    assert shown["notes_translated"]["el"] == "Όλα τα φωτιστικά της δοκιμής."  # nobody had edited this one


def test_a_new_column_of_the_feed_makes_a_new_table_under_the_same_resource(ground: Ground) -> None:
    from dataclasses import replace

    from ckanext.patrasparticipation.feeds.harvest import Wish, harvest

    ground.harvest()
    resource = ground.state.resource_id
    entry = ground.entry
    feed = entry.source.feed
    fewer = replace(feed, columns=tuple(c for c in feed.columns if c.name != "pole_id"))
    narrow = replace(entry, source=replace(entry.source, feed=fewer, schema_hash="other"))
    report = harvest(narrow, Wish())
    assert (report.outcome, report.published.generation) == ("published", 2)
    info = tk.get_action("datastore_info")({"user": ""}, {"id": resource})
    assert "pole_id" not in [field["id"] for field in info["fields"]]
    assert info["fields"][0]["info"]["label_en"]
    assert len(table(resource)) == 5


def test_nothing_is_owed_after_a_run(ground: Ground) -> None:
    ground.harvest()
    assert [
        (item.kind, item.done_at is not None) for item in model.Session.query(Outbox).order_by(Outbox.id)
    ] == [
        ("files", True),
        ("records", True),
    ]


def test_a_broken_definition_takes_no_page_from_a_reader(ground: Ground) -> None:
    ground.harvest()
    ground.define(SOURCE.replace("feed: street_light", "feed: street_lihgt"))
    with pytest.raises(DefinitionError, match="street_lihgt"):
        catalogue.entries()
    (shown,) = tk.get_action("participation_feed_list")({"user": ""}, {})
    assert (shown["source"], shown["rows"]) == (NAME, 5)
    ground.define(SOURCE)
    assert catalogue.entry(NAME).source.feed.name == "street_light"
