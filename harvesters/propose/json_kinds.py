"""Tell the kinds of JSON apart: GeoJSON, an array of records, an array inside, one record a line."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from typing import Any

import ijson
import orjson

from ..errors import SourceChanged

HEAD = 256 * 1024
EVENTS = 20_000
"""How far an array of records is looked for."""
_MARK = b"\xef\xbb\xbf"


def kind(path: Path) -> tuple[str, dict[str, Any]]:
    """The reader of a JSON file and its options; raises ``SourceChanged`` (``no_records``)."""
    with path.open("rb") as file:
        return of_head(file.read(HEAD))


def of_head(head: bytes) -> tuple[str, dict[str, Any]]:
    """The same from the first bytes of a file."""
    text = head.removeprefix(_MARK).lstrip()
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text.decode("utf-16", "replace").encode()
    if text.startswith(b"["):
        return "json_array", {}
    if b'"FeatureCollection"' in text or b'"features"' in text:
        return "geojson", {}
    lines = [line for line in text.split(b"\n") if line.strip()]
    if _object(lines[0]) and (len(lines) == 1 or lines[1].startswith(b"{")):
        return "ndjson", {}
    if (inside := _array_inside(text)) is not None:
        return "json_array", {"records": inside}
    raise SourceChanged("no_records")


def _object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _array_inside(text: bytes) -> str | None:
    """Where the first array of objects lies: ``result.records``."""
    try:
        for place, event, _ in islice(ijson.parse(io.BytesIO(text)), EVENTS):
            if event == "start_map" and place.endswith(".item"):
                return str(place.removesuffix(".item"))
    except ijson.JSONError:
        pass
    return None
