"""Index made records as CKAN indexes a record, without a row in the database for each.

CKAN's own `index_package` and the plugins' hooks make every document. What is left out is a request for each,
and what the database would say of one: its permission labels are a public record's, nobody has read it, and
it was not harvested.
"""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from . import search_records as made
from .search_cores import Solr

BATCH = 500
TOLD = 20_000
Dict = dict[str, Any]


class Batches:
    """Takes the documents that CKAN gives to Solr one by one, and posts them together."""

    def __init__(self, solr: Solr, name: str) -> None:
        self.solr, self.name = solr, name
        self.waiting: list[Dict] = []

    def add(self, docs: list[Dict], commit: bool = False) -> None:
        """As pysolr's; nothing is committed before the end."""
        self.waiting += [{**each, "permission_labels": ["public"]} for each in docs]
        if len(self.waiting) >= BATCH:
            self.post()

    def post(self) -> None:
        """Send what waits."""
        self.solr.add(self.name, self.waiting)
        self.waiting = []


def load(pattern: Dict, name: str, records: int, solr: list[str]) -> dict[str, float]:
    """Seconds it took, and megabytes of the index."""
    from ckan import model
    from ckan.lib.search.index import PackageSearchIndex

    server = Solr(solr[0], Path(solr[1]))
    batches, index, started = Batches(server, name), PackageSearchIndex(), time.monotonic()
    replaced = {
        "ckan.lib.search.index.make_connection": lambda: batches,
        "ckan.model.Package.get": lambda reference: None,
        "ckan.model.Group.by_name": cache(model.Group.by_name),
        "ckanext.tracking.model.TrackingSummary.get_for_package": lambda reference: {"total": 0, "recent": 0},
        "ckanext.harvest.plugin.Harvest.before_dataset_index": lambda plugin, document: document,
    }
    with ExitStack() as stack:
        for place, instead in replaced.items():
            stack.enter_context(patch(place, instead))
        for number in range(records):
            index.index_package(
                shaped(pattern, made.record(number), custom=name == "ours"), defer_commit=True
            )
            if number % TOLD == TOLD - 1:
                print(f"  {name}: {number + 1:,} records, {time.monotonic() - started:.0f} s", flush=True)
        batches.post()
    seconds = time.monotonic() - started
    return {"seconds": seconds, "megabytes": server.settle(name)}


def shaped(pattern: Dict, record: made.Made, custom: bool) -> Dict:
    """The record as CKAN hands it to the index; stock CKAN knows no other schema than its own."""
    plain, ours = json.loads(pattern["plain"]), json.loads(pattern["ours"] if custom else pattern["plain"])
    titles = {"el": record.title, **({"en": record.title_en} if record.title_en else {})}
    texts = {"title_translated": titles, "notes_translated": {"el": record.notes}}
    codes = {"theme": [record.theme], "municipal_unit": [record.unit]}
    days = dict(zip(("temporal_start", "temporal_end"), record.days, strict=True))
    for shown in (plain, ours):
        _fill(shown, record, pattern["offices"][record.office])
    extras = {each["key"]: each["value"] for each in plain["extras"]} | days
    extras |= {key: json.dumps(value, ensure_ascii=False) for key, value in (texts | codes).items()}
    plain["extras"] = [{"key": key, "value": value} for key, value in extras.items()]
    if custom:
        ours |= texts | codes | days
    else:
        ours["extras"] = plain["extras"]
    return {**plain, "with_custom_schema": ours}


def _fill(shown: Dict, record: made.Made, office: Dict) -> None:
    tag = shown["tags"][0]
    shown |= {
        "id": record.id,
        "name": record.name,
        "title": record.title,
        "notes": record.notes,
        "license_id": record.licence,
        "organization": office,
        "owner_org": office["id"],
        "tags": [{**tag, "name": each, "display_name": each} for each in record.tags],
        "num_tags": len(record.tags),
        "num_resources": len(record.formats),
        "resources": [
            {**file, "package_id": record.id, "format": kind}
            for file, kind in zip(shown["resources"], record.formats, strict=False)
        ],
    }
