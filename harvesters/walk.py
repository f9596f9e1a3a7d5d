"""One run under way: the answer, what is read of it, and what becomes of that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import checks, faults
from .areas import Areas
from .definitions import Source
from .errors import DefinitionError, HarvestError
from .last import Last
from .load import Load
from .opening import Fetched, Opener, ask
from .readers.remote import PROTOCOLS, gather
from .report import Reason, Report, reason, why
from .sink import Origin, Published, Sink
from .steps import Steps


@dataclass(frozen=True)
class Walk:
    """What a run works with: the source, the two ends (opener and sink), and what was there before."""

    source: Source
    opener: Opener
    sink: Sink
    last: Last
    areas: Areas
    today: date
    accept_held: bool | Collection[str] = False
    dry_run: bool = False


class Run:
    """One walk under way; ``report`` takes it to its end."""

    def __init__(self, walk: Walk, steps: Steps, folder: Path) -> None:
        self.walk, self.steps, self.folder = walk, steps, folder
        self.load = Load(walk.source, walk.areas, walk.today, walk.last, folder)
        self.fetched: Fetched | None = None
        self.published: Published | None = None
        self.accepted: list[Reason] = []

    def report(self) -> Report:
        """What became of it; raises ``DefinitionError``, and whatever is no harvest error."""
        try:
            fetched = self._asked()
            if self._unchanged(fetched):
                return self._told("unchanged", reason("unchanged"))
            self._handed_over(fetched)
        except DefinitionError:
            raise
        except HarvestError as error:
            return self._told(error.outcome, why(error))
        code = "checked" if self.walk.dry_run else "published"
        return self._told("published", reason(code, rows=self.load.totals.loaded))

    def _asked(self) -> Fetched:
        """The answer; conditional only while the last success was mapped the same way."""
        last = self.walk.last
        tags = (last.etag, last.last_modified) if self._same_mapping() else (None, None)
        faults.point("downloading")
        with self.steps.step("ask"):
            self.fetched = self._gathered() or ask(self.walk.opener, self.walk.source.reader, *tags)
        return self.fetched

    def _gathered(self) -> Fetched | None:
        """The answer of a source that gives it in many parts."""
        walk = self.walk
        if walk.source.reader.type not in PROTOCOLS:
            return None
        gathered = gather(walk.opener, walk.source.reader, walk.source.kept, walk.today, self.folder)
        self.load.notes = gathered.notes
        return gathered

    def _same_mapping(self) -> bool:
        return self.walk.last.schema_hash == self.walk.source.schema_hash

    def _unchanged(self, fetched: Fetched) -> bool:
        if fetched.not_modified:
            return True
        return self._same_mapping() and fetched.sha256 is not None and fetched.sha256 == self.walk.last.sha256

    def _handed_over(self, fetched: Fetched) -> None:
        """Read, map and check; then publish all, or discard all."""
        if fetched.path is None:
            raise ValueError("an opener gave neither a file nor “not modified”")
        if fetched.etag and fetched.etag == self.walk.last.etag:
            self.load.suggestions.append(reason("same_etag"))
        try:
            self._read(fetched.path)
            self._check()
            faults.point("staged")
            if not self.walk.dry_run:
                with self.steps.step("publish"):
                    self.published = self.walk.sink.publish(self.load.totals, self._origin(fetched))
        finally:
            if self.published is None:
                self.walk.sink.discard()

    def _read(self, path: Path) -> None:
        with self.steps.step("read") as advance:
            batches = self.load.batches(path)
            faults.point("verified")
            for batch in batches:
                if not self.walk.dry_run:
                    self.walk.sink.stage(batch)
                    faults.point("staging")
                advance(self.load.totals.rows_in)

    def _check(self) -> None:
        self.load.finish()
        odd = checks.odd(self.walk.source, self.load.totals, self.walk.last)
        for held in (*odd, *checks.reviewed(self.walk.source, self.load.whole.reviewed)):
            if not self._accepts(held.code):
                raise held
            self.accepted.append(why(held))

    def _accepts(self, code: str) -> bool:
        accepted = self.walk.accept_held
        return accepted if isinstance(accepted, bool) else code in accepted

    def _origin(self, fetched: Fetched) -> Origin:
        return Origin(
            address=fetched.address,
            fetched_at=fetched.fetched_at.isoformat(),
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            sha256=fetched.sha256,
            choices=dict(self.load.choices),
        )

    def _told(self, outcome: str, told: Reason) -> Report:
        load = self.load
        return Report(
            source=self.walk.source.name,
            outcome=outcome,
            reason=told,
            totals=load.totals if load.totals.rows_in else None,
            published=self.published,
            origin=self._origin(self.fetched) if self.fetched else None,
            choices=dict(load.choices),
            steps=self.steps.done,
            suggestions=tuple(load.suggestions),
            refused=dict(load.refused),
            accepted=tuple(self.accepted),
            columns=tuple(load.columns),
            personal=load.guard.findings(),
            aggregated=load.sums.taken,
            broken=tuple(load.whole.broken),
        )
