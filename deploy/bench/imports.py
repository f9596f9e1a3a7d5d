"""Measure the import of a spreadsheet beside a plain `package_create` loop: `python -m deploy.bench.imports`.

Three words may follow: groups (10,000), records of the plain loop (1,000) and records compared (200). The
groups are made, the same on every run, with one broken row. Half of the plain loop runs before the import and
half after it, so that the rate is of one state of the machine. Then the same file is imported again, and
records chosen at random are purged and made again by `package_create`: what is stored and indexed must be the
same. Needs the tests' services, and leaves their databases as it found them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .publish import ROOT, services

GOAL = 2.5
"""Times the rate of the plain loop."""


def run(folder: Path, *words: str) -> dict[str, Any]:
    """The measurement in a process of its own; its progress is printed.

    Raises:
        RuntimeError: it ended without an answer; its last words are in the message.
    """
    command = [sys.executable, "-m", "deploy.bench.imports_run", str(folder), *words]
    environment = {**os.environ, **services(), "CKAN_STORAGE_PATH": str(folder)}
    log = folder / "log"
    with log.open("w", encoding="utf-8") as out:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=out, text=True
        )
        for line in running.stdout or ():
            if line.startswith("RESULT "):
                running.wait()
                answer: dict[str, Any] = json.loads(line.removeprefix("RESULT "))
                return answer
            print(line, end="", flush=True)
        running.wait()
    raise RuntimeError(f"{running.returncode}\n{log.read_text(encoding='utf-8')[-3000:]}")


def tell(found: dict[str, Any]) -> bool:
    """Print what was measured; gives whether all of it is as wanted."""
    plain, ours = found["plain"]["rate"], found["import"]["rate"]
    ratio = ours / plain
    print(f"\n{'plain package_create':34}{found['plain']['records']:8,}{plain:10.1f} records/s")
    print(f"{'import':34}{found['import']['records']:8,}{ours:10.1f} records/s")
    print(f"{'ratio':34}{ratio:18.2f}  wanted >= {GOAL}")
    print(f"import: {found['import']['counts']}; the broken row: {found['broken']}")
    print(
        f"again: {found['again']['counts']}, {found['again']['seconds']:.1f} s,"
        f" {found['again']['writes']} writes of records, {found['again']['activities']} activities"
    )
    same, compared = found["same"], found["compared"]
    print(f"same as plain package_create: {same} of {compared} stored, indexed, shown and told")
    for each in found["different"]:
        print(f"  {each}")
    good = not found["again"]["writes"] and not found["again"]["activities"] and same == compared
    return good and ratio >= GOAL and len(found["broken"]) == 1


def main(groups: str = "10000", plain: str = "1000", compared: str = "200") -> None:
    """Measure and print; ends with 1 when something is not as wanted."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        good = tell(run(Path(folder), groups, plain, compared))
    print(f"all of it: {(time.monotonic() - started) / 60:.1f} min")
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
