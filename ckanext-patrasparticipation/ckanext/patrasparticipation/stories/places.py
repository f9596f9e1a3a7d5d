"""The records of a search that have a place, as GeoJSON for the map beside their list."""

from __future__ import annotations

import json
from typing import Any

import shapely
from ckan.plugins import toolkit as tk

from ..records import reader, translated
from ..search import address, filters

MOST = 1000  # places on one map; the map says when there are more
FIELDS = ["id", "name", "title", "extras_title_en", "spatial_geom"]


def found(record_type: str, pairs: address.Pairs) -> dict[str, Any]:
    """The places of a search within a type: a FeatureCollection with ``title`` and ``url`` of each."""
    asked = filters.asked_by(pairs)
    only = [f"+dataset_type:{record_type}", "+spatial_geom:*"]
    asked |= {"fq": "", "fq_list": [*asked["fq_list"], *only], "rows": MOST, "fl": FIELDS, "facet": "false"}
    answer = tk.get_action("package_search")({}, asked)
    features = [feature for each in answer["results"] if (feature := _feature(record_type, each))]
    return {"type": "FeatureCollection", "features": features, "count": answer["count"]}


def of(record: dict[str, Any]) -> dict[str, Any] | None:
    """The place of one record as a FeatureCollection; nothing where it has none."""
    geometry = _geometry(record.get("spatial"))
    if not geometry:
        return None
    feature = {"type": "Feature", "geometry": geometry, "properties": {"title": record.get("title") or ""}}
    return {"type": "FeatureCollection", "features": [feature]}


def _feature(record_type: str, each: dict[str, Any]) -> dict[str, Any] | None:
    shapes = [shapely.from_wkt(text) for text in each.get("spatial_geom") or ()]
    if not shapes:
        return None
    whole = shapes[0] if len(shapes) == 1 else shapely.geometrycollections(shapes)
    geometry = json.loads(shapely.to_geojson(whole))
    titles = {translated.MAIN: each.get("title"), "en": each.get("extras_title_en")}
    properties = {
        "title": translated.in_language(titles, reader.language(), each["name"]),
        "url": tk.h.url_for(f"{record_type}.read", id=each["name"]),
    }
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _geometry(text: Any) -> dict[str, Any] | None:
    """A geometry from its JSON; nothing for what is none."""
    if isinstance(text, dict):
        return text
    try:
        read = json.loads(text) if text else None
    except (TypeError, ValueError):
        return None
    return read if isinstance(read, dict) and "type" in read else None
