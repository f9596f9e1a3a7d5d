"""Make the input of the benchmark: lamps in a CSV file or in GeoJSON lines, the same bytes on every run."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

ROWS = 1_000_000
STEP = 50_000
STATUS = ("ok", "ok", "ok", "ok", "planned", "removed", "unknown")

SOURCE = """
name: bench-lights
feed: table
key: asset_id
columns:
- name: asset_id
  type: text
  label: {el: Κωδικός, en: Identifier}
  about: {el: Κωδικός., en: Identifier.}
  required: true
  unique: true
  max_length: 64
  index: true
- name: name
  type: text
  label: {el: Όνομα, en: Name}
  about: {el: Όνομα., en: Name.}
  max_length: 200
- name: street
  type: text
  label: {el: Οδός, en: Street}
  about: {el: Οδός., en: Street.}
  max_length: 120
- name: lon
  type: number
  label: {el: Μήκος, en: Longitude}
  about: {el: Μήκος., en: Longitude.}
  unit: deg
- name: lat
  type: number
  label: {el: Πλάτος, en: Latitude}
  about: {el: Πλάτος., en: Latitude.}
  unit: deg
- name: power_w
  type: integer
  label: {el: Ισχύς, en: Power}
  about: {el: Ισχύς., en: Power.}
  unit: W
  minimum: 1
  maximum: 2000
- name: mount_height_m
  type: number
  label: {el: Ύψος, en: Height}
  about: {el: Ύψος., en: Height.}
  unit: m
  minimum: 0.1
  maximum: 60
- name: status
  type: text
  label: {el: Κατάσταση, en: Status}
  about: {el: Κατάσταση., en: Status.}
  required: true
  index: true
  choices:
    ok: {el: Λειτουργεί, en: Working}
    planned: {el: Προβλέπεται, en: Planned}
    removed: {el: Αφαιρέθηκε, en: Removed}
    unknown: {el: Άγνωστη, en: Unknown}
- name: installed_on
  type: date
  label: {el: Τοποθέτηση, en: Installed}
  about: {el: Τοποθέτηση., en: Installed.}
- name: updated_at
  type: timestamp
  label: {el: Ενημέρωση, en: Updated}
  about: {el: Ενημέρωση., en: Updated.}
- name: note
  type: text
  label: {el: Σημείωση, en: Note}
  about: {el: Σημείωση., en: Note.}
about:
  title: {el: Μέτρηση, en: Benchmark}
  license: CC0
  publisher: dimos-deigma
  contact: {url: 'https://example.org'}
  theme: ENER
  frequency: DAILY
reader: {type: READER, path: FILE}
fields:
  asset_id: {from: id, as: text}
  name: {from: name, as: text}
  street: {from: street, as: text}
  position: {from: POSITION, as: point}
  power_w: {from: power, as: integer}
  mount_height_m: {from: height, as: number}
  status: {from: status, as: choice}
  installed_on: {from: installed, as: date}
  updated_at: {from: updated, as: timestamp}
  note: {from: note, as: text}
expect:
  rows: {min: 1, max: 10000000}
  rejected: 0
  growth: 1000000
  drop: 1
examples:
- given: {id: L1, status: ok, power: '70', installed: 05/03/2014}
  becomes: {asset_id: L1, status: ok, power_w: 70, installed_on: '2014-03-05'}
"""
"""A ``table`` of eleven columns, two of them indexed and none searchable."""


def source(kind: str) -> str:
    """The YAML that reads the input: ``csv`` or ``geojson``."""
    reader = {"csv": "delimited", "geojson": "geojson"}[kind]
    position = {"csv": "[lon, lat]", "geojson": "geometry"}[kind]
    return SOURCE.replace("READER", reader).replace("FILE", f"bench.{kind}").replace("POSITION", position)


def lamps(first: int, count: int, changed: bool = False) -> pl.DataFrame:
    """Rows ``first`` to ``first + count - 1``; ``changed`` gives every hundredth another power."""
    number = pl.int_range(first, first + count, eager=True).alias("n").to_frame()
    n = pl.col("n")
    power = 20 + (n * 7) % 380
    day = pl.date(2000 + n % 25, 1 + n % 12, 1 + n % 28)
    return number.select(
        id="L" + n.cast(pl.String).str.zfill(7),
        name="Φωτιστικό " + (n % 5000).cast(pl.String),
        street="Οδός Αγίου Ανδρέα " + (n % 300).cast(pl.String),
        lon=(21.6 + (n * 7919 % 300_000) / 1e6).round(6),
        lat=(38.1 + (n * 104_729 % 250_000) / 1e6).round(6),
        power=pl.when(pl.lit(changed) & (n % 100 == 0)).then(power + 1).otherwise(power),
        height=(3 + (n % 90) / 10).round(1),
        status=(n % len(STATUS)).replace_strict(dict(enumerate(STATUS)), return_dtype=pl.String),
        installed=day.dt.strftime("%d/%m/%Y"),
        updated="2026-01-" + (1 + n % 28).cast(pl.String).str.zfill(2) + "T10:00:00Z",
        note=pl.when(n % 4 == 0).then(pl.lit("σημείωση")),
    )


def write_csv(path: Path, rows: int = ROWS, changed: bool = False) -> None:
    """The input as comma-separated UTF-8 with a header."""
    with path.open("wb") as out:
        for first in range(0, rows, STEP):
            lamps(first, min(STEP, rows - first), changed).write_csv(out, include_header=first == 0)


def write_geojson(path: Path, rows: int = ROWS, changed: bool = False) -> None:
    """The input as a feature collection with one feature on each line, as GDAL writes it."""
    with path.open("w", encoding="utf-8") as out:
        out.write('{\n"type": "FeatureCollection",\n"name": "bench",\n"features": [\n')
        for first in range(0, rows, STEP):
            part = lamps(first, min(STEP, rows - first), changed)
            lines = part.select(_feature(part.columns)).to_series().to_list()
            out.write(",\n".join(lines) + (",\n" if first + STEP < rows else "\n"))
        out.write("]\n}\n")


def _feature(names: list[str]) -> pl.Expr:
    properties = pl.struct([name for name in names if name not in ("lon", "lat")]).struct.json_encode()
    lon, lat = (pl.col(name).cast(pl.String) for name in ("lon", "lat"))
    point = '{"type":"Point","coordinates":[' + lon + "," + lat + "]}"
    return '{"type":"Feature","properties":' + properties + ',"geometry":' + point + "}"


if __name__ == "__main__":
    write = {"csv": write_csv, "geojson": write_geojson}[sys.argv[1]]
    write(Path(sys.argv[2]), int(sys.argv[3]))
