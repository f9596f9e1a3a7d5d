"""Look at a whole text file once: is it UTF-8, how do its lines end, which bytes stand in it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .greek import Histogram

BLOCK = 4 * 1024 * 1024
SAMPLE = 512 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass
class Scan:
    """What the bytes of a text file show; the numbers count bytes, ``pairs`` counts ``\\r\\n``."""

    utf8: bool = True
    bom: str | None = None
    quoted: bool = False
    newlines: int = 0
    returns: int = 0
    pairs: int = 0
    nul: bool = False
    low: bool = False  # the byte 1, which no text holds and which our own way of splitting lines relies on
    twice: int = 0  # "Î" and "Ï" as UTF-8: Greek that was encoded twice
    greek: int = 0  # lead bytes of Greek letters in UTF-8
    ends: bool = True  # the last line is closed

    @property
    def plain(self) -> bool:
        """Whether the file can be read as it is: UTF-8 without a mark, one kind of line end, no NUL."""
        one_ending = self.returns in (0, self.pairs) and self.pairs in (0, self.newlines)
        return self.utf8 and not self.bom and not self.nul and one_ending and not self.doubled

    @property
    def doubled(self) -> bool:
        """Whether Greek was encoded to UTF-8 twice (``ÎšÏ‰`` for ``Κω``)."""
        return self.twice > 20 and self.twice > 2 * self.greek

    @property
    def utf16(self) -> str | None:
        """``utf-16-le`` or ``utf-16-be`` by its mark, or by every second byte being zero."""
        return self.bom if self.bom and self.bom.startswith("utf-16") else None


def scan(path: Path) -> Scan:
    """Read the file once in blocks; memory stays small whatever its size."""
    found = Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    last = b""
    with path.open("rb") as file:
        head = file.read(64)
        found.bom = next((name for mark, name in _BOMS if head.startswith(mark)), None) or _half_zero(head)
        file.seek(0)
        while block := file.read(BLOCK):
            _count(found, block, last)
            found.utf8 = found.utf8 and _decodes(decoder, block)
            last = block[-1:]
    found.utf8 = found.utf8 and _decodes(decoder, b"", final=True)
    found.ends = last in (b"\n", b"\r", b"")
    return found


def _count(found: Scan, block: bytes, last: bytes) -> None:
    found.quoted = found.quoted or b'"' in block
    found.nul = found.nul or b"\0" in block
    found.low = found.low or b"\x01" in block
    found.newlines += block.count(b"\n")
    if b"\r" in block or last == b"\r":
        found.returns += block.count(b"\r")
        found.pairs += block.count(b"\r\n") + (last == b"\r" and block.startswith(b"\n"))
    if b"\xc3" in block:
        found.twice += block.count(b"\xc3\x8e") + block.count(b"\xc3\x8f")
    if found.twice:
        found.greek += block.count(b"\xce") + block.count(b"\xcf")


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _half_zero(head: bytes) -> str | None:
    """UTF-16 without a mark: ASCII text has a zero in every second byte."""
    if len(head) < 16:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 4 or min(even, odd):
        return None
    return "utf-16-be" if even else "utf-16-le"


def high_bytes(path: Path) -> tuple[Histogram, bytes]:
    """How often each byte stands in the file, and up to ``SAMPLE`` bytes of lines with bytes above 127."""
    histogram = np.zeros(256, dtype=np.int64)
    sample = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            histogram += np.bincount(np.frombuffer(block, dtype=np.uint8), minlength=256)
            if len(sample) < SAMPLE:
                sample += b"\n".join(line for line in block.splitlines() if not line.isascii())[:SAMPLE]
    return histogram, sample
