"""A search by place finds the records that lie there, and no others, for a visitor without a name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue import samples

RIO = [21.77, 38.28, 21.81, 38.32]
VRACHNAIIKA = [21.64, 38.13, 21.69, 38.18]


def box(west: float, south: float, east: float, north: float) -> str:
    """The polygon of a box, as the field ``spatial`` holds it."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def found(app: Any, place: list[float]) -> list[str]:
    """The names that the API gives for a box, in order."""
    asked = {"ext_bbox": ",".join(map(str, place)), "rows": "20"}
    answer = app.get("/api/3/action/package_search", query_string=asked)
    assert answer.status_code == 200
    result = answer.json["result"]
    assert result["count"] == len(result["results"])
    return sorted(record["name"] for record in result["results"])


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_box_finds_exactly_what_lies_in_it(app: Any) -> None:
    owner = samples.publisher()["id"]
    samples.dataset(name="rio", spatial=box(21.78, 38.29, 21.80, 38.31), owner_org=owner)
    samples.dataset(name="vrachnaiika", spatial=box(21.65, 38.14, 21.68, 38.17), owner_org=owner)
    samples.dataset(name="both", spatial=box(21.60, 38.10, 21.90, 38.35), owner_org=owner)
    samples.dataset(name="nowhere", owner_org=owner)
    samples.dataset(name="hidden", spatial=box(21.78, 38.29, 21.80, 38.31), owner_org=owner, private=True)
    assert found(app, RIO) == ["both", "rio"]
    assert found(app, VRACHNAIIKA) == ["both", "vrachnaiika"]
    assert found(app, [22.5, 37.5, 22.6, 37.6]) == []
