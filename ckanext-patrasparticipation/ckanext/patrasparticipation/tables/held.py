"""Files that wait: kept where no reader comes, until they are published or forgotten."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path
from typing import IO

from ckan import model
from ckan.plugins import toolkit as tk

from .. import clock
from ..feeds.room import MB, storage
from ..model import Upload

DAYS = 7
"""For how long a file waits for its publisher."""
BLOCK = 1024 * 1024


def folder() -> Path:
    """Where they lie: a folder that no address of the site leads to."""
    return storage() / "held"


def path(upload: Upload) -> Path:
    """The file of an upload."""
    return folder() / str(upload.held)


def told(upload: Upload) -> Path:
    """Where it is remembered what came of reading it."""
    return path(upload).with_suffix(".json")


def take(resource_id: str, stream: IO[bytes], file_name: str, author: str, most: int) -> Upload:
    """Keep a file for a resource; the one that waited before is forgotten. The caller's transaction counts.

    Args:
        most: the greatest size in megabytes; 0 is without end.

    Raises:
        ValidationError: on ``upload``: the file is larger.
    """
    name = uuid.uuid4().hex
    size, digest = _write(folder() / name, stream, most)
    there = model.Session.get(Upload, resource_id)
    if there is not None:
        _remove(there)
    upload = there or Upload(resource_id=resource_id)
    upload.held, upload.file_name, upload.size, upload.sha256 = name, file_name, size, digest
    upload.author, upload.created, upload.wish, upload.queued = author, clock.now(), {}, None
    model.Session.add(upload)
    return upload


def _write(place: Path, stream: IO[bytes], most: int) -> tuple[int, str]:
    """The bytes, for our eyes only; gives size and SHA-256."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with place.open("wb") as file:
        place.chmod(0o600)
        while block := stream.read(BLOCK):
            size += len(block)
            if most and size > most * MB:
                place.unlink()
                raise tk.ValidationError({"upload": [_too_large(most)]})
            digest.update(block)
            file.write(block)
    return size, digest.hexdigest()


def _too_large(most: int) -> str:
    return str(tk._("The file is larger than {most} MB, which is the most that is taken.").format(most=most))


def forget(upload: Upload) -> None:
    """Take the file away, and that it waited."""
    _remove(upload)
    model.Session.delete(upload)
    model.Session.commit()


def _remove(upload: Upload) -> None:
    path(upload).unlink(missing_ok=True)
    told(upload).unlink(missing_ok=True)


def tidy() -> int:
    """Forget what waited too long, and files that no upload names; gives how many."""
    oldest = clock.now() - timedelta(days=DAYS)
    late = model.Session.query(Upload).filter(Upload.created < oldest, Upload.queued.is_(None)).all()
    for upload in late:
        forget(upload)
    named = {held for (held,) in model.Session.query(Upload.held)}
    there = list(folder().iterdir()) if folder().is_dir() else []
    stray = [file for file in there if file.stem not in named and file.stat().st_mtime < oldest.timestamp()]
    for file in stray:
        file.unlink(missing_ok=True)
    return len(late) + len(stray)
