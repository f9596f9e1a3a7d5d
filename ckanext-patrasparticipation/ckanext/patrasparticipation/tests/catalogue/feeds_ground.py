"""What the tests of feeds stand on: a city of one source, its file, and what can be seen of it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.feeds import catalogue, database, files, states
from ckanext.patrasparticipation.feeds.harvest import Wish, harvest
from ckanext.patrasparticipation.harvesters.report import Report

NAME = "test-lights"

CITY = """
name: testing
title: {el: Δοκιμή, en: Testing}
areas: {municipal_unit: units.geojson}
publishers:
  dimos-dokimis:
    title: {el: Δήμος Δοκιμής, en: Municipality of Testing}
"""

UNITS = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "370101", "name": "Δοκιμή"}, "geometry": {"type": "Polygon",
"coordinates": [[[21.6, 38.1], [22.9, 38.1], [22.9, 39.4], [21.6, 39.4], [21.6, 38.1]]]}}]}
"""

SOURCE = """
name: test-lights
feed: street_light
about:
  title: {el: Φωτιστικά δοκιμής, en: Test lights}
  notes: {el: Τα φωτιστικά της δοκιμής., en: The lights of the test.}
  license: CC_BY_4_0
  publisher: dimos-dokimis
  contact: {name: Τμήμα Ηλεκτροφωτισμού, email: lights@example.gr}
  theme: TRAN
  frequency: DAILY
  tags: [φωτισμός, δρόμοι, δίκτυα]
reader: {type: delimited, path: lights.csv, separator: ',', encoding: utf-8, header_row: 1}
fields:
  asset_id: {from: id, as: text}
  street: {from: street, as: text}
  position: {from: [lon, lat], as: point}
  lamp_technology: {from: lamp, as: choice}
  power_w: {from: watts, as: number}
  status: {as: constant, value: ok}
expect:
  rows: {min: 1, max: 100000}
  rejected: 0.5
examples:
- given: {id: L1, street: Ερμού, lon: '21.73', lat: '38.24', lamp: led, watts: '70'}
  becomes: {asset_id: L1, street: Ερμού, lon: 21.73, lat: 38.24, lamp_technology: led, power_w: 70.0}
"""

HEADER = "id,street,lon,lat,lamp,watts"
STREETS = ("Ερμού", "Αγίου Ανδρέου", "Κορίνθου", "Μαιζώνος", "Όθωνος-Αμαλίας")


def row(number: int, watts: int = 70) -> str:
    """One good line of the file."""
    street, lon, lat = STREETS[number % 5], 21.70 + number * 1e-4, 38.20 + number * 1e-4
    return f"L{number:05d},{street},{lon:.4f},{lat:.4f},led,{watts}"


@dataclass
class Ground:
    """A folder with a city of one source, and the file that the source reads."""

    folder: Path
    file: Path
    settings: dict[str, str]

    def write(self, lines: list[str]) -> None:
        """Give the source these lines under its header."""
        self.file.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")

    def rows(self, count: int, watts: int = 70) -> None:
        """Give the source this many good rows."""
        self.write([row(number, watts) for number in range(count)])

    def define(self, text: str) -> None:
        """Put another definition in the source's place."""
        (self.folder / "test-lights.yaml").write_text(text, encoding="utf-8")

    @property
    def entry(self) -> catalogue.Entry:
        """The source as the catalogue has it now."""
        return catalogue.entry(NAME)

    def harvest(self, **wish: Any) -> Report:
        """Run the source once in this process."""
        model.Session.remove()
        return harvest(self.entry, Wish(**wish))

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``ckan participation …`` in a process of its own."""
        return subprocess.run(
            [ckan(), "-c", str(self.folder / "site.ini"), "participation", *words],
            env={**os.environ, "CKAN_STORAGE_PATH": self.settings["ckan.storage_path"]},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @property
    def state(self) -> Any:
        """What is remembered of the source, read afresh."""
        model.Session.remove()
        return states.known(NAME)


def ckan() -> str:
    """CKAN's command beside this Python."""
    return str(Path(sys.executable).with_name("ckan"))


def site_ini(folder: Path, settings: dict[str, str]) -> None:
    """Settings for another process: those of the tests, and these."""
    base = Path(str(tk.config["__file__"])).resolve().read_text(encoding="utf-8").splitlines()
    kept = [line for line in base if line.partition("=")[0].strip() not in settings]
    start = kept.index("[app:main]") + 1
    kept[start:start] = [f"{name} = {value}" for name, value in settings.items()]
    (folder / "site.ini").write_text("\n".join(kept), encoding="utf-8")


def table(resource_id: str) -> list[tuple[Any, ...]]:
    """The rows of a table as readers see them, by key; without CKAN's hidden columns."""
    with database.connect(database.READ) as connection:
        rows = connection.execute(
            psycopg.sql.SQL(
                "SELECT asset_id, street, lon, lat, lamp_technology, power_w FROM {} ORDER BY 1"
            ).format(psycopg.sql.Identifier(resource_id))
        )
        return rows.fetchall()


def ids(resource_id: str) -> dict[str, int]:
    """The ``_id`` of each row by its key."""
    with database.connect(database.READ) as connection:
        rows = connection.execute(
            psycopg.sql.SQL("SELECT asset_id, _id FROM {}").format(psycopg.sql.Identifier(resource_id))
        )
        return dict(rows.fetchall())


def leftovers() -> list[str]:
    """Tables of staging that nobody took away."""
    with database.connect(database.WRITE) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE starts_with(tablename, '_stg_')")
        return [name for (name,) in rows]


def digests(generation: int) -> dict[str, str]:
    """The SHA-256 of each file of a generation."""
    folder = files.folder(NAME, generation)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
