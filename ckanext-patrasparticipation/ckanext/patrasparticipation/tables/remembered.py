"""What came of reading a waiting file, kept beside it: whoever looks at it again need not read it again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ckan import model

from ..feeds import code, states
from ..model import Table, Upload
from . import held, numbers, roles


def of(upload: Upload, table: Table) -> dict[str, Any] | None:
    """What was told of that file under those choices, against what is published now; or nothing."""
    place = held.told(upload)
    if not place.is_file():
        return None
    there: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return there["told"] if there["of"] == _mark(upload, table) else None


def keep(upload: Upload, table: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Remember what was told; gives it back."""
    place = held.told(upload)
    place.write_text(
        json.dumps({"of": _mark(upload, table), "told": told}, ensure_ascii=False), encoding="utf-8"
    )
    place.chmod(0o600)
    return told


def _mark(upload: Upload, table: Table) -> str:
    """What the answer depends on: the choices, what is published, and this code."""
    state = states.known(str(table.source))
    package, role = model.Package.get(table.dataset_id), roles.feed(str(table.resource_id))
    asked = numbers.asked({}, role, package) if role else None
    parts = [upload.wish, table.definition, state.generation if state else 0, code.version()]
    parts += [role.name if role else None, asked]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
