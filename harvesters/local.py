"""Files that the operator laid in one folder; nothing outside it is a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path

from . import spool
from .errors import DefinitionError, SourceUnavailable
from .fetched import Fetched
from .policy import Limits


def find(name: str, folder: Path | None) -> Path:
    """The file of that name inside the folder, links followed.

    Raises:
        DefinitionError: no folder is set, or the name or a link leads out of it.
        SourceUnavailable: no such file, or not an ordinary one.
    """
    if folder is None:
        raise DefinitionError("no_files_folder", path=name)
    if not isinstance(name, str) or not name or "\x00" in name or "\\" in name:
        raise DefinitionError("path_refused", path=repr(name))
    relative = Path(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise DefinitionError("path_refused", path=name)
    inside, path = folder.resolve(), (folder / relative).resolve()
    if not path.is_relative_to(inside):
        raise DefinitionError("path_refused", path=name)
    if not path.is_file():
        raise SourceUnavailable("file_missing", address=name)
    return path


def copy(path: Path, place: Path, limits: Limits, now: datetime) -> Fetched:
    """Copy the file into the spool, so that what was hashed is what is read.

    Raises:
        SourceUnavailable: too large, empty, or written to meanwhile.
    """
    before = path.stat()
    spool.check_room(place, before.st_size)
    copied, size, sha256 = spool.save(spool.counted(_pieces(path), limits), place, limits)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise SourceUnavailable("file_changing", address=path.name)
    modified = datetime.fromtimestamp(after.st_mtime, timezone.utc)
    return Fetched(
        address=path.name,
        fetched_at=now,
        path=copied,
        size=size,
        sha256=sha256,
        last_modified=format_datetime(modified, usegmt=True),
    )


def _pieces(path: Path) -> Iterator[bytes]:
    """The file, a step at a time."""
    with path.open("rb") as file:
        while piece := file.read(spool.STEP):
            yield piece
