"""Measure a spreadsheet from its upload to its table against `psql \\copy`: `python -m deploy.bench.upload`.

Two words may follow: rows (1,000,000) and rounds (3). A program sends the file over HTTP and publishes it; a
bare copy of the same file stands beside it, in the same minute. Needs the tests' services.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import data
from .publish import Bench

GOAL = 6.0
PARTS = ("upload", "publish", "files")


def one_round(bench: Bench) -> dict[str, Any]:
    """An upload into a new dataset, beside a bare copy."""
    bench.run("forget_upload")
    bare = bench.bare()
    done = bench.run("upload")
    seconds = done["upload"] + done["publish"]
    answer = {**done, "bare": bare, "ratio": seconds / bare}
    print(
        f"  {done['outcome']}, {done['rows']:,} rows: bare {bare:.2f} s, upload {done['upload']:.2f} s,"
        f" to the published table {done['publish']:.2f} s (ratio {answer['ratio']:.2f}),"
        f" files and record {done['files']:.2f} s, {done['memory']:.0f} MB"
        f" ({done['memory_before']:.0f} before)",
        flush=True,
    )
    return answer


def main(rows: str = str(data.ROWS), rounds: str = "3") -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.chmod(folder, 0o755)
        print(f"making {int(rows):,} rows of 11 columns", flush=True)
        bench = Bench(Path(folder), int(rows))
        measured = [one_round(bench) for _round in range(int(rounds))]
        bench.run("forget_upload")
    middle = {name: statistics.median(one[name] for one in measured) for name in ("ratio", "memory", *PARTS)}
    print(
        f"median: ratio {middle['ratio']:.2f} (wanted <= {GOAL}),"
        f" upload {middle['upload']:.2f} s, publish {middle['publish']:.2f} s,"
        f" files and record {middle['files']:.2f} s, {middle['memory']:.0f} MB"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
