"""What a dataset's zip holds: the files of its versions, its tables, its uploads, and three texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ckan.lib import uploader

from ...feeds import files, shown
from ...records import slugs
from ..citation import published
from ..export import temporary
from ..export.start import start
from .zipped import Part

UPLOADS = 200 * 1024 * 1024
"""Bytes of uploaded files that a zip takes; the rest is named in it, with its address."""
FOLDER = "data/"


@dataclass
class Contents:
    """``parts`` are the data; ``lines`` say of each what it is, ``left`` what only has an address."""

    parts: list[Part] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    room: int = UPLOADS

    def add(self, name: str, blocks: Iterator[bytes], size: int | None, note: str = "") -> None:
        """A part under a name that no other has."""
        stem, dot, ending = name.rpartition(".")
        there = {part.name for part in self.parts}
        number, free = 2, FOLDER + name
        while free in there:
            number, free = number + 1, f"{FOLDER}{stem or name}-{number}{dot}{ending if dot else ''}"
        self.parts.append(Part(free, blocks, size))
        self.lines.append(f"{free}{'  ' + note if note else ''}")


def of(package: dict[str, Any]) -> Contents:
    """The data of a dataset; nothing is read before it is written."""
    found = Contents()
    for resource in package["resources"]:
        if not (_version(found, resource) or _upload(found, resource) or _rows(found, resource)):
            _link(found, resource)
    return found


def _version(found: Contents, resource: dict[str, Any]) -> bool:
    """The files of what a feed publishes as this resource."""
    version = published(resource["id"])
    if version is None:
        return False
    for file in version.files:
        path = files.folder(version.source, version.generation) / file["name"]
        if file["format"] in shown.DATA and path.is_file():
            note = f"({version.generation}, {version.created.date().isoformat()}) sha256 {file['sha256']}"
            found.add(file["name"], temporary.sent(path), file["size"], note)
    return True


def _upload(found: Contents, resource: dict[str, Any]) -> bool:
    """The file that somebody uploaded, while there is room."""
    if resource.get("url_type") != "upload":
        return False
    keeper = uploader.get_resource_uploader(resource)
    path = Path(keeper.get_path(resource["id"])) if hasattr(keeper, "get_path") else None
    if path is None or not path.is_file() or path.stat().st_size > found.room:
        return False
    found.room -= path.stat().st_size
    name = PurePosixPath(unquote(urlsplit(resource["url"]).path)).name
    found.add(slugs.file_name(name), temporary.sent(path), path.stat().st_size)
    return True


def _rows(found: Contents, resource: dict[str, Any]) -> bool:
    """A table that no feed keeps and nobody uploaded."""
    if not resource.get("datastore_active") or resource.get("url_type") == "upload":
        return False
    name = slugs.slug(str(resource.get("name") or ""), resource["id"])
    found.add(f"{name}.csv", _exported(resource["id"]), None)
    return True


def _exported(resource_id: str) -> Iterator[bytes]:
    blocks = start(resource_id, "csv", {}).blocks
    try:
        yield from blocks
    finally:
        blocks.close()


def _link(found: Contents, resource: dict[str, Any]) -> None:
    """What is elsewhere, unless it is the address of a file that is in the zip."""
    url = str(resource.get("url") or "")
    ending = urlsplit(url).path.rsplit("/", 1)[-1].replace("current.", "")
    if url and not (
        resource.get("participation_file") or ("/feed/" in url and ending in files.FORMATS.values())
    ):
        found.left.append(f"{resource.get('name') or resource['id']}: {url}")
