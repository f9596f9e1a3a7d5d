"""Read the projects of a Pabulib file (participatory budgets); the votes in it are never read out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from ..errors import SourceChanged, SourceRefused
from ..small.people import People, people
from .pabulib_file import Pabulib, Section, parse
from .pabulib_rules import faults
from .raw import BATCH, Asked, Raw, frame

PROJECTS, VOTES = "PROJECTS", "VOTES"
NOT_FEATURES = ("voter_id", "vote", "points")
"""Columns of VOTES that are the vote itself, not what a person is."""
TOLD = 20
"""Faults that are told one by one."""
K = 5


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of the section PROJECTS.

    Raises:
        SourceChanged: ``undecodable``; ``pabulib_faults`` with the lines.
        SourceRefused: ``voters_refused``: the section VOTES was asked for.
    """
    file = sound(asked.path)
    if asked.options.get("section", PROJECTS) == VOTES and (found := voters(file)):
        raise SourceRefused("voters_refused", found=[PROJECTS, VOTES], **found.params)
    section = file.sections[PROJECTS]
    choices = {"section": PROJECTS, "encoding": "utf-8"}
    if note := file.meta.get("currency"):
        choices["currency"] = note
    return Raw(_batches(section), choices)


def sound(path: Path) -> Pabulib:
    """A file without faults.

    Raises:
        SourceChanged: ``undecodable``; ``pabulib_faults`` with the lines.
    """
    file = parse(path)
    if found := faults(file):
        raise SourceChanged("pabulib_faults", count=len(found), faults=found[:TOLD])
    return file


def voters(file: Pabulib, k: int = K) -> People | None:
    """How far the voters of a file can be told apart; nothing where it has none."""
    section = file.sections.get(VOTES)
    if section is None or not section.rows:
        return None
    features = [name for name in section.header if name not in NOT_FEATURES]
    rows = {name: [cell for _line, cell in section.column(name)] for name in section.header}
    return people(pl.DataFrame(rows, schema_overrides=dict.fromkeys(rows, pl.String)), features, k)


def _batches(section: Section) -> Iterator[pl.DataFrame]:
    for start in range(0, len(section.rows), BATCH):
        part = section.rows[start : start + BATCH]
        columns = {name: [cells[at] for _line, cells in part] for at, name in enumerate(section.header)}
        yield frame([line for line, _cells in part], columns)
