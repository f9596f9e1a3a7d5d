"""Make a text file plain: UTF-8, one kind of line end, no byte order mark; say what it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ..errors import SourceChanged
from .greek import recognise
from .scan import Scan, high_bytes, scan

Decode = Callable[[bytes], str]
UNREADABLE = "\ufffd"
"""Stands for bytes that are no letters; a row that holds it is refused later."""


@dataclass
class Plain:
    """A plain text file: its path (the given one where nothing was to do), and what was recognised."""

    path: Path
    scan: Scan
    choices: dict[str, str] = field(default_factory=dict)


def plain(path: Path, asked: str | None, folder: Path) -> Plain:
    """The file as plain UTF-8, rewritten into ``folder`` only where it must be.

    Args:
        path: the file as it came.
        asked: the encoding that the YAML names, or nothing to recognise it.
        folder: where a rewritten copy may lie.

    Raises:
        SourceChanged: ``undecodable``: the text is in no encoding that we read.
    """
    seen = scan(path)
    if seen.plain and asked in (None, "utf-8"):
        return Plain(path, seen, {"encoding": "utf-8"})
    encoding = asked or _recognise(path, seen)
    copy, mixed = folder / "__plain__", 0
    with copy.open("w", encoding="utf-8", newline="") as out:
        for text, was_mixed in _lines(path, encoding, seen):
            mixed += was_mixed
            out.write(text)
    choices = {"encoding": encoding + (" (BOM)" if seen.bom else "")}
    if mixed:
        choices["mixed_encoding"] = f"{mixed} lines are {encoding.split(', ')[-1]}"
    return Plain(copy, scan(copy), choices)


def _recognise(path: Path, seen: Scan) -> str:
    if seen.utf16:
        return "utf-16"
    if seen.utf8:
        return "utf-8 twice" if seen.doubled else "utf-8"
    histogram, sample = high_bytes(path)
    found = recognise(histogram, sample)
    if found:
        return f"utf-8, {found}" if _some_utf8(sample) else found
    raise SourceChanged("undecodable", line=_first_bad_line(path))


def _some_utf8(sample: bytes) -> bool:
    """Whether lines in UTF-8 stand among lines in another encoding."""
    return any(_strict(line) for line in sample.splitlines())


def _strict(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_bad_line(path: Path) -> int:
    with path.open("rb") as file:
        return next((number for number, line in enumerate(file, 1) if not _strict(line)), 0)


def _lines(path: Path, encoding: str, seen: Scan) -> Iterator[tuple[str, bool]]:
    """Every line with ``\\n`` at its end, and whether it was in the second of two encodings."""
    if encoding == "utf-16":
        name = seen.utf16 or "utf-16-le"
        with path.open(encoding=name, errors="replace", newline=None) as text:
            for number, line in enumerate(text):
                yield (line.removeprefix("\ufeff") if number == 0 else line), False
        return
    with path.open("rb") as file:
        for number, raw in enumerate(_physical(file)):
            line, mixed = _decode(raw, encoding)
            yield (line.removeprefix("\ufeff") if number == 0 else line), mixed


def _physical(file: IO[bytes]) -> Iterator[bytes]:
    """Lines that end in ``\\n``, ``\\r\\n`` or ``\\r`` alone, each given with ``\\n``."""
    for line in file:
        if b"\r" not in line:
            yield line
            continue
        body = line.removesuffix(b"\n").removesuffix(b"\r")
        for part in body.split(b"\r"):
            yield part + b"\n"


def _decode(raw: bytes, encoding: str) -> tuple[str, bool]:
    if encoding == "utf-8 twice":
        return _undouble(raw.decode("utf-8", "replace")), False
    first, _, second = encoding.partition(", ")
    try:
        return raw.decode(first), False
    except UnicodeDecodeError:
        return raw.decode(second or first, "replace"), bool(second)


def _undouble(text: str) -> str:
    """Take back one encoding: characters of windows-1252 become bytes again, and those are UTF-8."""
    taken = bytearray()
    for letter in text:
        try:
            taken += letter.encode("windows-1252")
        except UnicodeEncodeError:
            if ord(letter) > 255:
                return text
            taken.append(ord(letter))
    try:
        return taken.decode("utf-8")
    except UnicodeDecodeError:
        return text
