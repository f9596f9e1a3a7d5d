"""A run cut anywhere leaves the old version or the new one, whole, and the next run repairs (P4, P8, P18)."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.feeds import database, duties, runs
from ckanext.patrasparticipation.harvesters import faults
from ckanext.patrasparticipation.harvesters.errors import SourceBusy
from ckanext.patrasparticipation.model import Outbox, Run, SourceState, Version

from . import samples
from .feeds_ground import NAME, Ground, digests, leftovers, row, table

Dying = Callable[[Ground, str], int]
SEEN_BEFORE = ("claimed", "downloading", "verified", "staging", "staged", "in_swap")
"""Points before the commit: readers must still see the old version."""


def watts(ground: Ground) -> set[Any]:
    """What readers see: every row of a version has the same value."""
    return {line[5] for line in table(ground.state.resource_id)}


@pytest.mark.parametrize("point", faults.POINTS)
def test_p4_killed_anywhere(ground: Ground, dying: Dying, point: str) -> None:
    ground.write([row(n, watts=1) for n in range(50)])
    ground.harvest()
    ground.write([row(n, watts=2) for n in range(60)])
    assert dying(ground, point) == signal.SIGKILL

    old = point in SEEN_BEFORE
    assert watts(ground) == ({1.0} if old else {2.0})
    assert len(table(ground.state.resource_id)) == (50 if old else 60)

    again = ground.harvest()
    assert again.outcome in ("published", "unchanged"), again
    state = ground.state
    assert (state.generation, watts(ground), len(table(state.resource_id))) == (2, {2.0}, 60)
    assert len(digests(2)) == 3
    version = model.Session.get(Version, (NAME, 2))
    assert {file["name"]: file["sha256"] for file in version.files} == digests(2)
    shown = tk.get_action("package_show")({"user": ""}, {"id": NAME})
    assert {r["hash"] for r in shown["resources"]} == {file["sha256"] for file in version.files[:2]}
    assert [r.status for r in model.Session.query(Run).filter(Run.status.in_(["running", "dead"]))] == [
        "dead"
    ]
    assert model.Session.query(Outbox).filter(Outbox.done_at.is_(None)).count() == 0
    assert leftovers() == []


def test_p4_killed_on_the_first_run(ground: Ground, dying: Dying) -> None:
    """Nobody sees a dataset before its rows are there; after the commit the next run finishes it."""
    for point in ("staged", "in_swap", "after_commit", "before_files", "outbox"):
        assert dying(ground, point) == signal.SIGKILL
        found = tk.get_action("package_search")({"user": ""}, {})
        assert found["count"] == 0, point
    ground.harvest()
    assert tk.get_action("package_search")({"user": ""}, {})["count"] == 1
    assert ground.state.generation == 1
    assert leftovers() == []


def test_p8_one_run_of_a_source_at_a_time(ground: Ground) -> None:
    """Two runs in this process's sight, and a command line: one has the claim, the others say busy."""
    with runs.claimed(NAME, "the first"):
        with pytest.raises(SourceBusy):
            ground.harvest()
        said = ground.command("harvest", NAME)
        assert said.returncode == 1
        assert "busy" in said.stdout
    assert ground.harvest().outcome == "published"


def test_p8_two_workers_and_a_command_line(ground: Ground) -> None:
    """Three processes are asked at once; whoever does not get the claim says busy; one version is made."""
    from ckanext.patrasparticipation.feeds import jobs

    ground.rows(4000)
    ground.entry  # noqa: B018 -- the definition holds
    state = SourceState(source=NAME, feed="street_light", generation=0, wrote={}, failures=0)
    model.Session.add(state)
    model.Session.commit()
    samples.no_jobs()
    assert jobs.ask(NAME, "a test")
    assert not jobs.ask(NAME, "a test")  # one waits already
    commands = [["worker", "--once"], ["worker", "--once"], ["harvest", NAME]]
    ended = [start(ground, words) for words in commands]
    codes = [process.wait(timeout=180) for process in ended]
    texts = [process.communicate()[0] for process in ended]
    assert codes[:2] == [0, 0], texts
    assert codes[2] in (0, 1), texts
    made = model.Session.query(Run).filter_by(status="published").count()
    assert made == 1
    assert model.Session.query(Run).filter_by(status="running").count() == 0
    assert ground.state.generation == 1


def start(ground: Ground, words: list[str]) -> subprocess.Popen[str]:
    """A process of the command line, not waited for."""
    import os

    from .feeds_ground import ckan

    return subprocess.Popen(
        [ckan(), "-c", str(ground.folder / "site.ini"), "participation", *words],
        env={**os.environ, "CKAN_STORAGE_PATH": ground.settings["ckan.storage_path"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_p18_a_dead_run_is_found(ground: Ground, dying: Dying) -> None:
    """The row of a run whose process is gone is closed, with its last step, once it has been silent."""
    assert dying(ground, "staging") == signal.SIGKILL
    assert duties.bury() == []  # not silent yet
    with database.connect(database.MAIN) as connection:
        connection.execute("UPDATE participation_run SET heartbeat = now() - interval '61 seconds'")
    assert duties.bury() == [NAME]
    run = model.Session.query(Run).one()
    assert (run.status, run.step, run.reason["code"]) == ("dead", "read", "died")


def test_a_run_beats(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "BEAT", 0.05)
    with runs.claimed(NAME, "a test") as run:
        first = heartbeat(run.id)
        time.sleep(0.5)
        assert heartbeat(run.id) > first


def heartbeat(run_id: str) -> Any:
    with database.connect(database.MAIN) as connection:
        return connection.execute(
            "SELECT heartbeat FROM participation_run WHERE id = %s", [run_id]
        ).fetchone()


def test_what_an_index_that_was_away_is_owed(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the index away the rows are published and the record waits; the worker finishes it."""
    from ckan.lib.search import SearchIndexError

    from ckanext.patrasparticipation.feeds import keepers

    def away(*_: Any) -> None:
        raise SearchIndexError("Solr is away")

    with monkeypatch.context() as patch:
        patch.setattr(keepers.FeedKeeper, "apply", staticmethod(away))
        assert ground.harvest().outcome == "published"
    assert duties.owed() == [NAME]
    assert "Solr is away" in model.Session.query(Outbox).filter_by(kind="records").one().error
    duties.attend()
    assert duties.owed() == []
    assert tk.get_action("package_show")({"user": ""}, {"id": NAME})["state"] == "active"
