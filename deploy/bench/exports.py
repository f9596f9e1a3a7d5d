"""Measure exports against `psql -c "COPY … TO STDOUT"` of the same rows: `python -m deploy.bench.exports`.

Two words may follow: rows (1,000,000) and rounds (3). The CSV of about half of the rows goes through the
application, each time beside a bare COPY of the same statement; then every format, of a quarter and of all
rows, for its seconds and its memory. Needs the tests' services.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import data
from .publish import Bench

HALF: dict[str, Any] = {"status": "ok"}
"""Four of seven rows."""
FORMS = ("csv", "ndjson", "geojson", "parquet", "xlsx")
GOAL = 0.5


def export(bench: Bench, form: str, filters: dict[str, Any]) -> dict[str, Any]:
    """One export in a process of its own."""
    return bench.apart("exports_run", form, json.dumps(filters), str(bench.folder / "out"))


def bare(bench: Bench, statement: str) -> float:
    """Seconds of `psql` for the same rows, into a file."""
    copy = f"COPY ({statement}) TO STDOUT (FORMAT csv, HEADER)"
    command = [
        "psql",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        bench.environment["CKAN_DATASTORE_READ_URL"],
        "-c",
        copy,
    ]
    started = time.perf_counter()
    with (bench.folder / "bare").open("wb") as out:
        subprocess.run(command, stdout=out, check=True)
    return time.perf_counter() - started


def paired(bench: Bench, rounds: int) -> None:
    """The CSV of half of the rows, each beside a bare COPY."""
    statement = str(export(bench, "sql", HALF)["sql"])
    ratios = []
    for number in range(rounds):
        seconds = bare(bench, statement)
        done = export(bench, "csv", HALF)
        same = (bench.folder / "bare").read_bytes() == (bench.folder / "out").read_bytes()
        ratios.append(seconds / done["seconds"])
        print(
            f"round {number + 1}: bare {seconds:.2f} s, export {done['seconds']:.2f} s ({done['status']},"
            f" {done['bytes'] / 1e6:.0f} MB, same bytes: {same}), speed {ratios[-1]:.0%}",
            flush=True,
        )
    print(f"median {statistics.median(ratios):.0%} of the speed of COPY, wanted at least {GOAL:.0%}")


def formats(bench: Bench, rows: int) -> None:
    """Every format, of a quarter and of all rows."""
    print(f"{'':10}{'rows':>10}{'first s':>9}{'all s':>8}{'MB':>7}{'memory MB':>11}{'more':>6}")
    for form in FORMS:
        for count in (rows // 4, rows):
            done = export(bench, form, {"asset_id": {"lt": f"L{count:07d}"}})
            grown = done["memory"] - done["before"]
            print(
                f"{form:10}{count:10,}{done['first']:9.2f}{done['seconds']:8.2f}{done['bytes'] / 1e6:7.0f}"
                f"{done['memory']:11.0f}{grown:6.0f}  {done['status']}",
                flush=True,
            )


def main(rows: str = str(data.ROWS), rounds: str = "3") -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.chmod(folder, 0o755)
        bench = Bench(Path(folder), int(rows))
        bench.run("forget")
        bench.give("csv", "first.csv")
        print(f"published {int(rows):,} rows: {bench.run()['outcome']}", flush=True)
        paired(bench, int(rounds))
        formats(bench, int(rows))
        bench.run("forget")


if __name__ == "__main__":
    main(*sys.argv[1:])
