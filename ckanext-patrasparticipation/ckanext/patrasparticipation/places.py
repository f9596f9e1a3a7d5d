"""The city's own ground: its name, the polygons under every map, the boxes that a search for a place uses."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import shapely
import yaml
from ckan.plugins import toolkit as tk

from . import config
from .schemas.load import vocabulary

SOURCES = Path(__file__).parent / "harvesters" / "sources"
KEPT_DECIMALS = 5  # about a metre; what a page draws needs no more
TOLERANCE = 0.00005  # degrees, about 5 m: the outline under a map, not a survey


@cache
def _definition(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((SOURCES / name / "city.yaml").read_text(encoding="utf-8")))


def _layers(name: str) -> dict[str, str]:
    """The files of a city's areas by the vocabulary that names them; the municipal units come first."""
    return dict(_definition(name).get("areas", {}))


def _features(name: str, layer: str) -> list[dict[str, Any]]:
    """A layer of a city's areas as GeoJSON features."""
    path = SOURCES / name / _layers(name)[layer]  # a city may also be a folder elsewhere, by its full path
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def _label(layer: str, code: str) -> dict[str, str]:
    found = next((term for term in vocabulary(layer).terms if term.code == code), None)
    return dict(found.label) if found else {}


def _drawn(feature: dict[str, Any], layer: str) -> dict[str, Any]:
    shape = shapely.from_geojson(json.dumps(feature["geometry"])).simplify(TOLERANCE)
    point = shape.representative_point()
    code = feature["properties"]["code"]
    labels = _label(layer, code) or {"el": feature["properties"]["name"]}
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-KEPT_DECIMALS))),
        "properties": {
            "code": code,
            "label": labels,
            "at": [round(point.x, KEPT_DECIMALS), round(point.y, KEPT_DECIMALS)],
            "bbox": [round(side, 4) for side in shape.bounds],
        },
    }


@cache
def _drawing(name: str) -> dict[str, Any]:
    first = next(iter(_layers(name)), None)
    drawn = [_drawn(feature, first) for feature in _features(name, first)] if first else []
    return {"type": "FeatureCollection", "features": drawn}


@cache
def _named(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"kind": layer, "label": drawn["label"], "bbox": _written(drawn["bbox"])}
        for layer in _layers(name)
        for drawn in (_drawn(feature, layer)["properties"] for feature in _features(name, layer))
    )


def _written(bounds: list[float]) -> str:
    return ",".join(str(side) for side in bounds)


def named() -> tuple[dict[str, Any], ...]:
    """Every place with a name: ``kind`` (its vocabulary), ``label`` (el, en), ``bbox`` as in ``units()``."""
    return _named(config.city())


def areas() -> dict[str, Any]:
    """The municipal units as GeoJSON: ``code``, ``label`` (el, en), ``at`` (of the label), ``bbox``."""
    return _drawing(config.city())


def city() -> dict[str, Any]:
    """``{"name", "title": {el, en}, "sample": bool}`` of the site's city."""
    name = config.city()
    found = _definition(name)
    return {"name": name, "title": found.get("title", {}), "sample": bool(found.get("sample"))}


def units() -> list[dict[str, str]]:
    """The municipal units by name: ``{"code", "name", "bbox"}``; ``bbox``: west,south,east,north, degrees."""
    language = tk.h.lang()
    found = [feature["properties"] for feature in areas()["features"]]
    listed = [
        {
            "code": unit["code"],
            "name": unit["label"].get(language) or unit["label"]["el"],
            "bbox": _written(unit["bbox"]),
        }
        for unit in found
    ]
    return sorted(listed, key=lambda unit: unit["code"])
