"""Measure search at 100,000 records beside stock CKAN's: `python -m deploy.bench.search`.

Two words may follow: records (100,000) and searches (600). The records are made, the same on every run, and
indexed by CKAN into two cores of the tests' Solr, one with our configset and our plugin, one with neither;
they are removed at the end. One reader asks at a time, over loopback. Needs the tests' services.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .publish import ROOT, services
from .search_cores import CORES, Solr

RECORDS, SEARCHES = 100_000, 600
OURS = ("patrasparticipation", "scheming_datasets", "scheming_organizations")
"""The plugins that stock CKAN goes without; the others are the same in both."""
TABLE = (
    ("Solr: search with five facets", "solr search", 20),
    ("Solr: looser requests after nothing was found", "solr fallback", 100),
    ("Solr:   each of them", "solr looser", None),
    ("Solr: suggestions", "solr suggestions", 10),
    ("Solr: the whole list with five facets", "solr list", None),
    ("package_search", "whole search", None),
    ("package_search that finds nothing exactly", "whole fallback", None),
    ("suggestions", "whole suggestions", None),
)
Times = dict[str, Any]


class Bench:
    """The two catalogues: settings in a folder of their own, cores in the tests' Solr."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, **services(), "CKAN_STORAGE_PATH": str(folder)}
        home = Path(self.environment["PATRAS_INI"]).parent / "solr"
        self.words = {"solr": [self.environment["CKAN_SOLR_URL"], str(home)]}
        self.solr = Solr(self.words["solr"][0], home)
        settings = (ROOT / "test.ini").read_text(encoding="utf-8")
        (folder / "ours.ini").write_text(settings, encoding="utf-8")
        lines = [_without(OURS, line) for line in settings.splitlines()]
        (folder / "stock.ini").write_text("\n".join(lines), encoding="utf-8")

    def run(self, name: str, task: str, **words: Any) -> Any:
        """A task in a process of its own; its progress is printed.

        Raises:
            RuntimeError: it ended without an answer; its last words are in the message.
        """
        ini, log = self.folder / f"{name}.ini", self.folder / f"{name}-{task}.log"
        command = [sys.executable, "-m", "deploy.bench.search_site", str(ini), task, json.dumps(words)]
        environment = {**self.environment, "CKAN_SOLR_URL": self.solr.core(name)}
        with log.open("w", encoding="utf-8") as out:
            running = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=out, text=True
            )
            for line in running.stdout or ():
                if line.startswith("RESULT "):
                    running.wait()
                    return json.loads(line.removeprefix("RESULT "))
                print(line, end="", flush=True)
            running.wait()
        raise RuntimeError(f"{name} {task}: {running.returncode}\n{log.read_text(encoding='utf-8')[-3000:]}")

    def load(self, records: int) -> dict[str, dict[str, float]]:
        """Fill both cores at the same time: seconds and megabytes by core."""
        self.solr.create()
        self.run("ours", "prepare", folder=str(self.folder))

        def fill(name: str) -> Any:
            return self.run(name, "load", core=name, records=records, folder=str(self.folder), **self.words)

        with ThreadPoolExecutor(len(CORES)) as both:
            return dict(zip(CORES, both.map(fill, CORES), strict=True))

    def measure(self, searches: int) -> dict[str, Times]:
        """Ask one after the other, so that neither is in the other's way."""
        return {name: self.run(name, "measure", core=name, searches=searches, **self.words) for name in CORES}

    def remove(self) -> None:
        """Leave the tests' services as they were."""
        self.solr.remove()
        self.run("ours", "forget")


def _without(plugins: tuple[str, ...], line: str) -> str:
    """A line of the settings; from that of the plugins some are left out."""
    if not line.startswith("ckan.plugins"):
        return line
    return " ".join(word for word in line.split() if word not in plugins)


def table(measured: dict[str, Times]) -> None:
    """Milliseconds beside what was wanted."""
    print(f"\n{'milliseconds':52}{'n':>6}{'p50':>8}{'p95':>8}{'max':>8}{'wanted':>10}")
    for label, key, goal in TABLE:
        for name in CORES:
            if times := measured[name].get(key):
                middle, high = cuts(times)
                wanted = f"<= {goal}" if goal and name == "ours" else ""
                figures = "".join(f"{time:8.1f}" for time in (middle, high, max(times)))
                print(f"{label + ', ' + name:52}{len(times):6}{figures}{wanted:>10}")


def by_class(measured: dict[str, Times]) -> None:
    """How many of each kind of search found something, and what the whole search cost."""
    print(
        f"\n{'package_search of':20}"
        + "".join(f"{name + ': found':>16}{'p50':>7}{'p95':>7}" for name in CORES)
    )
    at = 0
    for kind, count in measured["ours"]["classes"].items():
        told = f"{kind:20}"
        for name in CORES:
            found = sum(map(bool, measured[name]["found"][at : at + count]))
            middle, high = cuts(measured[name]["whole search"][at : at + count])
            told += f"{f'{found} of {count}':>16}{middle:7.1f}{high:7.1f}"
        print(told)
        at += count
    print(f"found nothing exactly, ours: {sum(measured['ours']['fell'])} of {at}")


def cuts(times: list[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 stay under."""
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def main(records: str = str(RECORDS), searches: str = str(SEARCHES)) -> None:
    """Load, measure, print, remove."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(Path(folder))
        try:
            print(
                f"indexing {int(records):,} made records twice, ours and stock at the same time", flush=True
            )
            loaded = bench.load(int(records))
            measured = bench.measure(int(searches))
        finally:
            bench.remove()
    for name, told in loaded.items():
        print(f"{name}: index {told['megabytes']:.0f} MB, loaded in {told['seconds']:.0f} s")
    table(measured)
    by_class(measured)
    print(
        "\nNo search was asked twice of a core between two reloads: no cache of results answered."
        f"\nall of it: {(time.monotonic() - started) / 60:.1f} min"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
