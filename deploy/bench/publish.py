"""Measure publication against a bare `psql \\copy` of the same file: `python -m deploy.bench.publish`.

Two words may follow: rows (1,000,000) and rounds (3). Each publication stands beside a bare copy of the same
minute, so that a ratio is of one state of the machine; the medians are printed. Needs the tests' services.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from . import data

ROOT = Path(__file__).parents[2]
CITY = """
name: bench
title: {el: Μέτρηση, en: Benchmark}
publishers:
  dimos-deigma: {title: {el: Δείγμα, en: Sample}}
"""
MAKE = """
import pathlib, sys
from deploy.bench import data
folder, rows = pathlib.Path(sys.argv[1]), int(sys.argv[2])
data.write_csv(folder / "first.csv", rows)
data.write_csv(folder / "changed.csv", rows, changed=True)
data.write_geojson(folder / "first.geojson", rows)
"""
TYPES = "text, text, text, float8, float8, int8, float8, text, date, timestamp, text"
GOALS = {"first": 3.5, "one percent": 2.8, "first, GeoJSON": 4.5}
MEMORY = 500

Measures = dict[str, list[dict[str, Any]]]


class Bench:
    """A city of one source in a folder of its own, and the services that the tests use."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder, self.rows = folder, rows
        self.environment = {**os.environ, **services(), "CKAN_STORAGE_PATH": str(folder / "storage")}
        for name in ("city", "incoming", "storage", "made"):
            (folder / name).mkdir()
        (folder / "city" / "city.yaml").write_text(CITY, encoding="utf-8")
        self.make_inputs()
        self.write_settings()

    def make_inputs(self) -> None:
        """The files, made by a process of their own, whose memory is not measured."""
        made = [sys.executable, "-c", MAKE, str(self.folder / "made"), str(self.rows)]
        subprocess.run(made, cwd=ROOT, check=True)

    def write_settings(self) -> None:
        """The tests' settings, with our city and our folders."""
        settings = {
            "ckanext.patrasparticipation.city": str(self.folder / "city"),
            "ckanext.patrasparticipation.files_folder": str(self.folder / "incoming"),
            "ckan.storage_path": str(self.folder / "storage"),
            "ckan.max_resource_size": "500",
        }
        lines = (ROOT / "test.ini").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.partition("=")[0].strip() not in settings]
        start = kept.index("[app:main]") + 1
        kept[start:start] = [f"{name} = {value}" for name, value in settings.items()]
        (self.folder / "bench.ini").write_text("\n".join(kept), encoding="utf-8")

    def give(self, kind: str, file: str, search: bool = False) -> None:
        """Let the source read that file; ``search`` makes its texts searchable."""
        text = data.source(kind)
        if search:
            text = text.replace("  max_length: 200\n", "  max_length: 200\n  search: true\n")
            text = text.replace("  max_length: 120\n", "  max_length: 120\n  search: true\n")
        (self.folder / "city" / "bench-lights.yaml").write_text(text, encoding="utf-8")
        shutil.copyfile(self.folder / "made" / file, self.folder / "incoming" / f"bench.{kind}")

    def run(self, task: str = "harvest") -> dict[str, Any]:
        """A run in a process of its own."""
        return self.apart("run", task)

    def apart(self, module: str, *words: str) -> dict[str, Any]:
        """What a module of this folder measured with our settings, in a process of its own."""
        command = [sys.executable, "-m", f"deploy.bench.{module}", str(self.folder / "bench.ini"), *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        for line in done.stdout.splitlines():
            if line.startswith("RESULT "):
                answer: dict[str, Any] = json.loads(line.removeprefix("RESULT "))
                return answer
        raise RuntimeError(done.stderr[-3000:] or done.stdout[-3000:])

    def bare(self) -> float:
        """Seconds of `psql \\copy` of the same CSV into a plain table of the same types."""
        address = self.environment["CKAN_DATASTORE_WRITE_URL"]
        names = ", ".join(f"c{n} {kind}" for n, kind in enumerate(TYPES.split(", ")))
        psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", address, "-c"]
        settings = {**self.environment, "PGOPTIONS": "-c datestyle=ISO,DMY -c client_min_messages=warning"}
        table = f"DROP TABLE IF EXISTS _bench; CREATE TABLE _bench ({names})"
        subprocess.run([*psql, table], env=settings, check=True)
        started = time.perf_counter()
        file = self.folder / "made" / "first.csv"
        subprocess.run([*psql, f"\\copy _bench from '{file}' csv header"], env=settings, check=True)
        seconds = time.perf_counter() - started
        subprocess.run([*psql, "DROP TABLE _bench"], env=settings, check=True)
        return seconds


def services() -> dict[str, str]:
    """Addresses and passwords of the tests' services."""
    path = Path(os.environ.get("PATRAS_VAR") or ROOT / "var") / "test" / "env"
    pairs = (line.removeprefix("export ").partition("=") for line in path.read_text().splitlines())
    return {name: shlex.split(value)[0] for name, _, value in pairs}


def one_round(bench: Bench, measures: Measures) -> None:
    """First, one percent, unchanged; then GeoJSON and full text from nothing, each beside a bare copy."""
    plan = (
        ("first", "csv", "first.csv", True, False),
        ("one percent", "csv", "changed.csv", False, False),
        ("unchanged", "csv", "changed.csv", False, False),
        ("first, GeoJSON", "geojson", "first.geojson", True, False),
        ("first, two columns searchable", "csv", "first.csv", True, True),
    )
    for name, kind, file, anew, search in plan:
        if anew:
            bench.run("forget")
        bench.give(kind, file, search)
        bare = bench.bare()
        done = bench.run()
        walk = sum(done["steps"].values())
        measures[name].append({**done, "bare": bare, "walk": walk, "ratio": walk / bare})
        rest = done["total"] - walk
        print(
            f"  {name}: {done['outcome']}, bare {bare:.2f} s, run {walk:.2f} s (ratio {walk / bare:.2f}),"
            f" files and record {rest:.2f} s, {done['memory']:.0f} MB",
            flush=True,
        )


def told(measures: Measures) -> None:
    """The medians, with what was wanted."""
    print(f"{'':32}{'ratio':>8}{'wanted':>8}{'run s':>8}{'bare s':>8}{'files s':>9}{'MB':>6}")
    for name, rounds in measures.items():
        goal = GOALS.get(name)
        middle = {
            key: statistics.median(one[key] for one in rounds) for key in ("ratio", "walk", "bare", "memory")
        }
        files = statistics.median(one["total"] - one["walk"] for one in rounds)
        print(
            f"{name:32}{middle['ratio']:8.2f}{f'<= {goal}' if goal else '':>8}{middle['walk']:8.2f}"
            f"{middle['bare']:8.2f}{files:9.2f}{middle['memory']:6.0f}"
        )
    print(f"memory wanted: under {MEMORY} MB; files = files of the version, the record and its index")


def main(rows: str = str(data.ROWS), rounds: str = "3") -> None:
    """Measure and print."""
    measures: Measures = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.chmod(folder, 0o755)
        print(f"making {int(rows):,} rows of 11 columns", flush=True)
        bench = Bench(Path(folder), int(rows))
        for number in range(int(rounds)):
            print(f"round {number + 1}", flush=True)
            one_round(bench, measures)
        bench.run("forget")
    told(measures)


if __name__ == "__main__":
    main(*sys.argv[1:])
