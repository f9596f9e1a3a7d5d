"""Time reading and mapping alone, without a database: `python -m deploy.bench.engine csv` or `geojson`."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.fetched import Fetched
from ckanext.patrasparticipation.harvesters.sink import Batch, Origin, Published, Totals
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import feeds, table_feed

from . import data


class Nowhere:
    """A sink that counts and keeps nothing."""

    def stage(self, batch: Batch) -> None:
        """Forget the batch."""

    def publish(self, totals: Totals, origin: Origin) -> Published:
        """Say that all is new."""
        return Published(1, totals.loaded, 0, 0, 0)

    def discard(self) -> None:
        """There is nothing."""


@dataclass(frozen=True)
class OneFile:
    """An opener that knows one local file."""

    path: Path

    def open(self, address: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The file."""
        sha256 = hashlib.sha256(b"").hexdigest()
        return Fetched(str(self.path), datetime.now(timezone.utc), self.path, sha256=sha256)

    def open_path(self, name: str) -> Fetched:
        """The file."""
        return self.open(name)


def main(kind: str = "csv", rows: str = str(data.ROWS)) -> None:
    """Make the input, walk it, and print seconds, rows a second and the largest memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bench.{kind}"
        made = [sys.executable, "-m", "deploy.bench.data", kind, str(path), rows]
        subprocess.run(made, check=True)
        before = _megabytes()
        source = load_source(data.source(kind), feeds(), table=table_feed)
        started, busy = time.perf_counter(), time.process_time()
        report = pipeline.run(source, opener=OneFile(path), sink=Nowhere(), now=datetime.now(timezone.utc))
        seconds, cpu = time.perf_counter() - started, time.process_time() - busy
        print(f"{kind}: {report.outcome}, {report.totals}, {path.stat().st_size / 1e6:.0f} MB")
        print(f"{seconds:.2f} s, {cpu:.2f} s of processor, {int(rows) / seconds:,.0f} rows/s")
        print(f"largest memory {_megabytes():.0f} MB ({before:.0f} MB before the walk)")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
