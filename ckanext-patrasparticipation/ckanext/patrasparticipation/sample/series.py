"""The values of the sample's indicators, published as staff publish a table: held, checked, swapped in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ..feeds import site
from .build import lines
from .kinds import PREFIX, Line

ROLE, CITY = "observations", "3701"
HEAD = ("period", "area_code", "value", "unit", "status")
NAME = "Τιμές ανά έτος"


def publish(today: date) -> int:
    """Publish the values of every indicator of the sample that has none yet; how many that were.

    Raises:
        ValidationError: the file of an indicator is refused; those before it stay.
    """
    made = 0
    for line in lines("indicator"):
        package = _waiting(PREFIX + line["name"])
        if package is None:
            continue
        upload = FileStorage(io.BytesIO(_file(line, today)), filename=f"{line['name']}.csv")
        asked = {
            "package_id": package["id"],
            "upload": upload,
            "resource_role": ROLE,
            "name": NAME,
            "check": False,
        }
        held = tk.get_action("participation_table_upload")(site.context(), asked)
        wish = {"resource_id": held["resource_id"], "accept": []}
        tk.get_action("participation_table_publish")(site.context(), wish)
        made += 1
    return made


def _waiting(name: str) -> dict[str, Any] | None:
    """The indicator, when it is there and has no file."""
    try:
        package: dict[str, Any] = tk.get_action("package_show")(site.context(), {"id": name})
    except tk.ObjectNotFound:
        return None
    return package if package["state"] == "active" and not package["resources"] else None


def _file(line: Line, today: date) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows(_rows(line, today))
    return out.getvalue().encode("utf-8")


def _rows(line: Line, today: date) -> Iterator[tuple[Any, ...]]:
    """One value a year, the last one provisional."""
    first = today.year - len(line["series"])
    for place, value in enumerate(line["series"]):
        status = "P" if place == len(line["series"]) - 1 else "A"
        yield str(first + place), CITY, value, line["unit"], status
