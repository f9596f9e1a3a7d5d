"""Immutable files: written beside, flushed to the disk, renamed into place, known by their SHA-256."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from .room import storage

BLOCK = 1024 * 1024
FORMATS = {"CSV": "csv", "GeoJSON": "geojson"}
"""The formats of a generation's data files and the endings of their names."""


class File(TypedDict):
    """One file of a generation; ``size`` in bytes."""

    format: str
    name: str
    size: int
    sha256: str


def folder(source: str, generation: int) -> Path:
    """Where the files of a generation lie."""
    return storage() / "versions" / source / str(generation)


def write(path: Path, blocks: Iterable[bytes]) -> tuple[int, str]:
    """Write a file whole or not at all; gives its size in bytes and its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    digest, size = hashlib.sha256(), 0
    with beside.open("wb", buffering=BLOCK) as file:
        for block in blocks:
            digest.update(block)
            size += len(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    _flush(path.parent)
    return size, digest.hexdigest()


def sha256(path: Path) -> str:
    """The SHA-256 of a file that is there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(source: str, generation: int) -> None:
    """Take the files of a generation away; none there is as good."""
    shutil.rmtree(folder(source, generation), ignore_errors=True)


def _flush(directory: Path) -> None:
    """Make a rename outlive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
