"""Walk made-up bytes through the whole engine: a small feed, an opener that holds them, a sink in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.areas import Areas
from ckanext.patrasparticipation.harvesters.fetched import Fetched
from ckanext.patrasparticipation.harvesters.places import Box
from ckanext.patrasparticipation.harvesters.source import Source, load_source
from ckanext.patrasparticipation.schemas.definitions import Choice, Column, Feed
from ckanext.patrasparticipation.tests.list_sink import ListSink

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
PATRAS = Areas({}, Box(21.5, 38.0, 22.0, 38.5))


def column(name: str, kind: str = "text", **more: Any) -> Column:
    return Column(name, kind, {"el": name, "en": name}, **more)


LAMP = Feed(
    name="lamp",
    label={"el": "Φωτιστικό", "en": "Lamp"},
    about={"el": "Φωτιστικό", "en": "Lamp"},
    columns=(
        column("code", required=True, unique=True, max_length=20),
        column("street", max_length=40),
        column("power_w", "number", minimum=1, maximum=2000),
        column("lamps", "integer"),
        column("status", choices=(Choice("ok", {"el": "ναι"}), Choice("broken", {"el": "όχι"}))),
        column("lit", "boolean"),
        column("installed_on", "date", maximum="today"),
        column("seen_at", "timestamp"),
        column("lon", "number"),
        column("lat", "number"),
        column("shape", "geometry"),
    ),
    key="code",
    geometry="point",
)
FEEDS = {"lamp": LAMP}


def source_yaml(**changes: Any) -> dict[str, Any]:
    """A sound source of lamps; a change of ``None`` takes a key away."""
    content: dict[str, Any] = {
        "name": "lamps",
        "feed": "lamp",
        "about": {
            "title": {"el": "Φώτα", "en": "Lamps"},
            "license": "CC0",
            "publisher": "city",
            "contact": {"url": "https://example.org"},
            "theme": "ENER",
            "frequency": "DAILY",
        },
        "reader": {"type": "delimited", "path": "lamps.csv"},
        "fields": {"code": {"from": "code", "as": "text"}},
        "expect": {"rows": {"min": 1, "max": 10_000_000}, "rejected": 1},
        "examples": [{"given": {"code": "A"}, "becomes": {"code": "A"}}],
    }
    content |= changes
    return {key: value for key, value in content.items() if value is not None}


def source(**changes: Any) -> Source:
    return load_source(yaml.safe_dump(source_yaml(**changes), allow_unicode=True), FEEDS)


@dataclass
class Answer:
    """An opener that always gives the same bytes, and counts how often it was asked."""

    path: Path
    etag: str | None = None
    not_modified: bool = False
    asked: tuple[Any, ...] = ()

    def open(self, address: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        self.asked = (*self.asked, (address, etag, last_modified))
        if self.not_modified:
            return Fetched(address, NOW, etag=self.etag, not_modified=True)
        content = self.path.read_bytes()
        return Fetched(
            address, NOW, self.path, len(content), hashlib.sha256(content).hexdigest(), etag=self.etag
        )

    def open_path(self, name: str) -> Fetched:
        return self.open(name)


def walk(
    folder: Path, content: bytes | str, wanted: Source | None = None, **options: Any
) -> tuple[pipeline.Report, ListSink]:
    """Harvest these bytes; ``options`` go to ``pipeline.run``."""
    path = folder / "answer"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    sink = options.pop("sink", None) or ListSink()
    answer = options.pop("opener", None) or Answer(path)
    return pipeline.run(wanted or source(), opener=answer, sink=sink, now=NOW, **options), sink


def fields(**lines: dict[str, Any]) -> dict[str, Any]:
    """``fields`` of a source, with the key always there."""
    return {"code": {"from": "code", "as": "text"}, **lines}
