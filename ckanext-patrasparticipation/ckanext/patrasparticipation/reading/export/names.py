"""What an exported file is called: dataset, table where there are several, day of the version."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ckan.plugins import toolkit as tk

from ...helpers.numbers import moment
from ...records import slugs

LONGEST = 60  # letters of a table's name


def stem(package: dict[str, Any], resource: dict[str, Any] | None, created: datetime | str | None) -> str:
    """``dataset-table-2026-05-07``, in the letters that the names have; the table where there are several."""
    when = moment(created)
    parts = [str(package["name"])]
    if resource and sum(bool(one.get("datastore_active")) for one in package["resources"]) > 1:
        called = str(tk.h.get_translated(resource, "name") or resource["id"][:8])
        parts.append(re.sub(r"[^\w]+", "-", called.rsplit(".", 1)[0])[:LONGEST].strip("-_").lower())
    parts += [when.date().isoformat()] if when else []
    return "-".join(part for part in parts if part)


def disposition(name: str) -> str:
    """The header that names the file: in Latin letters for old programs, as it is for the others."""
    plain, _, ending = name.rpartition(".")
    latin = f"{slugs.slug(plain, 'table', length=200)}.{ending}"
    return f"attachment; filename=\"{latin}\"; filename*=UTF-8''{quote(name, safe='')}"
