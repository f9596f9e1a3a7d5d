"""A feed as a source of ckanext-harvest: it queues our job and mirrors the run, and never runs anything."""

from __future__ import annotations

import json

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestObjectError, HarvestSource

from ckanext.patrasparticipation.feeds import adapter, database, duties
from ckanext.patrasparticipation.model import Run

from . import samples
from .feeds_ground import NAME, Ground


@pytest.fixture
def job(ground: Ground) -> HarvestJob:
    """A job of a source that names our feed, as harvest makes it."""
    source = HarvestSource(url="http://test.example/feed", type="municipal_feed", active=True)
    source.config = json.dumps({"source": NAME})
    source.save()
    made = HarvestJob(source=source, status="Running")
    made.save()
    samples.no_jobs()
    return made


def queued() -> list[str]:
    with database.connect(database.MAIN) as connection:
        rows = connection.execute("SELECT args->>'source' FROM jobs.procrastinate_jobs WHERE status = 'todo'")
        return [name for (name,) in rows]


def test_it_queues_and_mirrors(ground: Ground, job: HarvestJob) -> None:
    harvester = queue.get_harvester("municipal_feed")
    (object_id,) = harvester.gather_stage(job)
    assert queued() == [NAME]
    assert model.Session.query(Run).count() == 0
    assert duties.run_one(NAME, "the worker", accept_held=False) == "published"
    mirrored = HarvestObject.get(object_id)
    assert harvester.fetch_stage(mirrored) is True
    assert json.loads(mirrored.content)["status"] == "published"
    assert harvester.import_stage(mirrored) is True
    assert mirrored.package_id == ground.state.dataset_id


def test_what_stopped_the_run_is_told(
    ground: Ground, job: HarvestJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    harvester = queue.get_harvester("municipal_feed")
    (object_id,) = harvester.gather_stage(job)
    mirrored = HarvestObject.get(object_id)
    with monkeypatch.context() as patch:
        patch.setattr(adapter, "PATIENCE", 0.1)
        patch.setattr(adapter, "PAUSE", 0.05)
        assert harvester.fetch_stage(mirrored) is False
    ground.write([])
    assert duties.run_one(NAME, "the worker", accept_held=False) == "held"
    mirrored = HarvestObject.get(object_id)
    assert harvester.fetch_stage(mirrored) is True
    assert harvester.import_stage(mirrored) is False
    told = [
        error.message
        for error in model.Session.query(HarvestObjectError).order_by(HarvestObjectError.created)
    ]
    assert len(told) == 2
    assert "no rows" in told[1] or "καμία" in told[1]


def test_the_configuration_names_a_source(ground: Ground) -> None:
    harvester = queue.get_harvester("municipal_feed")
    assert harvester.validate_config(json.dumps({"source": NAME}))
    for wrong in (None, "{}", '{"source": "nothing"}'):
        with pytest.raises(ValueError, match=r"source"):
            harvester.validate_config(wrong)
    assert "municipal_feed" in {
        one["name"] for one in tk.get_action("harvesters_info_show")({"ignore_auth": True}, {})
    }
