"""Feeds as sources of ckanext-harvest, type ``municipal_feed``: queue our job, then mirror what became of it.

It never runs the pipeline. The run, its lock and its record are ours; what harvest shows is a copy.
"""

from __future__ import annotations

import json
import time
from datetime import timezone
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..harvesters.errors import DefinitionError
from ..model import Run, SourceState
from . import catalogue, jobs, shown
from .site import worded

PATIENCE, PAUSE = 600.0, 2.0
"""Seconds to wait for the run, and between two looks."""

GOOD: dict[str, bool | str] = {"published": True, "unchanged": "unchanged", "restored": True}


class FeedHarvester:
    """The methods of ``IHarvester``; the plugin takes them over."""

    def info(self) -> dict[str, str]:
        """The type as the form of sources shows it."""
        return {
            "name": "municipal_feed",
            "title": tk._("Municipal feed"),
            "description": tk._('A feed of this site; the configuration names it: {"source": "name"}'),
        }

    def validate_config(self, config: str | None) -> str | None:
        """Refuse a configuration that names no source of this site."""
        if not config:
            raise ValueError('The configuration must name a source: {"source": "name"}')
        name = json.loads(config).get("source")
        try:
            catalogue.entry(str(name))
        except DefinitionError as error:
            raise ValueError(error.text["en"]) from error
        return config

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """Our jobs have no document elsewhere."""
        return None

    def gather_stage(self, harvest_job: Any) -> list[str]:
        """Ask for a run; one object stands for it."""
        from ckanext.harvest.model import HarvestObject

        name = str(json.loads(harvest_job.source.config)["source"])
        jobs.ask(name, f"harvest job {harvest_job.id}")
        harvest_object = HarvestObject(guid=name, job=harvest_job, content="{}")
        harvest_object.save()
        return [harvest_object.id]

    def fetch_stage(self, harvest_object: Any) -> bool:
        """Wait for a run that began after the job, and copy it."""
        asked = harvest_object.job.created.replace(tzinfo=timezone.utc)
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            model.Session.expire_all()
            run = (
                model.Session.query(Run)
                .filter(Run.source == harvest_object.guid, Run.started >= asked, Run.finished.is_not(None))
                .order_by(Run.started)
                .first()
            )
            if run:
                harvest_object.content = json.dumps(shown.run(run), ensure_ascii=False)
                harvest_object.save()
                return True
            time.sleep(PAUSE)
        _tell(tk._("No run has ended; is the worker running?"), harvest_object, "Fetch")
        return False

    def import_stage(self, harvest_object: Any) -> bool | str:
        """Nothing to import: say how the run ended."""
        run = json.loads(harvest_object.content)
        state = model.Session.get(SourceState, harvest_object.guid)
        if state is not None and state.dataset_id:
            harvest_object.package_id = state.dataset_id
        harvest_object.current = True
        harvest_object.save()
        outcome = GOOD.get(run["status"])
        if outcome is None:
            _tell(worded(run["reason"] or {"en": run["status"]}), harvest_object, "Import")
        return outcome or False


def _tell(sentence: str, harvest_object: Any, stage: str) -> None:
    from ckanext.harvest.model import HarvestObjectError

    HarvestObjectError.create(message=sentence, object=harvest_object, stage=stage)
