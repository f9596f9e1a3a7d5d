"""Days and moments as Greek pages write them: month names in the nominative or the genitive."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

MONTHS = ("ιαν", "φεβ", "μαρ", "απρ", "μαι", "ιουν", "ιουλ", "αυγ", "σεπ", "οκτ", "νοε", "δεκ")
_WRITTEN = re.compile(r"(\d{1,2})\s+([Α-Ωα-ω]{3,})\.?,?\s+(\d{4})(?:,?\s+(\d{1,2}):(\d{2}))?")


def moment(text: str) -> str | None:
    """``24 Σεπτέμβριος, 2025`` as ``2025-09-24``, with a time as ``2026-01-01T10:00``; or nothing."""
    found = _WRITTEN.search(_bare(text))
    month = _month(found[2]) if found else None
    if not found or month is None:
        return None
    try:
        told = datetime(int(found[3]), month, int(found[1]), int(found[4] or 0), int(found[5] or 0))
    except ValueError:
        return None
    return told.isoformat(timespec="minutes") if found[4] else told.date().isoformat()


def _month(name: str) -> int | None:
    return next((number for number, stem in enumerate(MONTHS, 1) if name.casefold().startswith(stem)), None)


def _bare(text: str) -> str:
    """The text without accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
