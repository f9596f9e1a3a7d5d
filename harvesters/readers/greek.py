"""Recognise the encoding of Greek text by how often each letter stands in it, over the whole file."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

Histogram = npt.NDArray[np.int64]

CANDIDATES = ("windows-1253", "iso-8859-7", "cp737")
"""In order of preference where the text does not tell them apart."""

COMMON = "αοιετσνηυρπκμλςίόάέγδήθύχφωώβξζψ"
"""The lower-case letters of Greek, from the most frequent to the rarest."""
CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ"
OTHER_LETTERS = "ϊϋΐΰΪΫ"
MARKS = "«»·–—’‘“”€°\u00a0²³½©®…΄"

LOWER_1253 = rb"[\xdc-\xdf\xe1-\xfe]"
ALPHA_1253 = re.compile(rb"(?<![\xc1-\xfe])\xa2(?=" + LOWER_1253 + rb")")  # Ά in windows-1253
ALPHA_8859 = re.compile(rb"(?<![\xc1-\xfe])\xb6(?=" + LOWER_1253 + rb")")  # Ά in ISO-8859-7


@cache
def _weights(encoding: str) -> npt.NDArray[np.float64]:
    """What a byte adds to a decoding's score; a byte that is no letter of Greek takes away."""
    worth = {letter: 4.0 - 0.08 * place for place, letter in enumerate(COMMON)}
    worth |= dict.fromkeys(CAPITALS, 1.5) | dict.fromkeys(OTHER_LETTERS, 0.5) | dict.fromkeys(MARKS, 0.0)
    letters = [bytes([byte]).decode(encoding, "replace") for byte in range(256)]
    return np.array([0.0 if byte < 128 else worth.get(letter, -6.0) for byte, letter in enumerate(letters)])


def recognise(histogram: Histogram, sample: bytes) -> str | None:
    """The encoding of Greek single-byte text, or nothing when it does not look like Greek.

    Args:
        histogram: how often each of the 256 bytes stands in the whole file.
        sample: lines that hold such bytes, to ask how ``Ά`` is written.
    """
    high = int(histogram[128:].sum())
    if not high or between_latin(sample):
        return None
    scores = {encoding: float((histogram * _weights(encoding)).sum()) for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: scores[encoding])
    if scores[best] / high < 1.0:
        return None
    return best if best == "cp737" else _alpha(sample)


def _alpha(sample: bytes) -> str:
    """Tell windows-1253 from ISO-8859-7: they differ in the letter ``Ά`` and in marks."""
    old = len(ALPHA_8859.findall(sample)) > len(ALPHA_1253.findall(sample))
    return "iso-8859-7" if old else "windows-1253"


def between_latin(sample: bytes) -> bool:
    """Whether most high bytes touch ASCII letters, as in French or German: that is not Greek."""
    words = re.findall(rb"[A-Za-z\x80-\xff]+", sample)
    high = [word for word in words if re.search(rb"[\x80-\xff]", word)]
    mixed = sum(bool(re.search(rb"[A-Za-z]", word)) for word in high)
    return bool(high) and mixed > len(high) / 2
