"""A Pabulib file: its projects become a table, the votes of persons in it never leave it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..harvesters.errors import SourceChanged, SourceRefused
from ..harvesters.readers import pabulib
from ..harvesters.report import Reason, reason
from ..schemas.definitions import Feed

ENDING = ".pb"
ROLE = "pb_projects"


def need_role(file_name: str, role: Feed | None) -> None:
    """Refuse such a file under any other role.

    Raises:
        SourceChanged: ``pabulib_needs_role``.
    """
    if file_name.lower().endswith(ENDING) and (role is None or role.name != ROLE):
        raise SourceChanged("pabulib_needs_role")


def need_no_voters(path: Path, file_name: str) -> None:
    """Refuse to keep such a file as it is when there are voters in it.

    Raises:
        SourceRefused: ``voters_refused``, with the numbers.
        SourceChanged: it cannot be read, so nobody knows what is in it.
    """
    if file_name.lower().endswith(ENDING) and (found := pabulib.voters(pabulib.sound(path))):
        raise SourceRefused("voters_refused", **found.params)


def told(path: Path, content: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What is said of the voters in the file of a table of projects."""
    if content["reader"]["type"] != "pabulib":
        return ()
    found = pabulib.voters(pabulib.sound(path))
    return (reason("voters_left_out", **found.params),) if found else ()
