"""Open what is packed (gzip, zip) without believing what it says of itself."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from ..errors import SourceChanged, SourceUnavailable

MAX_BYTES = 2 * 1024**3
"""Of everything unpacked."""
MAX_RATIO = 200
RATIO_FROM = 10 * 1024**2
"""Below this many bytes the ratio is not asked: tiny files pack very well."""
MAX_MEMBERS = 1000
_BLOCK = 1024 * 1024
_PACKED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".kmz")


def gunzip(path: Path, folder: Path) -> Path:
    """The unpacked file, in ``folder``; raises ``SourceUnavailable`` (``truncated``) when it is cut."""
    target = folder / "__unpacked__"
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as out:
            _copy(packed, out, path.stat().st_size, MAX_BYTES)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceUnavailable("truncated", where="gzip") from error
    return target


def members(path: Path, limit: int = MAX_BYTES) -> list[str]:
    """The names of the files in a zip, once every one of them is known to be harmless.

    Raises:
        SourceChanged: ``unsafe_archive``: a name that leaves the folder, a link, a packed file inside,
            too many files, too much, or packed more tightly than data are.
        SourceUnavailable: ``truncated``.
    """
    with _open(path) as packed:
        infos = [info for info in packed.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS:
            raise SourceChanged("unsafe_archive", problem=f"{len(infos)} > {MAX_MEMBERS}")
        for info in infos:
            _harmless(info)
        total, sent = sum(info.file_size for info in infos), path.stat().st_size
        if total > limit or (total > RATIO_FROM and total > MAX_RATIO * sent):
            raise SourceChanged("unsafe_archive", problem=f"{sent} → {total} bytes")
        return [name(info) for info in infos if not _beside(name(info))]


def extract(path: Path, wanted: str, folder: Path) -> Path:
    """One member, unpacked into ``folder`` under its last name; counts bytes as they come."""
    with _open(path) as packed:
        info = next(info for info in packed.infolist() if name(info) == wanted)
        target = folder / PurePosixPath(wanted).name
        try:
            with packed.open(info) as source, target.open("wb") as out:
                _copy(source, out, info.compress_size, min(MAX_BYTES, info.file_size))
        except (EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise SourceUnavailable("truncated", where=wanted) from error
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or a method we do not know
            raise SourceChanged("unsafe_archive", problem=str(error)) from error
    return target


def only_member(path: Path, asked: str | None, folder: Path, suffixes: tuple[str, ...]) -> Path:
    """The one data file of a zip, or the one that ``asked`` names.

    Raises:
        SourceChanged: ``choose_member`` when it is not clear which one; else as ``members``.
    """
    found = members(path)
    fitting = [asked] if asked in found else [] if asked else _fitting(found, suffixes)
    if len(fitting) != 1:
        raise SourceChanged("choose_member", found=found)
    return extract(path, fitting[0], folder)


def _fitting(found: list[str], suffixes: tuple[str, ...]) -> list[str]:
    return [item for item in found if item.lower().endswith(suffixes)]


def name(info: zipfile.ZipInfo) -> str:
    """A member's name; old tools wrote Greek names in cp737 where zip means cp437."""
    if info.flag_bits & 0x800:  # the name says that it is UTF-8
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp737")


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise SourceUnavailable("truncated", where="zip") from error


def _beside(item: str) -> bool:
    """What a Mac puts beside the files it packs."""
    return item.startswith("__MACOSX/") or PurePosixPath(item).name.startswith("._")


def _harmless(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(name(info).replace("\\", "/"))
    leaves = path.is_absolute() or ".." in path.parts or ":" in path.parts[0]
    if leaves or stat.S_ISLNK(info.external_attr >> 16) or path.name.lower().endswith(_PACKED):
        raise SourceChanged("unsafe_archive", problem=name(info))


def _copy(source: IO[bytes] | gzip.GzipFile, out: IO[bytes], sent: int, limit: int) -> None:
    written = 0
    while block := source.read(_BLOCK):
        written += len(block)
        if written > limit or (written > RATIO_FROM and written > MAX_RATIO * max(sent, 1)):
            raise SourceChanged("unsafe_archive", problem=f"{sent} → {written}+ bytes")
        out.write(block)
