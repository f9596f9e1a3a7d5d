"""Read an array of JSON records, at the top of the file or where ``records`` says."""

from __future__ import annotations

from pathlib import Path

from .json_stream import batches, records, unmarked
from .raw import Asked, Raw


def read(asked: Asked, folder: Path) -> Raw:
    """Batches of flattened records; rows are numbered by their place in the array.

    Raises:
        SourceUnavailable: ``truncated``.
        SourceChanged: ``not_json``.
    """
    prefix = str(asked.options.get("records", ""))
    return Raw(batches(records(unmarked(asked.path, folder), prefix)), {"records": prefix or "[…]"})
