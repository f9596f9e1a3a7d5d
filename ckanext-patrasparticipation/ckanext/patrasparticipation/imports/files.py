"""The spreadsheets of imports: kept where no reader comes, until the import is done or forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import IO

from ckan import model
from ckan.plugins import toolkit as tk

from .. import clock
from ..feeds.room import MB, storage
from ..model import Import

DAYS = 30
"""For how long the file of an import stays."""
BLOCK = 1024 * 1024
MOST = 50
"""Megabytes of a spreadsheet."""


def folder() -> Path:
    """Where they lie: a folder that no address of the site leads to."""
    return storage() / "imports"


def keep(stream: IO[bytes]) -> str:
    """Keep a file; gives the name under which it lies.

    Raises:
        ValidationError: on ``upload``: the file is larger than ``MOST``.
    """
    name = uuid.uuid4().hex
    place = folder() / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size = 0
    with place.open("wb") as file:
        place.chmod(0o600)
        while block := stream.read(BLOCK):
            size += len(block)
            if size > MOST * MB:
                place.unlink()
                sentence = tk._("The file is larger than {most} MB, which is the most that is taken.")
                raise tk.ValidationError({"upload": [sentence.format(most=MOST)]})
            file.write(block)
    return name


def path(name: str) -> Path:
    """Where a kept file lies."""
    return folder() / name


def tidy() -> int:
    """Remove files that are too old, and those that no import names; gives how many."""
    oldest = clock.now() - timedelta(days=DAYS)
    model.Session.query(Import).filter(Import.created < oldest).update({"held": None})
    model.Session.commit()
    named = {held for (held,) in model.Session.query(Import.held) if held}
    there = list(folder().iterdir()) if folder().is_dir() else []
    hour_ago = clock.now().timestamp() - 3600
    stray = [file for file in there if file.name not in named and file.stat().st_mtime < hour_ago]
    for file in stray:
        file.unlink(missing_ok=True)
    return len(stray)
