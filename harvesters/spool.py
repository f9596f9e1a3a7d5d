"""The spool: what a source sends goes to disk, counted, expanded and hashed, never past its limits."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .errors import HarvestError, SourceUnavailable
from .policy import Limits

PREFIX = "participation-fetch-"
DAY = 24 * 3600
STEP = 256 * 1024
ROOM = 3
"""Free space asked for before a download, in multiples of its size."""


def folder(parent: Path | None) -> Path:
    """A new private folder for one opener; what killed openers left there a day ago is swept away."""
    place = Path(parent or tempfile.gettempdir())
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob(PREFIX + "*"):
        with suppress(FileNotFoundError):  # its own opener has just swept it away
            if time.time() - old.stat().st_mtime > DAY:
                shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))


def check_room(place: Path, size: int) -> None:
    """Raise ``HarvestError`` when the disk has no room for three times the announced bytes."""
    free = shutil.disk_usage(place).free
    if free < ROOM * size:
        raise HarvestError("disk_full", folder=str(place), free=free, needed=ROOM * size)


def check_announced(place: Path, size: int, limits: Limits) -> None:
    """Refuse a body by its announced size, before it is on its way."""
    if size > limits.size:
        raise SourceUnavailable("too_large", size=size, limit=limits.size)
    check_room(place, size)


def save(pieces: Iterable[bytes], place: Path, limits: Limits) -> tuple[Path, int, str]:
    """Write the pieces to a file named after their SHA-256, on disk for certain when this returns.

    Returns:
        The file, its size in bytes, its SHA-256 in hexadecimal.

    Raises:
        SourceUnavailable: ``too_large``, with the limit in bytes; ``empty_body``. No file is left.
        HarvestError: ``disk_full``.
    """
    handle, name = tempfile.mkstemp(dir=place, suffix=".part")
    part = Path(name)
    try:
        with _disk(place), os.fdopen(handle, "wb") as file:
            size, sha256 = _write(pieces, file, limits)
        return part.replace(place / sha256), size, sha256
    finally:
        part.unlink(missing_ok=True)


def _write(pieces: Iterable[bytes], file: BinaryIO, limits: Limits) -> tuple[int, str]:
    """Count, hash, write; the last byte is on the disk when this returns."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > limits.expanded:
            raise SourceUnavailable("too_large", limit=limits.expanded)
        digest.update(piece)
        file.write(piece)
    if not size:
        raise SourceUnavailable("empty_body")
    file.flush()
    os.fsync(file.fileno())
    return size, digest.hexdigest()


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    """Say of a full disk that it is full, and which one."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise HarvestError("disk_full", folder=str(place), free=shutil.disk_usage(place).free) from error


def counted(pieces: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """The pieces as sent; raises ``SourceUnavailable`` once they pass the size limit."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limits.size:
            raise SourceUnavailable("too_large", limit=limits.size)
        yield piece


def expanded(pieces: Iterable[bytes], encoding: str, limits: Limits) -> Iterator[bytes]:
    """The pieces without their ``Content-Encoding``, expanded step by step so that a bomb meets its limit.

    Raises:
        SourceUnavailable: ``content_encoding`` (one we did not ask for, or bytes that are not in it),
            ``truncated``, ``expands_too_much``.
    """
    if encoding in ("", "identity"):
        return iter(pieces)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceUnavailable("content_encoding", value=encoding)
    return _inflate(pieces, encoding, limits)


def _inflate(pieces: Iterable[bytes], encoding: str, limits: Limits) -> Iterator[bytes]:
    """Expand gzip (also several members in a row) or zlib."""
    sent = given = 0
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for piece in pieces:
        sent += len(piece)
        while piece:
            if machine.eof:
                machine = zlib.decompressobj(zlib.MAX_WBITS | 32)
            out = _step(machine, piece, encoding)
            piece = machine.unused_data if machine.eof else machine.unconsumed_tail
            given += len(out)
            if given > limits.ratio_from and given > limits.ratio * sent:
                raise SourceUnavailable("expands_too_much", ratio=given // sent, limit=limits.ratio)
            yield out
    if sent and not machine.eof:
        raise SourceUnavailable("truncated", where=f"{sent} byte")


def _step(machine: zlib._Decompress, piece: bytes, encoding: str) -> bytes:
    """Expand no more than one step's worth."""
    try:
        return machine.decompress(piece, STEP)
    except zlib.error as error:
        raise SourceUnavailable("content_encoding", value=encoding, detail=str(error)) from error
