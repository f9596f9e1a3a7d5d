"""Read a whole file as the table it would be and publish nothing: what came of it, what is to be accepted."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import clock
from ..feeds import catalogue, settle, states
from ..feeds.layout import layout
from ..feeds.openers import CopyOpener
from ..harvesters import pipeline, propose
from ..harvesters.propose import Proposal
from ..harvesters.report import Reason, Report, reason
from ..model import Table, Upload
from ..schemas.load import feeds
from . import budget, held, roles, wishes
from .look import Look

LOST = "columns_lost"
"""The code of a replacement that lacks columns of the published table."""
NEVER = ("no_rows", "all_rejected")
"""What nobody can accept: there would be no table."""


@dataclass(frozen=True)
class Checked:
    """A file looked at: as what it was read, what came of that, and what was seen."""

    proposal: Proposal
    report: Report
    look: Look
    notes: tuple[Reason, ...] = ()  # what a person should know of the file besides

    @property
    def odd(self) -> tuple[Reason, ...]:
        """What a person must accept before this may be published."""
        lost = self.proposal.lost
        return (*((reason(LOST, columns=list(lost)),) if lost else ()), *self.report.accepted)


def waiting(upload: Upload, table: Table, progress: pipeline.Progress | None = None) -> Checked:
    """The file that waits, as the table it would be.

    Raises:
        HarvestError: no table can be made of it; the sentence says why.
    """
    return file(held.path(upload), str(upload.file_name), upload.wish, table=table, progress=progress)


def file(
    path: Path,
    file_name: str,
    wish: Mapping[str, Any],
    *,
    table: Table | None = None,
    progress: pipeline.Progress | None = None,
) -> Checked:
    """Any file, as the table it would be; a ``table`` says what is published already.

    Raises:
        HarvestError: no table can be made of it.
    """
    proposal = proposed(path, file_name, wish, table)
    source = catalogue.table_source(table or unnamed(), proposal.content)
    current = settle.published(source.name) if table else None
    look = Look(layout(source.feed), current)
    state = states.known(source.name) if table else None
    before = pipeline.Last(rows=state.rows) if state and state.generation else pipeline.Last()
    report = pipeline.run(
        source,
        opener=CopyOpener(path),
        sink=look,
        last=before,
        areas=catalogue.city().areas,
        now=clock.now(),
        accept_held=True,
        progress=progress,
    )
    return Checked(proposal, report, look, budget.told(path, proposal.content))


def proposed(path: Path, file_name: str, wish: Mapping[str, Any], table: Table | None) -> Proposal:
    """The definition that is proposed for a file; the role of the table's resource says its columns.

    Raises:
        HarvestError: no table can be made of it.
    """
    role = roles.feed(str(table.resource_id)) if table else None
    given, kinds = wishes.of(wish), {name: one for name, one in feeds().items() if not one.fixed}
    if role:
        given, kinds = replace(given, feed=role.name), {role.name: role}
    budget.need_role(file_name, role)
    with tempfile.TemporaryDirectory(prefix="proposed-") as folder:
        found = propose.propose(
            path,
            file_name,
            given,
            feeds=kinds,
            previous=table.definition if table else None,
            folder=Path(folder),
            box=catalogue.city().box,
        )
    return replace(found, content=wishes.hidden(wishes.placed(found.content, wish), wish))


def unnamed() -> Table:
    """A table that is nobody's, to look at a file by."""
    return Table(source="table", resource_id="", dataset_id="", author="")


def ready(checked: Checked) -> bool:
    """Whether the file may be published, once what is odd is accepted."""
    never = any(told.code in NEVER for told in checked.report.accepted)
    return checked.report.outcome == "published" and not never
