"""Each version is kept whole, and any of them can be brought back byte for byte (P9)."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.feeds import files, restore, runs, versions
from ckanext.patrasparticipation.harvesters.errors import HarvestError, SourceBusy
from ckanext.patrasparticipation.model import Version

from .feeds_ground import NAME, Ground, digests, row, table


def three(ground: Ground) -> list[list[tuple[object, ...]]]:
    """Publish three versions; gives the table of each."""
    seen = []
    for count in (5, 8, 12):
        ground.write([row(n, watts=70 + count) for n in range(count)])
        ground.harvest()
        seen.append(table(ground.state.resource_id))
    return seen


def test_p9_a_version_knows_where_it_came_from(ground: Ground) -> None:
    ground.harvest()
    version = model.Session.get(Version, (NAME, 1))
    assert (version.rows_in, version.rows, version.rejected, version.deduplicated) == (5, 5, 0, 0)
    assert version.origin["address"] == "lights.csv"
    assert len(version.origin["sha256"]) == 64
    assert version.origin["fetched_at"]
    assert version.schema_hash == ground.entry.source.schema_hash
    assert version.code_version
    for file in version.files:
        assert files.sha256(files.folder(NAME, 1) / file["name"]) == file["sha256"]


def test_p9_restore_brings_table_and_files_back_byte_for_byte(ground: Ground) -> None:
    tables, before = three(ground), digests(1)
    done = restore.restore(ground.entry, 1, "a test")
    assert done.generation == 4
    assert table(ground.state.resource_id) == tables[0]
    assert digests(4) == before
    version = model.Session.get(Version, (NAME, 4))
    assert (version.restored_from, version.rows) == (1, 5)
    found = tk.get_action("datastore_search")({"user": ""}, {"resource_id": ground.state.resource_id})
    assert (found["total"], found["generation"]) == (5, 4)
    assert ground.harvest().outcome == "unchanged"  # until the source itself changes
    assert restore.restore(ground.entry, 3, "a test").generation == 5
    assert table(ground.state.resource_id) == tables[2]
    assert digests(5) == digests(3)


def test_every_kind_of_value_survives_restoring(ground: Ground) -> None:
    """Greek, quotes, line ends, the letters that end a COPY, and cells that are empty."""
    lines = [
        'L00001,"Οδός ""Ερμού"", 3",21.7,38.2,led,70.5',
        'L00002,"a,b\n\\.\nc",21.7000001,38.2000001,led,33.3333333333333357',
        "L00003,,21.7,38.2,led,",
        "L00004,\\N,21.7,38.2,led,1e2",
        "L00005,=1+1,21.7,38.2,led,0012.50",
    ]
    ground.write(lines)
    report = ground.harvest()
    assert report.totals.loaded == 5, report
    first, before = table(ground.state.resource_id), digests(1)
    ground.rows(40)
    ground.harvest(accept_held=True)
    restore.restore(ground.entry, 1, "a test")
    assert table(ground.state.resource_id) == first
    assert digests(3) == before


def test_restoring_what_is_not_there_says_what_is(ground: Ground) -> None:
    three(ground)
    with pytest.raises(HarvestError) as caught:
        restore.restore(ground.entry, 9, "a test")
    assert caught.value.text["en"] == (
        "There is no generation 9 of the source test-lights. There are: 3, 2, 1."
    )


def test_a_file_that_was_tampered_with_is_not_restored(ground: Ground) -> None:
    tables = three(ground)
    path = files.folder(NAME, 1) / f"{NAME}.csv"
    path.write_bytes(path.read_bytes().replace(b"led", b"LED"))
    with pytest.raises(HarvestError, match="file_differs"):
        restore.restore(ground.entry, 1, "a test")
    assert table(ground.state.resource_id) == tables[2]


def test_a_restore_waits_for_no_run(ground: Ground) -> None:
    three(ground)
    with runs.claimed(NAME, "somebody else"), pytest.raises(SourceBusy):
        restore.restore(ground.entry, 1, "a test")


def test_p9_old_versions_go_by_number_and_age(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    three(ground)
    monkeypatch.setitem(tk.config, "ckanext.patrasparticipation.versions_kept", 1)
    assert versions.prune(NAME) == []  # young
    later = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert versions.prune(NAME) == [2, 1]
    assert sorted(os.listdir(files.folder(NAME, 3).parent)) == ["3"]
    assert [version.generation for version in versions.listed(NAME)] == [3]
