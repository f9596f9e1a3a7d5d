"""Measure questions to a published table of 1,000,000 rows: `python -m deploy.bench.reading`.

One word may follow: rows (1,000,000). The table is published as a feed, then asked through the actions, one
reader at a time, as somebody without an account. Cold: no answer is kept, the database has the pages in its
memory. Warm: the same questions again. Needs the tests' services; what it made is removed at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import data
from .publish import ROOT, Bench
from .search import cuts

GOAL = 50
"""Milliseconds that 95 of 100 answers on indexed columns stay under."""


class Reading(Bench):
    """The published table; only the CSV is made."""

    def make_inputs(self) -> None:
        """The file, by a process of its own."""
        path = self.folder / "made" / "first.csv"
        made = [sys.executable, "-m", "deploy.bench.data", "csv", str(path), str(self.rows)]
        subprocess.run(made, cwd=ROOT, check=True)

    def ask(self) -> dict[str, Any]:
        """What `reading_ask.py` measured, in a process of its own."""
        return self.apart("reading_ask")


def table(measured: dict[str, Any]) -> None:
    """Milliseconds, and what was wanted where only indexed columns are asked."""
    print(f"\n{'milliseconds':60}{'n':>6}{'p50':>9}{'p95':>9}{'max':>9}{'wanted':>9}")
    for name, found in measured.items():
        middle, high = cuts(found["times"])
        wanted = f"<= {GOAL}" if found["indexed"] else ""
        figures = "".join(f"{time:9.1f}" for time in (middle, high, max(found["times"])))
        print(f"{name:60}{len(found['times']):6}{figures}{wanted:>9}")


def main(rows: str = str(data.ROWS)) -> None:
    """Publish, ask, print, remove."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.chmod(folder, 0o755)
        bench = Reading(Path(folder), int(rows))
        bench.run("forget")
        bench.give("csv", "first.csv", search=True)
        print(f"publishing {int(rows):,} rows of 11 columns", flush=True)
        done = bench.run()
        print(f"{done['outcome']} in {done['total']:.0f} s", flush=True)
        try:
            table(bench.ask())
        finally:
            bench.run("forget")


if __name__ == "__main__":
    main(*sys.argv[1:])
